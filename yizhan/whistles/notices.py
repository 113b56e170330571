"""The texts of messages about whistles. None of them says what it is about."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import now

from yizhan.base.outbox import Kind, register
from yizhan.clocks.calendar import promise_text

Facts = Mapping[str, Any]


def _page(facts: Facts) -> str:
    return reverse("whistles:show", args=[facts["whistle"]])


def _said(sentence: str) -> Callable[[Facts], str]:
    """A fixed sentence."""

    def text(_: Facts) -> str:
        return sentence

    return text


def _called(facts: Facts) -> str:
    due = promise_text(datetime.fromisoformat(facts["due_at"]), now())
    return f"街道吹哨，请您的单位 {due}回应：能到场，或说明来不了的原因。"


KINDS = {
    "whistle_called": Kind("街道吹哨，请回应", _called, _page),
    "whistle_urgent": Kind("街道应急吹哨，请马上回应", _called, _page, sms=True, urgent=True),
    "whistle_cancelled": Kind("不用到场了", _said("一次吹哨，您的单位不用到场了。"), _page),
    "whistle_lead_changed": Kind(
        "牵头单位换了", _said("一次吹哨换了牵头单位，请看您的单位现在做什么。"), _page
    ),
    "whistle_explained": Kind(
        "有单位来不了", _said("吹哨叫到的一家单位说明来不了，请看怎么安排。"), _page
    ),
    "whistle_result": Kind(
        "牵头单位办完了", _said("牵头单位写了结果，请看看是否结束这次吹哨。"), _page
    ),
    "whistle_closed": Kind("吹哨结束，请评一评", _said("一次吹哨结束了，请评一评。"), _page),
}

register(KINDS)
