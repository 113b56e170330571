"""Placing an order asks here: see `orders/admission.py`."""

from datetime import datetime

from yizhan.base.actor import Actor
from yizhan.base.verdict import Verdict
from yizhan.conduct import operations
from yizhan.orders.admission import Knock, register


def check(knock: Knock, by: Actor, at: datetime) -> Verdict:
    """Whether a measure in force lets this order pass."""
    return operations.let_in(knock=knock, by=by, at=at)


register("conduct", check)
