"""What the page of an order says of others about the same, and what may be begun from there."""

from datetime import datetime, timedelta

from django.urls import reverse

from yizhan.base.actor import Actor
from yizhan.duplicates import operations, queries, rules
from yizhan.orders.cases import Card, Case, Door, register
from yizhan.orders.models import Order
from yizhan.orders.standing import governs, is_asker
from yizhan.orders.states import TRIAGE, Source, State

FRESH = timedelta(minutes=30)


def _cards(order: Order, by: Actor, at: datetime) -> list[Card]:
    if is_asker(order, by):
        return _offered(order, by, at)
    if not governs(order, by, rules.TRIAGE):
        return []
    cards = []
    here = reverse("duplicates:compare", args=[order.code])
    if order.joined:
        words = f"有 {order.joined} 张说同一件事的单子并了进来，办结时一起答复，各自评单。"
        cards.append(Card("一起办的单子", f"{order.joined} 张", "teal", (words,), here))
    if order.state == State.MERGED:
        words = "办结时和那张单子一起答复，点单人照样可以评单。并错了，可以取消合并。"
        cards.append(Card("已并入同一件事的单子", "已并入", "plain", (words,), here))
    if order.state in TRIAGE and (pairs := queries.likely(order, by, at)):
        lines = tuple(dict.fromkeys(f"有{pair.reason}的单子。" for pair in pairs))
        cards.append(Card("可能有人提过同一件事", f"{len(pairs)} 张", "gold", lines, here))
    return cards


def _offered(order: Order, by: Actor, at: datetime) -> list[Card]:
    """For who has just placed it and nobody has read it yet: whether to go together."""
    if not is_offered(order, by, at) or not (found := queries.same_as_order(order, by, at)):
        return []
    lines = tuple(f"{one.about}，{one.area}，{one.state}。" for one in found)
    key = order.code if by.person_id else order.receipt_code
    url = reverse("duplicates:attach", args=[key])
    return [Card("同一件事已有人提出，要一起办吗？", "可以一起办", "teal", lines, url)]


def is_offered(order: Order, by: Actor, at: datetime) -> bool:
    """Whether the order is so new that its asker may still put it to another."""
    fresh = order.state == State.PLACED and at - order.placed_at < FRESH and not order.joined
    own = order.source == Source.PHONE_PAGE and by.on_behalf_of is None
    return fresh and own and rules.is_public(order)


def _doors(order: Order, by: Actor, _at: datetime) -> list[Door]:
    if order.state not in TRIAGE or is_asker(order, by) or not governs(order, by, rules.TRIAGE):
        return []
    url = reverse("duplicates:compare", args=[order.code])
    return [Door("找说同一件事的单子", url, "copy")]


def _erase(order: Order, by: Actor, at: datetime) -> object:
    return operations.forget_vector(order_ids=[order.pk], by=by, at=at)


register(Case("duplicates", cards=_cards, doors=_doors, erase=_erase, typing="duplicates:suggest"))
