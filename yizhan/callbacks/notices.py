"""The texts of messages about rectifications. None of them names what the order is about."""

from collections.abc import Mapping
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


def _order(facts: Facts) -> str:
    return reverse("orders:show", args=[_receipt(facts) or facts["order"]])


def _case(facts: Facts) -> str:
    return reverse("callbacks:rectification", args=[facts["case"]])


def _opened(_: Facts) -> str:
    return "一张单子点单人不满意，请核实，按时整改。"


def _done(facts: Facts) -> str:
    sentence = "您评过的一张点单，社区看过您的评价，又办了一次整改，请看办理记录。"
    code = _receipt(facts)
    return f"{sentence}凭回执码 {spaced(code)} 可查。" if code else sentence


KINDS = {
    "rectification_opened": Kind("一件差评待整改", _opened, _case),
    "rectification_done": Kind("您的评价有回应", _done, _order, sms=True, paper=True),
}

register(KINDS)
