"""What the page of an order says of what is told of it, and how it is put into words."""

from datetime import datetime

from django.urls import reverse

from yizhan.answers import operations, queries, rules
from yizhan.answers.models import Answer
from yizhan.base.actor import Actor
from yizhan.orders.cases import Card, Case, Door, register
from yizhan.orders.models import Order
from yizhan.orders.standing import is_asker
from yizhan.orders.states import ENDED


def cards(order: Order, by: Actor, _at: datetime) -> list[Card]:
    """What is told; only an order that is done asks the database."""
    if order.state not in ENDED:
        return []
    answer = queries.of_order(order)
    if answer is None:
        return []
    if is_asker(order, by):
        return _for_asker(answer, order, by)
    if not by.may("orders.dispatch"):
        return []
    tag = str(answer.get_state_display())
    return [Card("您说我办", tag, answer.tone, (answer.title,), _page(answer))]


def _page(answer: Answer) -> str:
    return reverse("answers:record", args=[answer.code])


def _for_asker(answer: Answer, order: Order, by: Actor) -> list[Card]:
    if answer.state != Answer.State.PUBLISHED:
        return []
    key = order.receipt_code if by.receipt_of else order.code
    lines = ("这件事的答复在「您说我办」公开了，不带您的姓名和地点。",)
    return [Card("您说我办", "已公开", "teal", lines, reverse("answers:take_down", args=[key]))]


def doors(order: Order, by: Actor, _at: datetime) -> list[Door]:
    """写成「您说我办」, for whoever may."""
    if not rules.can_write(order, by):
        return []
    return [Door("写成「您说我办」", reverse("answers:write", args=[order.code]), "megaphone")]


def copy(order: Order) -> dict[str, str]:
    """What is told to everybody."""
    answer = queries.of_order(order)
    return {"公开的答复": "；".join(answer.texts)} if answer else {}


def erase(order: Order, by: Actor, at: datetime) -> int:
    """What was told goes with the words of the order."""
    return operations.erase_answer(order=order, by=by, at=at)


register(Case("answers", cards, doors, copy, erase))
