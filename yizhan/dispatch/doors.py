"""From the page of an order to who fits it."""

from datetime import datetime

from django.urls import reverse

from yizhan.base.actor import Actor
from yizhan.orders.cases import Card, Case, Door, register
from yizhan.orders.models import Order
from yizhan.orders.rules import can_invite


def cards(_order: Order, _by: Actor, _at: datetime) -> list[Card]:
    """Advice is no case: there is nothing going on."""
    return []


def doors(order: Order, by: Actor, _at: datetime) -> list[Door]:
    """Whoever may invite somebody to this order may ask who fits."""
    if not can_invite(order, by):
        return []
    return [Door("看谁合适", reverse("dispatch:advice", args=[order.code]), "users")]


register(Case("advice", cards, doors))
