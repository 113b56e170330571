"""What the pages of the routing table show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.db.models import OuterRef, Subquery

from yizhan.base.actor import Actor
from yizhan.base.models import Step
from yizhan.people.models import Post
from yizhan.routing import queries, reports
from yizhan.routing.matching import KINDS, Rule
from yizhan.routing.models import RoutingRule, RoutingTable
from yizhan.routing.queries import UNSORTED, Loaded, as_rules
from yizhan.routing.reports import Cell

SOME_NAMES = 6
BECAME = ("published", "republished", "loaded")


@dataclass(frozen=True, slots=True)
class Version:
    """One published version: whether it holds, and who published it why."""

    table: RoutingTable
    state: str
    tone: str
    until: date | None
    who: str
    why: str


def history(by: Actor, today: date) -> list[Version]:
    """The published versions, the newest first. Two queries."""
    tables = queries.versions(by)
    steps = {step.subject_id: step for step in steps_of(tables) if step.kind in BECAME}
    found = []
    for place, table in enumerate(tables):
        newer = [one.from_date for one in tables[:place] if one.from_date]
        until = min(newer, default=None)
        state, tone = _state(table.from_date or today, until, today)
        step = steps.get(table.pk)
        why = step.remark.text.open() if step and step.remark and step.remark.text else ""
        who = getattr(step, "office", None) or "随数据包导入"
        found.append(Version(table, state, tone, until, who, why))
    return found


def _state(since: date, until: date | None, today: date) -> tuple[str, str]:
    if until and until <= since:
        return "没有生效，已被后一版代替", "plain"
    if since > today:
        return "还没到日子", "gold"
    if until is None or until > today:
        return "正在用", "teal"
    return "不再用", "plain"


def steps_of(tables: Iterable[RoutingTable]) -> list[Step]:
    """The steps of some versions, oldest first, each with its words and its `office`."""
    office = Post.objects.filter(pk=OuterRef("post_id")).values("unit__name")
    steps = Step.objects.filter(
        subject_type=RoutingTable._meta.label_lower, subject_id__in=[one.pk for one in tables]
    )
    return list(
        steps.select_related("remark").annotate(office=Subquery(office[:1])).order_by("at", "seq")
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A rule as the matching takes it, and its row."""

    rule: Rule
    row: RoutingRule


def rules_of(table: RoutingTable, area: str = "") -> list[Shown]:
    """The rules that concern an area, with the places they have in the whole version."""
    rows = list(table.rules.active().with_names())
    pairs = zip(as_rules(rows), rows, strict=True)
    return [Shown(rule, row) for rule, row in pairs if _concerns(rule.region, area)]


def proposals_of(table: RoutingTable) -> list[Shown]:
    """What waits to be accepted or dropped."""
    rows = list(table.rules.proposed().with_names())
    return [Shown(rule, row) for rule, row in zip(as_rules(rows), rows, strict=True)]


def _concerns(region: str, area: str) -> bool:
    return region.startswith(area) or area.startswith(region)


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong with a table, or could be."""

    broken: list[Rule]
    shadowed: list[tuple[Rule, tuple[Rule, ...]]]
    crossing: list[tuple[Rule, Rule]]

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.broken or self.shadowed or self.crossing)


def report(found: Loaded) -> Report:
    """Broken rules, rules that never fire, and pairs that cross."""
    matters = queries.matters()
    regions = [one.code for one in queries.communities()]
    return Report(
        found.broken,
        reports.shadowed(found.rules, matters, regions),
        reports.crossing(found.rules, matters, regions),
    )


@dataclass(frozen=True, slots=True)
class Gap:
    """A category, or a whole group, about which the table is silent, somewhere or at times."""

    name: str
    usual: str
    silent: str
    partly: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many pairs of category and community there are, and where the table is silent."""

    count: int
    always: int
    sometimes: int
    never: int
    gaps: list[Gap]


def coverage(found: Loaded, area: str) -> Coverage:
    """What the table says of an area, category by category."""
    regions = queries.communities(area)
    names = {one.code: one.short_name for one in regions}
    cells = reports.coverage(found.rules, queries.matters(), list(names))
    states = [cell.state for cell in cells]
    by_group = groupby(cells, key=lambda cell: cell.matter.group)
    gaps = [gap for _, of_one in by_group for gap in _gaps(list(of_one), names)]
    return Coverage(
        count=len(cells),
        always=states.count(reports.ALL),
        sometimes=states.count(reports.SOME),
        never=states.count(reports.NONE),
        gaps=gaps,
    )


def _gaps(cells: Sequence[Cell], names: dict[str, str]) -> list[Gap]:
    """One line for each category of a group; one for all where they are alike."""
    of_each = groupby(cells, key=lambda cell: cell.matter.code)
    gaps = [_gap(list(of_one), names) for _, of_one in of_each]
    if len({(gap.usual, gap.silent, gap.partly) for gap in gaps}) == 1:
        whole = gaps[0].name.replace(UNSORTED, "（整个大类）")
        gaps = [replace(gaps[0], name=whole)]
    return [gap for gap in gaps if gap.silent or gap.partly]


def _gap(cells: Sequence[Cell], names: dict[str, str]) -> Gap:
    silent = [names[cell.region] for cell in cells if cell.state == reports.NONE]
    partly = [names[cell.region] for cell in cells if cell.state == reports.SOME]
    matter = cells[0].matter
    usual = KINDS[matter.handler]
    return Gap(matter.name, usual, _named(silent, len(cells)), _named(partly, len(cells)))


def _named(names: list[str], of: int) -> str:
    if len(names) == of and names:
        return f"全部 {of} 个社区"
    if len(names) > SOME_NAMES:
        return f"{'、'.join(names[:SOME_NAMES])}等 {len(names)} 个社区"
    return "、".join(names)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a version says that another does not, and whether only the order is another."""

    added: list[str]
    gone: list[str]
    reordered: bool


def difference(old: Loaded, new: Loaded) -> Difference:
    """From one version to another, in words."""
    before, after = [one.said for one in old.rules], [one.said for one in new.rules]
    kept = [one for one in after if one in before]
    return Difference(
        [one for one in after if one not in before],
        [one for one in before if one not in after],
        kept != [one for one in before if one in after],
    )
