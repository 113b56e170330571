"""The texts of messages about disputes. None of them says what the order is about."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from yizhan.base.outbox import Kind, register

Facts = Mapping[str, Any]


def _page(facts: Facts) -> str:
    return reverse("disputes:show", args=[facts["dispute"]])


def _raised(_: Facts) -> str:
    return "有一项派单异议等区里裁定，2 个工作日内要有结果。"


def _ruled(_: Facts) -> str:
    return "一项派单异议有了裁定，请看由哪个单位办。"


KINDS = {
    "dispute_raised": Kind("一项派单异议等裁定", _raised, _page),
    "dispute_ruled": Kind("派单异议有了裁定", _ruled, _page),
}

register(KINDS)
