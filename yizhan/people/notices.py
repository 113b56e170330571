"""The texts of messages about proxies. None of them names a person."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from yizhan.base.outbox import Kind, register


def _family(_: Mapping[str, Any]) -> str:
    return reverse("people:family")


KINDS = {
    "proxy_taken_on": Kind(
        "家人接受了您的委托",
        lambda _: "有人用委托码接受了您的委托，可以替您办事了。不是您给的，请马上终止。",
        _family,
        sms=True,
    ),
    "proxy_ended": Kind("家人代办已终止", lambda _: "一项家人代办已经终止。", _family),
}

register(KINDS)
