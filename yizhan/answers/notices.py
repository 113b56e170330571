"""The texts of messages about answers. None of them names what the order is about."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from yizhan.base.outbox import Kind, register

Facts = Mapping[str, Any]


def _page(facts: Facts) -> str:
    return reverse("answers:take_down", args=[facts["order"]])


register(
    {
        "answer_published": Kind(
            "您的一件事写进了「您说我办」",
            lambda _facts: "您同意写出来的一件事公开了，请看看。不愿意了，随时可以撤下。",
            _page,
        )
    }
)
