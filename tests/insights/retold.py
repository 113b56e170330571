"""Every metric a second time: plain Python over the record of steps, without a query of its own.

It knows an order only as its steps tell it: no state, no date and no promise is read from the row
of an order. Ratings are read as they are kept, because steps do not tell levels; so are promises,
because working time has a slow model of its own (`tests/clocks/test_rules.py`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from yizhan.base.steps import Step
from yizhan.clocks.calendar import BEIJING, is_workday
from yizhan.clocks.models import Clock
from yizhan.ratings.models import Rating
from yizhan.regions.district import profile

DAY = timedelta(hours=24)
Answer = tuple[Decimal, int, dict[str, int]]
Test = Callable[["Life"], bool]
LONG_AGO = datetime(1970, 1, 1, tzinfo=BEIJING)


@dataclass
class Life:
    """One order as its steps tell it."""

    region: str = ""
    author: int | None = None
    categories: list[str] = field(default_factory=list)
    placed_at: datetime = LONG_AGO
    due: datetime = LONG_AGO
    contact_due: datetime = LONG_AGO
    reached_at: datetime | None = None
    finished_at: datetime | None = None
    state: str = ""
    round: int = 1
    dispatches: list[datetime] = field(default_factory=list)
    returns: list[datetime] = field(default_factory=list)
    accepts: list[datetime] = field(default_factory=list)
    withdrawals: list[datetime] = field(default_factory=list)
    main: int | None = None
    held_at: datetime | None = None
    aside: list[list[Any]] = field(default_factory=list)  # when, until when, how it left
    first_invited: dict[int, datetime] = field(default_factory=dict)


@dataclass
class Call:
    """A call-back or a rectification as its steps tell it."""

    what: str
    order: int
    round: int
    begun: datetime
    ends: dict[str, datetime] = field(default_factory=dict)


class Record:
    """Everything that happened, read once."""

    def __init__(self) -> None:
        self.due = {
            (row.subject_id, row.kind, row.round): row.due_at
            for row in Clock.objects.filter(subject_type="orders.order")
        }
        self.lives: dict[int, Life] = defaultdict(Life)
        self.found: dict[tuple[str, int], Call] = {}
        for step in Step.objects.order_by("pk"):
            if step.subject_type == "orders.order":
                self.order(self.lives[step.subject_id], step)
            elif step.subject_type.startswith("callbacks."):
                self.call(step)
            elif step.subject_type == "orders.invitation" and step.kind == "invited":
                life = self.lives[step.facts["order"]]
                if life.state != "accepted":  # otherwise a colleague was asked to take it over
                    life.first_invited.setdefault(life.round, step.at)
        for pk, life in self.lives.items():
            life.due = self.due[pk, "resolve", life.round]
            life.contact_due = self.due[pk, "contact", life.round]
        self.ratings = [
            (
                self.lives[row.subject_id].region,
                row.at,
                row.level,
                row.solved,
                (row.subject_id, row.round) in self.unfounded(),
            )
            for row in Rating.objects.filter(subject_type="orders.order")
        ]

    def unfounded(self) -> set[tuple[int, int]]:
        """The order and the round of each rating that the street set apart."""
        return {(call.order, call.round) for call in self.calls if "unfounded" in call.ends}

    @property
    def calls(self) -> list["Call"]:
        return list(self.found.values())

    def call(self, step: Step) -> None:
        """A call-back or a rectification: begun by a step that names the order."""
        key, facts = (step.subject_type, step.subject_id), step.facts
        if "order" in facts:
            life = self.lives[facts["order"]]
            self.found[key] = Call(step.subject_type, facts["order"], life.round, step.at)
        self.found[key].ends[step.kind] = step.at

    def order(self, life: Life, step: Step) -> None:
        facts, kind = step.facts, step.kind
        life.region = step.region_code
        if facts.get("from") == "pending":
            life.aside[-1][1:] = [step.at, kind]
        if kind in ("asked", "set_aside"):
            life.held_at = step.at
        if kind in ("contacted", "answered", "finished", "concluded", "answered_with"):
            life.reached_at = life.reached_at or step.at
        if kind == "set_aside":
            life.aside.append([step.at, None, ""])
        life.state = facts.get("to", life.state)
        if kind == "placed":
            alone = facts["source"] in ("phone_page", "call_back")
            life.author = step.on_behalf_of or (step.actor_id if alone else None)
            life.categories, life.placed_at, life.state = [facts["category"]], step.at, "placed"
        elif kind == "amended":
            life.categories.append(facts["after"])
        elif kind == "dispatched":
            life.dispatches.append(step.at)
        elif kind == "undone" and facts["undone"] == "dispatched":
            life.dispatches.pop()
        elif kind == "undone" and facts["undone"] == "amended":
            life.categories.pop()
        elif kind == "disputed" or (kind == "sent_back" and facts["to"] != "dispatched"):
            life.returns.append(step.at)
        elif kind == "accepted":
            life.accepts.append(step.at)
        elif kind == "withdrawn":
            life.withdrawals.append(step.at)
        elif kind in ("finished", "concluded", "answered_with"):
            life.finished_at = step.at
        elif kind == "reopened":
            life.round, life.finished_at, life.main = life.round + 1, None, None
            life.reached_at = None
        elif kind in ("folded_in", "folded_out"):
            life.main = facts["main"] if kind == "folded_in" else None

    def within(self, area: str) -> Iterator[Life]:
        return (life for life in self.lives.values() if life.region.startswith(area))


def on(at: datetime | None, first: date, after: date) -> bool:
    return at is not None and first <= at.astimezone(BEIJING).date() < after


def share(lives: list[Life], reasons: dict[str, Test], counts: Test) -> Answer:
    left, excluded = [], dict.fromkeys(reasons, 0)
    for life in lives:
        reason = next((name for name, fits in reasons.items() if fits(life)), None)
        if reason:
            excluded[reason] += 1
        else:
            left.append(life)
    return Decimal(sum(1 for life in left if counts(life))), len(left), excluded


def states(*names: str) -> dict[str, Test]:
    def stands(name: str) -> Test:
        return lambda life: life.state == name

    return {name: stands(name) for name in names}


def merged(life: Life) -> bool:
    return life.main is not None


def held(state: str) -> Test:
    return lambda life: life.state == state and (life.held_at or LONG_AGO) <= life.due


OVER = states("withdrawn", "turned_away") | {"merged": merged}


def orders_placed(record, area, first, after, at) -> Answer:
    return Decimal(sum(on(one.placed_at, first, after) for one in record.within(area))), 0, {}


def orders_finished(record, area, first, after, at) -> Answer:
    closed = [o for o in record.within(area) if on(o.finished_at, first, after)]
    return Decimal(sum(not merged(one) for one in closed)), 0, {}


def on_time_rate(record, area, first, after, at) -> Answer:
    came = [o for o in record.within(area) if on(o.placed_at, first, after) and o.due <= at]
    return share(
        came,
        OVER | {"asking": held("asking"), "pending": held("pending")},
        lambda o: o.finished_at is not None and o.finished_at <= o.due,
    )


def response_rate(record, area, first, after, at) -> Answer:
    came = [o for o in record.within(area) if on(o.placed_at, first, after)]
    due = [o for o in came if o.contact_due <= at]
    return share(due, OVER, lambda o: o.reached_at is not None and o.reached_at <= o.contact_due)


def active_rating_rate(record, area, first, after, at) -> Answer:
    closed = [o for o in record.within(area) if on(o.finished_at, first, after)]
    return share(closed, {"merged": merged}, lambda o: o.state == "rated")


def rated(record, area, first, after) -> tuple[list[tuple[int, str]], int]:
    """The level and the answer of each rating that counts, and how many were set apart."""
    inside = [row for row in record.ratings if row[0].startswith(area) and on(row[1], first, after)]
    return [(row[2], row[3]) for row in inside if not row[4]], sum(row[4] for row in inside)


def solve_rate(record, area, first, after, at) -> Answer:
    worth = {"yes": Decimal(1), "partly": profile().measures.partly, "no": Decimal(0)}
    given, apart = rated(record, area, first, after)
    total = sum((worth[solved] for _, solved in given), Decimal(0))
    return total, len(given), {"unfounded": apart}


def satisfaction_good_rate(record, area, first, after, at) -> Answer:
    worth = profile().measures.levels
    given, apart = rated(record, area, first, after)
    total = sum((worth[5 - level] for level, _ in given), Decimal(0))
    return total, len(given), {"unfounded": apart}


def due_after(moment: datetime, days: int) -> datetime:
    """The end of office so many workdays later, walked day by day."""
    day = moment.astimezone(BEIJING).date()
    while days:
        day += timedelta(days=1)
        days -= is_workday(day)
    return datetime.combine(day, time(18), tzinfo=BEIJING)


def callback_reach(record, area, first, after, at) -> Answer:
    reached, counted, left = 0, 0, {"unreached": 0, "reopened": 0}
    for call in record.calls:
        life = record.lives[call.order]
        drawn = call.what == "callbacks.callback" and "drawn" in call.ends
        if not (drawn and life.region.startswith(area) and on(call.begun, first, after)):
            continue
        if due_after(call.begun, 5) > at:
            continue
        if "unreached" in call.ends:
            left["unreached"] += 1
        elif "reached" not in call.ends and life.round != call.round:
            left["reopened"] += 1
        else:
            counted += 1
            reached += "reached" in call.ends
    return Decimal(reached), counted, left


def negative_fix_rate(record, area, first, after, at) -> Answer:
    fixed, counted, apart = 0, 0, 0
    for call in record.calls:
        mine = record.lives[call.order].region.startswith(area)
        if call.what != "callbacks.rectification" or not mine or not on(call.begun, first, after):
            continue
        due = due_after(call.begun, 15)
        if due > at:
            continue
        if "unfounded" in call.ends:
            apart += 1
        else:
            counted += 1
            fixed += "rectified" in call.ends and call.ends["rectified"] <= due
    return Decimal(fixed), counted, {"unfounded": apart}


def accept_rate(record, area, first, after, at) -> Answer:
    numerator, denominator, excluded = 0, 0, {"returned": 0, "withdrawn": 0}
    for life in record.within(area):
        for asked in life.first_invited.values():
            if not on(asked, first, after) or asked + DAY > at:
                continue

            def soon(moments: list[datetime], asked: datetime = asked) -> bool:
                return any(asked <= one <= asked + DAY for one in moments)

            if soon(life.accepts):
                numerator, denominator = numerator + 1, denominator + 1
            elif soon(life.returns):
                excluded["returned"] += 1
            elif soon(life.withdrawals):
                excluded["withdrawn"] += 1
            else:
                denominator += 1
    return Decimal(numerator), denominator, excluded


def median_dispatch_h(record, area, first, after, at) -> Answer:
    came = [o for o in record.within(area) if on(o.placed_at, first, after)]
    took = [(o.dispatches[0] - o.placed_at).total_seconds() for o in came if o.dispatches]
    middle = Decimal(f"{median(took) / 3600:.1f}") if took else Decimal("0.0")
    return middle, len(took), {"not_dispatched": len(came) - len(took)}


def repeat_rate(record, area, first, after, at) -> Answer:
    def alike(one: Life, other: Life) -> bool:
        return (
            one.author == other.author
            and one.region == other.region
            and one.categories[-1] == other.categories[-1]
            and other.state not in ("withdrawn", "turned_away")
            and timedelta(0) < one.placed_at - other.placed_at <= timedelta(days=90)
        )

    came = [o for o in record.within(area) if on(o.placed_at, first, after)]
    reasons = OVER | {"no_account": lambda o: o.author is None}
    return share(came, reasons, lambda o: any(alike(o, p) for p in record.lives.values()))


def return_rate(record, area, first, after, at) -> Answer:
    sent = [o for o in record.within(area) if on(o.placed_at, first, after) and o.dispatches]
    return share(sent, OVER, lambda o: bool(o.returns))


def pending_count(record, area, first, after, at) -> Answer:
    end = min(midnight(after), at)
    stays = [one for life in record.within(area) for one in life.aside]
    there = [1 for since, until, _ in stays if since < end and (until is None or until >= end)]
    return Decimal(len(there)), 0, {}


def strike_off_rate(record, area, first, after, at) -> Answer:
    start, end = midnight(first), midnight(after)
    struck, stayed, away = 0, 0, 0
    for life in record.within(area):
        for since, until, how in life.aside:
            if since >= end or (until is not None and until < start):
                continue
            left = until is not None and until < end
            struck += left and how == "concluded"
            away += left and how != "concluded"
            stayed += not left
    return Decimal(struck), struck + stayed, {"taken_up": away}


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING)


TOLD = {
    told.__name__: told
    for told in (
        orders_placed,
        orders_finished,
        response_rate,
        on_time_rate,
        active_rating_rate,
        solve_rate,
        satisfaction_good_rate,
        accept_rate,
        median_dispatch_h,
        repeat_rate,
        return_rate,
        pending_count,
        strike_off_rate,
        callback_reach,
        negative_fix_rate,
    )
}
