"""What the page of an order says of a dispute about it, and who may begin one from there."""

from datetime import datetime

from django.urls import reverse

from yizhan.base.actor import Actor
from yizhan.clocks.calendar import promise_text
from yizhan.disputes import queries, rules
from yizhan.disputes.models import Dispute
from yizhan.orders.cases import Card, Case, Door, register
from yizhan.orders.models import Order
from yizhan.orders.standing import is_asker
from yizhan.orders.states import State


def cards(order: Order, by: Actor, at: datetime) -> list[Card]:
    """For offices: who objects, until when there is a ruling, or what it was."""
    if not (order.state == State.DISPUTED or order.appointed) or is_asker(order, by):
        return []
    dispute = queries.of_order(order, by)
    return [_card(dispute, at)] if dispute else []


def _card(dispute: Dispute, at: datetime) -> Card:
    row, url = queries.row(dispute, at), dispute.get_absolute_url()
    objects = f"{dispute.unit.name}提出：{dispute.get_cause_display()}"
    if dispute.is_over:
        lines = (objects, f"裁定由{dispute.appointed.name}承办" if dispute.appointed else "")
        return Card("派单异议", "已裁定", "teal", tuple(line for line in lines if line), url)
    due = f"应在 {promise_text(dispute.rule_by, at)}裁定"
    return Card("派单异议", row.words, row.tone, (objects, due), url)


def doors(order: Order, by: Actor, _at: datetime) -> list[Door]:
    """提出异议, exactly where the rules allow it."""
    if not rules.can_raise_dispute(order, by):
        return []
    return [Door("提出异议", reverse("disputes:raise_dispute", args=[order.code]), "scale")]


register(Case("disputes", cards, doors))
