"""A unit objects, an office rules. Each function is one whole transaction."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.base.outbox import tell
from yizhan.clocks.calendar import add_working
from yizhan.disputes import messages, queries, rules
from yizhan.disputes.models import Dispute
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.people.models import Unit
from yizhan.regions.district import profile
from yizhan.routing import operations as routing
from yizhan.routing.rows import Line

SOURCE, REASON = "disputes.ruling", "派单异议裁定由这个单位承办"


@transaction.atomic
def raise_dispute(*, order: Order, cause: str, words: str, by: Actor, at: datetime) -> Dispute:
    """The unit that has the order says that it is not its own; the order waits for a ruling.

    `words` are kept with the order. What was promised to the asker stays.
    """
    order = Order.objects.lock(order)
    rules.can_raise_dispute(order, by, cause).or_refuse()
    unit = Unit.objects.select_related("region").get(pk=order.unit_id or 0)
    order = orders.dispute(order=order, reason=words, by=by, at=at)
    hours = profile().office_hours
    due = add_working(at, days=rules.RULE_DAYS, office_hours=hours)
    dispute = Dispute.objects.create(
        order=order,
        round=order.round,
        unit=unit,
        cause=cause,
        region_code=order.region_code,
        desk_code=_desk(order, unit, at),
        raised_at=at,
        amber_at=rules.amber_at(at, due, hours),
        rule_by=due,
    )
    dispute.begin("raised", by=by, at=at, order=order.pk, unit=unit.code, reason=cause)
    tell(*messages.to_desk(dispute, "dispute_raised", at), at=at)
    return dispute


def _desk(order: Order, unit: Unit, at: datetime) -> str:
    district = order.region_code[: rules.DISTRICT_DIGITS]
    sits = bool(queries.sitting(district, localdate(at)))
    return rules.desk_of(order, unit, district_sits=sits)


@transaction.atomic
def adjudicate(
    *, dispute: Dispute, unit: Unit | None, words: str, by: Actor, at: datetime
) -> Dispute:
    """Rule: appoint a unit, which may not return the order; or, with none, say where it belongs.

    With a unit `words` are the reasons, for offices; without one the asker reads them. Raises
    `Refused("unit_elsewhere")` for a unit that does not work in the order's community.
    """
    dispute = Dispute.objects.lock(dispute)
    order = Order.objects.lock(dispute.order)
    dispute.order = order
    rules.can_adjudicate(dispute, by).or_refuse()
    orders.settle(order=order, unit=unit, words=words, by=by, at=at)
    dispute.ruled_at, dispute.appointed = at, unit
    dispute.outcome = Dispute.Outcome.APPOINTED if unit else Dispute.Outcome.TURNED_AWAY
    saving = ("ruled_at", "appointed", "outcome")
    facts = {"outcome": str(dispute.outcome), "unit": unit.code if unit else ""}
    dispute.move(Dispute.State.RULED, by=by, at=at, saving=saving, **facts)
    tell(*messages.to_sides(dispute, "dispute_ruled", at), at=at)
    return dispute


@transaction.atomic
def feed_directory(*, dispute: Dispute, by: Actor, at: datetime) -> Dispute:
    """Propose what was ruled for the routing table: this category, in this community, to this unit.

    It decides nothing until whoever keeps the table accepts it.
    """
    dispute = Dispute.objects.lock(dispute)
    rules.can_feed_directory(dispute, by).or_refuse()
    order = dispute.order
    line = Line(
        category_id=order.category_id, region_code=order.region_code, unit_id=dispute.appointed_id
    )
    routing.propose_rule(
        line=line, source=SOURCE, source_code=dispute.code, reason=REASON, by=by, at=at
    )
    dispute.fed_at = at
    dispute.note("fed", by=by, at=at, saving=("fed_at",))
    return dispute
