"""The figures of a week or a month in the area of a post, each with numerator and denominator.

What is a registered metric comes from the registry; the rest tells how far the work has come.
Nobody is compared with anybody: only the actor's own area is counted.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from yizhan.base.actor import Actor
from yizhan.base.metrics import FEW as FEW
from yizhan.base.metrics import Extent, Metric
from yizhan.base.metrics import Period as Period
from yizhan.orders import metrics, waiting
from yizhan.orders.counting import orders_in
from yizhan.orders.models import OrderQuerySet
from yizhan.orders.states import OPEN


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
        due = next(figure for figure in self.figures if figure.name == "按时办结")
        return (
            f"本期收到点单 {self.received} 件，其中已派出 {of['派出']} 件，已办结 {of['办结']} 件。"
            f"本期收到、到制表时已经到期 {due.denominator} 件，按时办结 {due.numerator} 件。"
            f"本期办结 {self.finished} 件，点单人已评单 {of['评单']} 件。"
            f"到制表时还有 {self.waiting} 件没有办结，其中超期 {self.late} 件。"
        )


def extent_of(by: Actor) -> Extent:
    """What this actor's post may count: its area, or its unit; nothing for a post without either.

    A post with an area counts by it even if it has a unit as well.
    """
    return Extent(area=by.area) if by.area else Extent(unit_path=by.unit_path)


def summary(by: Actor, period: Period, at: datetime) -> Summary:
    """The figures of this period in the actor's area, in five queries."""
    start, end = period.span
    extent = extent_of(by)
    came = orders_in(extent).filter(placed_at__gte=start, placed_at__lt=end)
    is_done = Q(finished_at__isnull=False)
    came_in = came.aggregate(
        all=Count("pk"),
        sent=Count("pk", filter=Q(unit__isnull=False)),
        done=Count("pk", filter=is_done),
        open=Count("pk", filter=Q(state__in=OPEN)),
    )
    left = orders_in(extent).filter(state__in=OPEN)
    now_open = left.aggregate(all=Count("pk"), late=Count("pk", filter=waiting.late(at)))
    received, rated = came_in["all"], _figure("评单", metrics.RATED, extent, period, at)
    figures = [
        Figure("派出", came_in["sent"], received, "本期收到的里面，已有承办单位的"),
        Figure("办结", came_in["done"], received, "本期收到的里面，已经办结的"),
        _figure("按时办结", metrics.ON_TIME, extent, period, at),
        rated,
        Figure("还在办", came_in["open"], received, "本期收到的里面，到制表时还没有办结的"),
        Figure(
            "超期",
            now_open["late"],
            now_open["all"],
            "到制表时没有办结的里面，不论哪天收到，过了时限的",
        ),
    ]
    groups = _groups(came, is_done)
    finished = rated.denominator  # what was closed in the period is what may be rated
    return Summary(period, received, finished, figures, groups, now_open["all"], now_open["late"])


def _figure(name: str, metric: Metric, extent: Extent, period: Period, at: datetime) -> Figure:
    """A registered metric as a line of the summary."""
    (value,) = metric.values(extent, [period], at)
    meaning = f"{metric.denominator}，{metric.numerator}"
    if value.excluded:
        meaning += f"；不算{'、'.join(metric.exclusions.values())}"
    return Figure(name, int(value.numerator), value.denominator, meaning)


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
