"""What the audit administrators are told: the head of each day, to be kept outside the platform."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from yizhan.base.outbox import Kind, register


def _head(facts: Mapping[str, Any]) -> str:
    return f"{facts['day']} 的链头是 {facts['head']}。请抄下或打印，放在平台以外的地方。"


def _chain(_facts: Mapping[str, Any]) -> str:
    return reverse("privacy:audit:chain")


register({"privacy_head": Kind("昨天的链头", _head, _chain)})
