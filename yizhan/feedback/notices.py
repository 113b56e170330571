"""The texts of messages about 投诉建议. None of them says what it is about."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import now

from yizhan.base import crypto
from yizhan.base.codes import spaced
from yizhan.base.outbox import Kind, register
from yizhan.clocks.calendar import promise_text
from yizhan.feedback.models import RECEIPT

Facts = Mapping[str, Any]


def _receipt(facts: Facts) -> str:
    sealed = facts.get("receipt")
    return crypto.opened(bytes.fromhex(sealed), use=RECEIPT) if sealed else ""


def _page(facts: Facts) -> str:
    return reverse("feedback:show", args=[_receipt(facts) or facts["feedback"]])


def _with_receipt(sentence: str, facts: Facts) -> str:
    code = _receipt(facts)
    return f"{sentence}凭回执码 {spaced(code)} 可看答复。" if code else sentence


def _received(facts: Facts) -> str:
    promise = promise_text(datetime.fromisoformat(facts["due_at"]), now())
    return _with_receipt(f"已收到您的投诉建议，{promise}答复。", facts)


def _arrived(_: Facts) -> str:
    return "有一条新的投诉建议，请在 5 个工作日内答复。"


def _answered(facts: Facts) -> str:
    return _with_receipt("您的投诉建议有答复了。", facts)


def _passed_on(facts: Facts) -> str:
    return _with_receipt("您的投诉建议已转有关部门，请看找谁问。", facts)


KINDS = {
    "feedback_received": Kind("已收到您的投诉建议", _received, _page),
    "feedback_arrived": Kind("有新的投诉建议", _arrived, _page),
    "feedback_answered": Kind("您的投诉建议有答复了", _answered, _page, sms=True),
    "feedback_passed_on": Kind("您的投诉建议已转有关部门", _passed_on, _page, sms=True),
}

register(KINDS)
