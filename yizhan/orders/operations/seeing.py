"""Showing what is masked: asked with a purpose, written down before it is shown."""

from datetime import datetime

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.orders import rules
from yizhan.orders.models import Order
from yizhan.privacy import operations as privacy
from yizhan.privacy.rules import phone_access


@transaction.atomic
def reveal(*, order: Order, purpose: str, by: Actor, at: datetime) -> Order:
    """Allow the full telephone number to be shown once, and record who looked and why."""
    accepted = rules.may_still_call(order, by, at)
    rules.can_reveal(order, by, phone_access(by, accepted=accepted)).or_refuse()
    privacy.unmask(subject=order, accepted=accepted, purpose=purpose, by=by, at=at)
    return order
