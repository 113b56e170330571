"""Who may object, who rules, by when. No database here."""

from datetime import datetime

from yizhan.base.actor import Actor
from yizhan.base.verdict import YES, Verdict, no
from yizhan.clocks.calendar import OfficeHours, add_time, working_time
from yizhan.disputes.models import RULE, Dispute
from yizhan.orders import rules as orders
from yizhan.orders.models import Order
from yizhan.people.models import Unit

RULE_DAYS = 2
AMBER = 0.6
STREET_DIGITS = 9
DISTRICT_DIGITS = 6
LIGHTS = {
    "green": ("时间充裕", "plain", "clock"),
    "amber": ("快到时限", "gold", "clock-alert"),
    "red": ("已超时", "red", "alarm-clock"),
}


def amber_at(start: datetime, due: datetime, hours: OfficeHours) -> datetime:
    """When so much of the working time has gone by that the ruling should be near."""
    return add_time(start, working_time(start, due, hours) * AMBER, hours)


def light(dispute: Dispute, at: datetime) -> str:
    """How a dispute that waits stands: green, amber or red; nothing once it is over."""
    if dispute.is_over:
        return ""
    if at >= dispute.rule_by:
        return "red"
    return "amber" if at >= dispute.amber_at else "green"


def desk_of(order: Order, unit: Unit, *, district_sits: bool) -> str:
    """The region whose office rules: the street, or the district where the street is a party or
    the unit is none of its own. Without anybody at the district the street rules.
    """
    street = order.region_code[:STREET_DIGITS]
    is_party = unit.kind == Unit.Kind.STREET or not unit.region.code.startswith(street)
    return street[:DISTRICT_DIGITS] if is_party and district_sits else street


def can_raise_dispute(order: Order, by: Actor, cause: str = "") -> Verdict:
    """The unit that has the order, while nobody has taken it and no ruling has named the unit."""
    verdict = orders.can_dispute(order, by)
    return orders.can_give_cause(order, cause) if verdict and cause else verdict


def can_adjudicate(dispute: Dispute, by: Actor) -> Verdict:
    """The office whose desk it is, or the district above it, once."""
    if not orders.governs(dispute.order, by, RULE):
        return no("not_your_post", "裁定由街道或区里来做")
    if not by.reaches_region(dispute.desk_code):
        return no("for_the_district", "承办单位不归本街道管，这项异议由区里裁定")
    if dispute.state == Dispute.State.RULED:
        return no("wrong_state", "这项异议已经裁定了")
    return orders.can_settle(dispute.order, by)


def can_feed_directory(dispute: Dispute, by: Actor) -> Verdict:
    """Whoever may rule on it proposes, once, that such matters go to the unit from now on."""
    if not by.reaches_region(dispute.desk_code) or not orders.governs(dispute.order, by, RULE):
        return no("not_your_post", "写进派单目录由裁定的一方来做")
    if dispute.appointed_id is None:
        return no("no_unit", "指定了承办单位的裁定，才能写进派单目录")
    return no("fed", "已经写进派单目录的草稿") if dispute.fed_at else YES
