"""What stands beside the orders of the town: a dispute, a whistle, calls after bad ratings."""

from dataclasses import dataclass
from typing import Any

from tests.security.marks import text
from tests.security.town import Story, Town
from tests.world import NOON
from yizhan.base.actor import CLOCK
from yizhan.callbacks import operations as callbacks
from yizhan.disputes import operations as disputes
from yizhan.disputes.models import Dispute
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.whistles import operations as whistles
from yizhan.whistles.models import Call, Whistle
from yizhan.whistles.operations.blowing import Brief


@dataclass
class Cases:
    """The cases, as addresses name them."""

    dispute: Dispute
    whistle: Whistle


def build(town: Town) -> Cases:
    """The first branch objects to one order; the street calls it to lead on another."""
    world, by = town.world, town.world.by
    one = Story(town, world.weigong, by.sun)
    dispute = disputes.raise_dispute(
        order=one.given("B1"), cause="other", words=f"{one.marked('SBCK')}不归我们", by=by.liu,
        at=NOON,
    )  # fmt: skip
    one.kept("a_disputed", dispute.order, "A", objects="B1")
    one = Story(town, world.weigong, by.sun)
    order = orders.admit(order=one.begun(), by=by.sun, at=NOON)
    order = orders.escalate(order=order, reason=one.marked("SBCK"), by=by.ma, at=NOON)
    one.kept("a_escalated", order, "A")
    for rated in Order.objects.filter(state="rated"):
        callbacks.draw(order=rated, by=CLOCK, at=NOON)
    return Cases(dispute, _whistle(town, order, by))


def _whistle(town: Town, order: Any, by: Any) -> Whistle:
    """Called are the first branch and the property company; the first has answered."""
    number, units = town.next(), town.world.units
    brief = Brief("routine", f"{text('WHIS', number)}要一起看", "")
    whistle = whistles.blow(
        order=order, brief=brief, lead=units["B1"], helpers=[units["P"]], by=by.zhou, at=NOON
    )
    call = Call.objects.get(whistle=whistle, unit=units["B1"])
    whistles.answer_call(call=call, words=f"{text('WHIS', number)}会来", by=by.liu, at=NOON)
    town.whistle_number = number
    return whistle
