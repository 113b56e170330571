"""Text messages: one interface, and the senders for the terminal, the demo and a carrier.

`SMS_SENDER` names one of SENDERS or the dotted path of another class with the same interface.
"""

import logging
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Protocol

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string
from typing_extensions import override

from yizhan.base.sealed import SealedText

log = logging.getLogger("yizhan.sms")

SENDERS = {
    "console": "yizhan.base.sms.ConsoleSender",
    "demo": "yizhan.base.sms.DemoSender",
    "aliyun": "yizhan.base.aliyun.AliyunSender",
}


class NotSent(Exception):
    """The carrier did not take a message. `lasting` says that trying again is useless."""

    def __init__(self, outcome: str, *, lasting: bool = False) -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.lasting = lasting


class Sender(Protocol):
    """One way to send a text. `keeps_text` is true only where the text may be kept and shown."""

    name: str
    keeps_text: bool

    def send(self, phone: str, text: str, *, kind: str, values: Mapping[str, str]) -> str:
        """Send, and return the carrier's word for it, at most 60 characters. Raises `NotSent`."""


class TextMessage(models.Model):
    """One text message that was sent or refused. The text itself is kept in demonstrations only."""

    phone = SealedText(use="sms.phone")
    text = SealedText(use="sms.text")
    kind = models.CharField(max_length=60)
    at = models.DateTimeField(db_index=True)
    sender = models.CharField(max_length=20)
    outcome = models.CharField(max_length=60)
    is_sent = models.BooleanField()

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["-id"], name="text_message_newest")]

    def __str__(self) -> str:
        return f"{self.kind} by {self.sender}: {self.outcome}"


class ConsoleSender(Sender):
    """Prints the text for whoever started the server. No message leaves the machine."""

    name = "console"
    keeps_text = False

    @override
    def send(self, phone: str, text: str, *, kind: str, values: Mapping[str, str]) -> str:
        sys.stdout.write(f"[短信] {phone[:3]}****{phone[-4:]} {text}\n")
        sys.stdout.flush()
        return "printed"


class DemoSender(Sender):
    """Keeps the text, sealed, for the page that shows a demonstration's messages."""

    name = "demo"
    keeps_text = True

    @override
    def send(self, phone: str, text: str, *, kind: str, values: Mapping[str, str]) -> str:
        return "kept"


def sender() -> Sender:
    """The configured sender."""
    name = settings.SMS_SENDER
    made: Sender = import_string(SENDERS.get(name, name))()
    return made


def send(
    phone: str, text: str, *, kind: str, at: datetime, values: Mapping[str, str] | None = None
) -> TextMessage:
    """Send a text to a number of eleven digits and keep a row about it.

    `values` are the variables of the carrier's approved template. Raises `NotSent` when it is worth
    trying again; a lasting refusal comes back as a row with `is_sent` false.
    """
    by = sender()
    row = TextMessage(phone=phone, kind=kind, at=at, sender=by.name)
    row.text = text if by.keeps_text else None
    try:
        row.outcome, row.is_sent = by.send(phone, text, kind=kind, values=values or {})[:60], True
    except NotSent as refused:
        log.warning("%s: not sent by %s: %s", kind, by.name, refused.outcome)
        if not refused.lasting:
            raise
        row.outcome, row.is_sent = refused.outcome[:60], False
    row.save()
    return row
