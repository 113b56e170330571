"""Tables of facts: which rung comes when, and who may issue, answer and decide. No database."""

from datetime import timedelta

import pytest

from tests.orders.clockwork import MONDAY, moment
from yizhan.base.actor import CLOCK, Actor, Kind
from yizhan.clocks import rules as clocks
from yizhan.clocks.models import Clock
from yizhan.ladder import plan, rules
from yizhan.ladder.models import Decision, Supervision
from yizhan.orders.models import Order
from yizhan.people.models import Unit
from yizhan.people.roles import ROLES

HOURS = (("08:30", "12:00"), ("14:00", "18:00"))
HERE = "610302002002"


def clock(kind="resolve", days=5, **more):
    """Begun on Monday 23 November 2026, 09:00."""
    made = Clock(kind=kind, round=1, amount=days, unit="days", started_at=MONDAY)
    clocks.wind(made, None, HOURS)
    for name, value in more.items():
        setattr(made, name, value)
    return made


def facts(*fired):
    return rules.Facts(plan.plan(), frozenset(fired), HOURS)


def order(state="accepted", **more):
    return Order(state=state, region_code=HERE, **more)


def rung_at(at, kind="resolve", fired=(), state="accepted", pool=False, **more):
    days = 1 if kind == "accept" else 5
    found = rules.due(order(state, pool=pool), clock(kind, days, **more), facts(*fired), at)
    return [code for _, code in found]


LATE = ["reminded", "urged", "supervised", "decided"]


@pytest.mark.parametrize(
    ("when", "rungs"),
    [
        ("2026-11-26 09:00", 0),
        ("2026-11-26 16:00", 1),
        ("2026-11-30 17:59", 1),
        ("2026-11-30 18:00", 2),
        ("2026-12-01 17:59", 2),
        ("2026-12-01 18:00", 3),
        ("2026-12-03 17:59", 3),
        ("2026-12-03 18:00", 4),
        ("2027-01-04 09:00", 4),
    ],
)
def test_when_a_late_order_climbs(when, rungs):
    assert rung_at(moment(when)) == LATE[:rungs]


@pytest.mark.parametrize(
    ("when", "pool", "rungs"),
    [
        ("2026-11-24 08:40", False, []),
        ("2026-11-24 08:45", False, ["opened"]),
        ("2026-11-24 18:00", False, ["opened", "called_in"]),
        ("2026-11-24 08:45", True, []),
        ("2026-11-24 18:00", True, ["called_in"]),
    ],
)
def test_when_nobody_takes_it(when, pool, rungs):
    assert rung_at(moment(when), "accept", state="dispatched", pool=pool) == rungs


LONG_AFTER = moment("2026-12-20 09:00")


@pytest.mark.parametrize(
    "more",
    [
        {"met_at": MONDAY},
        {"stopped_at": MONDAY},
        {"paused_at": MONDAY, "paused_for": "pending_list"},
        {"state": "finished"},
        {"state": "merged"},
        {"state": "withdrawn"},
        {"state": "asking"},
        {"state": "pending"},
        {"fired": LATE},
    ],
)
def test_what_does_not_climb(more):
    assert rung_at(LONG_AFTER, **more) == []


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("not_your_post", {"by": Actor(Kind.PERSON, person_id=1)}),
        ("not_ticking", {"clock": clock(met_at=MONDAY)}),
        ("not_ticking", {"order": order("finished")}),
        ("fired_already", {"facts": facts("reminded", "urged")}),
        ("not_due", {"at": MONDAY}),
        ("out_of_turn", {"facts": facts()}),
        ("", {}),
    ],
)
def test_why_a_rung_does_not_fire(code, given):
    usual = {"order": order(), "clock": clock(), "facts": facts("reminded")}
    usual |= {"by": CLOCK, "at": LONG_AFTER}

    assert rules.can_urge(**(usual | given)).code == code


def actor(role, *, area="", path="", unit=None):
    powers = ROLES[role].powers
    return Actor(Kind.PERSON, 1, 1, role, powers, area=area, unit_path=path, unit_id=unit)


CAST = {
    "street": actor("street_office", area=HERE[:9]),
    "clerk": actor("clerk", area=HERE, unit=3),
    "far_street": actor("street_office", area="610302005"),
    "leader": actor("branch_secretary", path="1.2.3.4.", unit=4),
    "rival": actor("branch_secretary", path="1.2.3.5.", unit=5),
    "member": actor("member", path="1.2.3.4.", unit=4),
    "resident": Actor(Kind.PERSON, 9),
    "clock": CLOCK,
}
BRANCH = Unit(pk=4, kind="branch", path="1.2.3.4.")
OFFICE = Unit(pk=3, kind="community", path="1.2.3.")


def sheet(state="proposed", unit=BRANCH, **more):
    return Supervision(order=order(round=1, **more), round=1, state=state, unit=unit)


@pytest.mark.parametrize("verb", ["issue", "dismiss"])
def test_who_issues_a_sheet(verb):
    can = getattr(rules, f"can_{verb}")
    found = {name: bool(can(sheet(), by)) for name, by in CAST.items()}

    assert {name for name, yes in found.items() if yes} == {"street"}
    assert can(sheet("issued"), CAST["street"]).code == "wrong_state"


def test_what_is_over_is_dismissed_not_issued():
    over = sheet(state="proposed")
    over.order.state = "finished"

    assert rules.can_issue(over, CAST["street"]).code == "order_over"
    assert rules.can_dismiss(over, CAST["street"])


@pytest.mark.parametrize(("unit", "who"), [(BRANCH, {"leader"}), (OFFICE, {"clerk"})])
def test_who_answers_a_sheet(unit, who):
    issued = sheet("issued", unit)

    assert {name for name, by in CAST.items() if rules.can_answer(issued, by)} == who
    for name in who:
        assert rules.can_answer(sheet("answered", unit), CAST[name]).code == "wrong_state"
        assert rules.can_answer(sheet("proposed", unit), CAST[name]).code == "wrong_state"


def test_who_decides():
    waiting = Decision(order=order(round=1), round=1, state="waiting")
    assert {name for name, by in CAST.items() if rules.can_decide(waiting, by)} == {"street"}

    taken = Decision(order=order(round=1), round=1, state="taken", choice="talk")
    assert rules.can_decide(taken, CAST["street"]).code == "wrong_state"
    reopened = Decision(order=order(round=2), round=1, state="waiting")
    assert rules.can_decide(reopened, CAST["street"]).code == "order_over"


def test_people_are_told_by_day_only():
    assert rules.can_announce(CLOCK, MONDAY)
    for when in ("2026-11-23 20:00", "2026-11-23 07:59", "2026-11-22 10:00", "2026-10-02 10:00"):
        assert rules.can_announce(CLOCK, moment(when)).code == "quiet"
    assert rules.can_announce(CAST["street"], MONDAY).code == "not_your_post"


def test_twice_is_enough():
    assert [rules.has_failed(times) for times in (1, 2, 3)] == [False, True, False]


def test_an_extension_moves_every_rung():
    longer = clock()
    clocks.lengthen(longer, 5, HOURS)
    moved = rules.due(order(), longer, facts(), longer.due_at + timedelta(days=10))

    assert [at for at, code in moved if code == "urged"] == [moment("2026-12-07 18:00")]
