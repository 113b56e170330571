"""The texts of messages about the pending list. None of them names what the order is about."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse

from yizhan.base import crypto
from yizhan.base.codes import spaced
from yizhan.base.outbox import Kind, register
from yizhan.orders.models import RECEIPT

Facts = Mapping[str, Any]


def _receipt(facts: Facts) -> str:
    sealed = facts.get("receipt")
    return crypto.opened(bytes.fromhex(sealed), use=RECEIPT) if sealed else ""


def _page(facts: Facts) -> str:
    return reverse("pendings:show", args=[_receipt(facts) or facts["order"]])


def _said(sentence: str) -> Callable[[Facts], str]:
    """A fixed sentence, with the receipt code for those who have no account."""

    def text(facts: Facts) -> str:
        code = _receipt(facts)
        return f"{sentence}凭回执码 {spaced(code)} 可查。" if code else sentence

    return text


KINDS = {
    "pending_yours": Kind("一件挂账由您负责", _said("有一件挂账由您负责，请按日子复查。"), _page),
    "pending_due": Kind("挂账到复查日了", _said("您负责的一件挂账到复查的日子了，请看看。"), _page),
    "pending_reviewed": Kind(
        "您的点单有新情况", _said("您一时办不了的点单，刚复查过，情况写在里面。"), _page
    ),
    "pending_proposed": Kind(
        "请您看看办好没有",
        _said("您挂账的点单说已经办好，请您看看同不同意销号。"),
        _page,
        sms=True,
        paper=True,
    ),
    "pending_refused": Kind("销号没有通过", _said("您负责的一件挂账，销号没有通过。"), _page),
}

register(KINDS)
