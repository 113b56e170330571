"""What the page of an order says of fair use, and how an office says something about it."""

from datetime import datetime

from django.urls import reverse

from yizhan.base.actor import Actor
from yizhan.conduct import operations, queries, rules
from yizhan.orders.cases import Card, Case, Door, register
from yizhan.orders.models import Order
from yizhan.orders.standing import is_asker


def cards(order: Order, by: Actor, _at: datetime) -> list[Card]:
    """What the asker was told of; pages of offices ask the database nothing."""
    flag = queries.told_of(order) if is_asker(order, by) else None
    if flag is None or flag.ends_at is None:
        return []
    lines = (f"{flag.measure_words}，到 {flag.ends_at.month}月{flag.ends_at.day}日为止。",)
    key = order.receipt_code if by.receipt_of else order.code
    url = reverse("conduct:appeal", args=[key])
    return [Card("点单方式", str(flag.get_state_display()), flag.tone, lines, url)]


def doors(order: Order, by: Actor, _at: datetime) -> list[Door]:
    """记录不当使用, for whoever may."""
    if not rules.can_flag(order, by):
        return []
    return [Door("记录不当使用", reverse("conduct:flag", args=[order.code]), "flag")]


def copy(order: Order) -> dict[str, str]:
    """What was said of the asker's use, what followed, and what they answered."""
    kept: dict[str, str] = {}
    for flag in reversed(queries.of_order(order)):
        if flag.erased_at:
            continue
        said = [flag.get_reason_display(), flag.measure_words, flag.get_state_display()]
        words = [getattr(flag, name) for name in operations.WORDS]
        said += [one.open() for one in words if one]
        kept[f"使用记录 {flag.code}"] = "；".join(str(one) for one in said if one)
    return kept


def erase(order: Order, by: Actor, at: datetime) -> int:
    """The words go with those of the order."""
    return operations.erase_flag(order=order, by=by, at=at)


register(Case("conduct", cards, doors, copy, erase))
