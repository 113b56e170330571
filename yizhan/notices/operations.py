"""Delivering messages and marking them read."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from yizhan.base import sms
from yizhan.base.actor import Actor
from yizhan.base.outbox import KINDS, Notice
from yizhan.base.sms import TextMessage
from yizhan.notices import rules
from yizhan.people.sign_in import is_staff

log = logging.getLogger("yizhan.notices")
RETRY_AFTER = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(hours=24)
FORGOTTEN = "forgotten"
UNWORDABLE = (KeyError, TypeError, ValueError, AttributeError)


@transaction.atomic
def deliver(*, notice_id: int, at: datetime) -> Notice | None:
    """Send one notice if it is due and nobody else is at it. The inbox entry is the row itself.

    A text message waits for the end of the quiet hours, and for five minutes when the carrier
    fails; after a day it is given up. For whom there is neither number nor sign-in, what deserves
    it goes on the print list of their community.
    """
    notice = _due(notice_id, at)
    if notice is None:
        return None
    kind = KINDS.get(notice.kind)
    phone = _phone(notice)
    if kind and kind.paper and (place := rules.print_list_of(notice.to)):
        notice.print_list = place
        return _sent(notice, at, "paper")
    if kind is None or not phone or not (kind.sms or notice.to_id is None):
        return _sent(notice, at, "inbox")
    quiet = None if kind.urgent else rules.quiet_end(at, staff=_is_staff(notice))
    if quiet:
        return _later(notice, quiet)
    try:
        row = sms.send(phone, notice.text, kind=notice.kind, at=at, values=_values(notice))
    except sms.NotSent:
        if at - notice.at > GIVE_UP_AFTER:
            return _sent(notice, at, "given up")
        return _later(notice, at + RETRY_AFTER)
    except UNWORDABLE:
        log.exception("notice %s (%s) cannot be worded", notice.pk, notice.kind)
        return _sent(notice, at, "not worded")
    return _sent(notice, at, row.sender if row.is_sent else row.outcome)


@transaction.atomic
def read(*, notice: Notice, by: Actor, at: datetime) -> Notice:
    """Mark one notice of one's own as read."""
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    rules.can_read(notice, by).or_refuse()
    if notice.read_at is None:
        notice.read_at = at
        notice.save(update_fields=["read_at"])
    return notice


@transaction.atomic
def read_all(*, by: Actor, at: datetime) -> int:
    """Mark every notice of one's own as read; returns how many were new."""
    rules.can_read_all(by).or_refuse()
    return Notice.objects.filter(to_id=by.person_id, read_at=None).update(read_at=at)


@transaction.atomic
def tick_off(*, notice: Notice, by: Actor, at: datetime) -> Notice:
    """What was printed has been brought to the person. Refused with outside or ticked."""
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    rules.can_tick_off(notice, by).or_refuse()
    notice.read_at = at
    notice.save(update_fields=["read_at"])
    return notice


@transaction.atomic
def forget_number(
    *,
    phone: str,
    by: Actor,
    at: datetime,
    subject: models.Model | None = None,
    person: models.Model | None = None,
) -> int:
    """Take a number, and any text kept with it, off every message; returns how many.

    What was not sent yet is never sent; with a `subject` what waits about other things is left.
    What waits for a `person`, on paper too, is not brought any more.
    The numbers are sealed without an index: all are opened. The caller has asked whether `by` may.
    """
    rules.can_forget_number(by).or_refuse()
    rows = Notice.objects.exclude(phone=None)
    if subject:
        about = Q(subject_type=subject._meta.label_lower, subject_id=subject.pk)
        rows = rows.filter(about | Q(sent_at__isnull=False))
    notices = _with_number(rows, phone)
    Notice.objects.filter(pk__in=notices, sent_at=None).update(sent_at=at)
    Notice.objects.filter(pk__in=notices).update(phone=None, print_list=FORGOTTEN)
    if person:
        Notice.objects.filter(to=person.pk, sent_at=None).update(sent_at=at)
        Notice.objects.filter(to=person.pk, read_at=None).update(read_at=at)
    texts = _with_number(TextMessage.objects.exclude(phone=None), phone)
    TextMessage.objects.filter(pk__in=texts).update(phone=None, text=None)
    return len(notices) + len(texts)


def _with_number(rows: Any, phone: str) -> list[int]:
    """The ids of the rows whose sealed number is this one."""
    found = rows.order_by().values_list("pk", "phone").iterator(chunk_size=1000)
    return [pk for pk, sealed in found if phone and sealed.open() == phone]


def _values(notice: Notice) -> dict[str, str]:
    """The variables for a carrier's template: the title and every plain fact."""
    plain = {
        name: str(value)
        for name, value in notice.facts.items()
        if isinstance(value, str | int) and not isinstance(value, bool)
    }
    return {"title": notice.title, **plain}


def _due(notice_id: int, at: datetime) -> Notice | None:
    return (
        Notice.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("to__home")
        .filter(pk=notice_id, sent_at=None, due_at__lte=at)
        .first()
    )


def _phone(notice: Notice) -> str:
    sealed = notice.to.phone if notice.to else notice.phone
    return sealed.open() if sealed else ""


def _is_staff(notice: Notice) -> bool:
    return notice.to is not None and is_staff(notice.to)


def _sent(notice: Notice, at: datetime, way: str) -> Notice:
    notice.sent_at = at
    notice.save(update_fields=["sent_at", "print_list"])
    log.info("notice %s (%s) delivered: %s", notice.pk, notice.kind, way)
    return notice


def _later(notice: Notice, due_at: datetime) -> Notice:
    notice.due_at = due_at
    notice.save(update_fields=["due_at"])
    log.info("notice %s (%s) waits until %s", notice.pk, notice.kind, due_at.isoformat())
    return notice
