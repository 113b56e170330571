"""The texts of messages from the ladder. None of them names what the order is about."""

from collections.abc import Callable

from django.urls import reverse

from yizhan.base.outbox import Kind, register
from yizhan.orders.receipts import Facts, page, with_receipt

_order = page("orders:show")


def _page(facts: Facts) -> str:
    return reverse("ladder:desk") if facts.get("count", 1) > 1 else _order(facts)


def _handled(facts: Facts) -> str:
    """Whoever has a few orders in hand finds them in their own list, not on a desk."""
    return reverse("orders:pool") if facts.get("count", 1) > 1 else _order(facts)


def _desk(_: Facts) -> str:
    return reverse("ladder:desk")


def _supervision(facts: Facts) -> str:
    return reverse("ladder:supervision", args=[facts["supervision"]])


def _said(one: str, many: str = "") -> Callable[[Facts], str]:
    """A sentence for one order, another with how many where there are several."""

    def text(facts: Facts) -> str:
        count = facts.get("count", 1)
        return with_receipt(many.format(count=count) if count > 1 and many else one, facts)

    return text


KINDS = {
    "ladder_opened": Kind(
        "单子还没人接",
        _said(
            "一张单子时间过半还没人接，已向本单位的人开放，请看看还可以邀请谁。",
            "有 {count} 张单子要您看看，其中有的时间过半还没人接。",
        ),
        _page,
    ),
    "ladder_reminded": Kind(
        "快到时限，提醒一下",
        _said("一张单子快到答应的时间了，请看看。", "{count} 张单子快到答应的时间了，请看看。"),
        _handled,
    ),
    "ladder_urged": Kind(
        "到时限了，请尽快办",
        _said(
            "一张单子到了答应的时间还没办，请尽快办；有难处请说明。",
            "{count} 张单子要您看看，有的到了答应的时间还没办。有难处请说明。",
        ),
        _handled,
    ),
    "ladder_supervised": Kind(
        "要不要督办，请您定",
        _said(
            "一张单子超时一个工作日了，督办单发不发，请您定。",
            "{count} 张单子超时了，督办单发不发，请您定。",
        ),
        _desk,
    ),
    "ladder_decided": Kind(
        "接下来怎么办，请您定",
        _said(
            "一张单子超时几天了，接下来怎么办，请您定。",
            "{count} 张单子超时了，其中有的已经几天，接下来怎么办，请您定。",
        ),
        _desk,
    ),
    "ladder_nobody": Kind(
        "您的点单还没找到人",
        _said(
            "您的点单两次请人都没有人能接，很抱歉。社区会另想办法；您也可以打电话问，或者撤回另找。"
        ),
        _order,
        sms=True,
        paper=True,
    ),
    "ladder_nobody_street": Kind(
        "一张单子两次没人接",
        _said("一张单子两次派出都没有人接，请看看街道能帮什么。"),
        _order,
    ),
    "supervision_issued": Kind(
        "收到一张督办单",
        _said("街道给您的单位发了一张督办单，请按期书面答复。"),
        _supervision,
        sms=True,
    ),
    "supervision_answered": Kind(
        "督办单有答复了", _said("一张督办单，承办单位已经答复，请看看。"), _supervision
    ),
}

register(KINDS)
