"""What was done on the platform and, apart from it, before. The two are never added up."""

from collections.abc import Callable
from dataclasses import dataclass

from yizhan.base.actor import Actor
from yizhan.base.metrics import Extent
from yizhan.base.steps import Step
from yizhan.insights.metrics import CODES, METRICS, Counted
from yizhan.insights.models import Baseline
from yizhan.orders.counting import orders_in
from yizhan.orders.metrics import CLOSED
from yizhan.people.models import Post


def finished_orders(region_code: str) -> int:
    """Orders that are done, in a region and what lies below it."""
    return orders_in(Extent(area=region_code)).filter(finished_at__isnull=False).count()


LIVE: dict[str, Callable[[str], int]] = {CLOSED.code: finished_orders}


@dataclass(frozen=True, slots=True)
class Beside:
    """One count: `live` from the platform's own records, None while it keeps none; `before` from
    the signed entries. Rates are made of `live` alone.
    """

    metric: Counted
    live: int | None
    before: int
    entries: tuple[Baseline, ...]


def beside(metric: str, region_code: str) -> Beside:
    """A count for a region, with what was done before beside it: two queries in a request."""
    rows = Baseline.objects.standing().filter(
        metric=metric, region_code__startswith=region_code, amount__gt=0
    )
    return _beside(CODES[metric], region_code, list(rows.order_by("region_code")))


def _beside(metric: Counted, region_code: str, rows: list[Baseline]) -> Beside:
    live = LIVE[metric.code](region_code) if metric.code in LIVE else None
    return Beside(metric, live, sum(row.amount for row in rows), tuple(rows))


def taken_by(metric: str, region_code: str, *, besides: int = 0) -> str:
    """The name of the region whose entry already covers this one or a part of it; or nothing.

    What was taken back by 0 covers nothing but its own place, where it is corrected once more.
    """
    rows = Baseline.objects.standing().filter(metric=metric).exclude(pk=besides)
    for row in rows.select_related("region"):
        if not row.amount and row.region_code != region_code:
            continue
        if row.region_code.startswith(region_code) or region_code.startswith(row.region_code):
            return row.region.short_name
    return ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A standing entry, the post that made it, and the ones it has replaced, newest first."""

    baseline: Baseline
    who: str
    earlier: tuple["Entry", ...]


def entries(by: Actor) -> list[Entry]:
    """The standing entries this actor may read, by metric and region: three queries."""
    rows = list(Baseline.objects.visible_to(by).select_related("region", "corrected_by"))
    known = {row.pk: row for row in rows}
    names = _names(known)

    def entry(row: Baseline, *, alone: bool = False) -> Entry:
        earlier, before = [], row
        while not alone and before.corrects_id in known:
            before = known[before.corrects_id]
            earlier.append(entry(before, alone=True))
        return Entry(row, names.get(row.pk, ""), tuple(earlier))

    replaced = {row.corrects_id for row in rows}
    order = list(CODES)
    standing = [row for row in rows if row.pk not in replaced]
    standing.sort(key=lambda row: (order.index(row.metric), row.region_code))
    return [entry(row) for row in standing]


def _names(rows: dict[int, Baseline]) -> dict[int, str]:
    """The post in which each entry was made, in words."""
    steps = Step.objects.filter(subject_type=Baseline._meta.label_lower, subject_id__in=rows, seq=1)
    made = {step.subject_id: step.post_id for step in steps}
    posts = Post.objects.select_related("unit").in_bulk({pk for pk in made.values() if pk})
    return {pk: str(posts[post]) if post else "系统" for pk, post in made.items()}


def counts(region_code: str, found: list[Entry]) -> list[Beside]:
    """Every metric for a region, from the entries at hand."""
    return [
        _beside(
            metric,
            region_code,
            [e.baseline for e in found if e.baseline.metric == metric.code and e.baseline.amount],
        )
        for metric in METRICS
    ]
