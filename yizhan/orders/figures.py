"""The figures of a week or a month in the area of a post, each with numerator and denominator.

One query for what came in, one for what was finished, one by category, one for what waits. Nobody
is compared with anybody: only the actor's own area is counted.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from yizhan.base.actor import Actor
from yizhan.clocks.calendar import BEIJING
from yizhan.orders import waiting
from yizhan.orders.models import Order, OrderQuerySet
from yizhan.orders.states import OPEN, State

FEW = 10


@dataclass(frozen=True, slots=True)
class Period:
    """A week from Monday, or a calendar month: its first day and the day after its last."""

    kind: str
    first: date
    after: date

    @classmethod
    def around(cls, kind: str, day: date) -> Self:
        """The week, or the month, in which this day lies."""
        if kind == "month":
            first = day.replace(day=1)
            return cls("month", first, (first + timedelta(days=32)).replace(day=1))
        first = day - timedelta(days=day.weekday())
        return cls("week", first, first + timedelta(days=7))

    @property
    def last(self) -> date:
        """The last day of the period."""
        return self.after - timedelta(days=1)

    @property
    def words(self) -> str:
        """2026年11月, or 2026年11月16日至11月22日."""
        start = f"{self.first.year}年{self.first.month}月"
        if self.kind == "month":
            return start
        year = f"{self.last.year}年" if self.last.year != self.first.year else ""
        return f"{start}{self.first.day}日至{year}{self.last.month}月{self.last.day}日"

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From the first midnight up to the last, on the clock of the district."""
        start, end = (datetime.combine(day, time(), BEIJING) for day in (self.first, self.after))
        return start, end


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: how many of how many, and what is counted. Few cases give no rate."""

    name: str
    numerator: int
    denominator: int
    meaning: str

    @property
    def rate(self) -> str:
        """The share in percent, or nothing when the denominator is below ten."""
        if self.denominator < FEW:
            return ""
        return f"{self.numerator * 100 / self.denominator:.1f} %"


@dataclass(frozen=True, slots=True)
class Group:
    """What came in of one category of the first level, and how much of it is done."""

    name: str
    received: int
    finished: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one period; `waiting` and `late` are those of the moment it was made."""

    period: Period
    received: int
    finished: int
    figures: list[Figure]
    groups: list[Group]
    waiting: int
    late: int

    @property
    def sentence(self) -> str:
        """The same in a sentence that staff can edit."""
        of = {figure.name: figure.numerator for figure in self.figures}
        return (
            f"本期收到点单 {self.received} 件，其中已派出 {of['派出']} 件，已办结 {of['办结']} 件。"
            f"本期办结 {self.finished} 件，按时 {of['按时办结']} 件，已评单 {of['评单']} 件。"
            f"到制表时还有 {self.waiting} 件没有办结，其中超期 {self.late} 件。"
        )


def in_area(by: Actor) -> OrderQuerySet:
    """Every order of the actor's area or unit, for counting; nothing for a post without either."""
    if by.area:
        return Order.objects.switched_on().filter(region_code__startswith=by.area)
    if by.unit_path:
        return Order.objects.switched_on().filter(unit__path__startswith=by.unit_path)
    return Order.objects.none()


def summary(by: Actor, period: Period, at: datetime) -> Summary:
    """The figures of this period in the actor's area, in four queries."""
    start, end = period.span
    came = in_area(by).filter(placed_at__gte=start, placed_at__lt=end)
    done = in_area(by).filter(finished_at__gte=start, finished_at__lt=end)
    is_done = Q(finished_at__isnull=False)
    came_in = came.aggregate(
        all=Count("pk"),
        sent=Count("pk", filter=Q(unit__isnull=False)),
        done=Count("pk", filter=is_done),
        open=Count("pk", filter=Q(state__in=OPEN)),
    )
    ended = done.aggregate(
        all=Count("pk"),
        on_time=Count("pk", filter=Q(finished_at__lte=F("finish_by"))),
        rated=Count("pk", filter=Q(state=State.RATED)),
    )
    left = in_area(by).filter(state__in=OPEN)
    now_open = left.aggregate(all=Count("pk"), late=Count("pk", filter=waiting.late(at)))
    received, finished = came_in["all"], ended["all"]
    figures = [
        Figure("派出", came_in["sent"], received, "本期收到的里面，已有承办单位的"),
        Figure("办结", came_in["done"], received, "本期收到的里面，已经办结的"),
        Figure("按时办结", ended["on_time"], finished, "本期办结的里面，没有过时限的"),
        Figure("评单", ended["rated"], finished, "本期办结的里面，点单人已评单的"),
        Figure("还在办", came_in["open"], received, "本期收到的里面，到制表时还没有办结的"),
        Figure(
            "超期",
            now_open["late"],
            now_open["all"],
            "到制表时没有办结的里面，不论哪天收到，过了时限的",
        ),
    ]
    groups = _groups(came, is_done)
    return Summary(period, received, finished, figures, groups, now_open["all"], now_open["late"])


def _groups(came: OrderQuerySet, is_done: Q) -> list[Group]:
    """By category of the first level, in the order the district gave them."""
    rows = (
        came.order_by()
        .values(
            group=Coalesce("category__parent__name", "category__name"),
            group_place=Coalesce("category__parent__position", "category__position"),
        )
        .annotate(received=Count("pk"), finished=Count("pk", filter=is_done))
        .order_by("group_place", "group")
    )
    return [Group(row["group"], row["received"], row["finished"]) for row in rows]
