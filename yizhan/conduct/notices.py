"""The texts of messages about flags. None of them names what the order is about."""

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
    return reverse("conduct:appeal", args=[_receipt(facts) or facts["order"]])


def _desk(facts: Facts) -> str:
    return reverse("conduct:show", args=[facts["flag"]])


def _said(sentence: str) -> Callable[[Facts], str]:
    """A fixed sentence, with the receipt code for those who have no account."""

    def text(facts: Facts) -> str:
        code = _receipt(facts)
        return f"{sentence}凭回执码 {spaced(code)} 可查。" if code else sentence

    return text


register(
    {
        "flag_raised": Kind(
            "有一条记录等复核", _said("有一条点单记录等街道复核，三个工作日内看。"), _desk
        ),
        "flag_upheld": Kind(
            "点单方式有变化，请看看",
            _said("您点单的方式这段时间有变化，原因和到哪天为止写在页面上。不同意可以申诉。"),
            _page,
            sms=True,
        ),
        "flag_appealed": Kind(
            "有一件申诉等答复", _said("有一件点单申诉等另一位同志来定，五个工作日内答复。"), _desk
        ),
        "flag_decided": Kind(
            "您的申诉有答复了", _said("您的申诉有答复了，请看看。"), _page, sms=True
        ),
    }
)
