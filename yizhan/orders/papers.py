"""Answers on paper: what stands on them."""

from dataclasses import dataclass

from yizhan.base.actor import Actor
from yizhan.base.outbox import Notice
from yizhan.orders.models import Order
from yizhan.orders.screens import words

ANSWERS = {
    "order_asked": "asked",
    "order_turned_away": "turned_away",
    "order_finished": "finished",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One answer for one person. `words` are what was said to them; empty where it stays sealed."""

    notice: Notice
    order: Order
    words: str


def paper_of(notice: Notice, by: Actor) -> Paper:
    """The answer behind a notice of the list.

    Its words are left out when the matter is sensitive, or the order is of another area: then the
    paper says to come and hear it.
    """
    order = Order.objects.with_names().get(pk=notice.subject_id)
    open_here = by.reaches_region(order.region_code) and not order.category.is_sensitive
    kind = ANSWERS.get(notice.kind, "")
    steps = order.steps.filter(kind=kind, at__lte=notice.at).select_related("remark")
    step = steps.last() if open_here and kind else None
    return Paper(notice, order, words(step) if step else "")
