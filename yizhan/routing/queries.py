"""Reading the categories and the routing table for forms, pages and the dispatch of an order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache

from django.utils.timezone import localtime

from yizhan.base.actor import Actor
from yizhan.base.tables import RowError
from yizhan.clocks.calendar import is_workday
from yizhan.people.models import Unit
from yizhan.places.models import StationType
from yizhan.regions.district import profile
from yizhan.regions.models import Region
from yizhan.routing import conditions
from yizhan.routing.matching import KINDS, Answer, Rule, Target
from yizhan.routing.models import Category, RoutingRule, RoutingTable
from yizhan.routing.reports import Matter
from yizhan.routing.rows import Known, Line, read_row

FIRST_LINE = 2
UNSORTED = "（未细分）"


def urgent_words(text: str) -> bool:
    """Whether the text speaks of a danger that needs a telephone number, not an order."""
    return any(word in text for word in DANGERS)


FALLBACK = "other"
DANGERS = (
    "着火",
    "起火",
    "火灾",
    "煤气味",
    "燃气泄漏",
    "晕倒",
    "昏迷",
    "大出血",
    "打人",
    "持刀",
    "轻生",
)


def emergency() -> Category | None:
    """The category that answers with emergency numbers."""
    return Category.objects.groups().filter(exit=Category.Exit.EMERGENCY).first()


def fallback() -> Category:
    """The category of an order whose author did not choose one."""
    return Category.objects.get(code=FALLBACK)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The rules of one version, ready to be asked. Without a version nothing is in force.

    `categories` and `types` give the codes of the categories that rules name, and of all types of
    stations where some rule names one, by their ids.
    """

    table: RoutingTable | None
    rules: tuple[Rule, ...]
    categories: Mapping[int, str] = field(default_factory=dict)
    types: Mapping[int, str] = field(default_factory=dict)

    @property
    def broken(self) -> list[Rule]:
        """The rules that cannot decide."""
        return [rule for rule in self.rules if rule.faults]


def in_force(day: date) -> Loaded:
    """The table that holds on a day. One query, and one more where a rule asks for a station."""
    rows = list(
        RoutingRule.objects.active()
        .filter(table__in=RoutingTable.objects.in_force(day))
        .select_related("table")
        .with_names()
    )
    return _loaded(rows[0].table if rows else None, rows)


def loaded(table: RoutingTable) -> Loaded:
    """The rules of any version, in their order."""
    return _loaded(table, list(table.rules.active().with_names()))


def as_rules(rows: Sequence[RoutingRule]) -> tuple[Rule, ...]:
    """Rows with their names as the matching takes them, each with what is wrong with it."""
    return _loaded(None, rows).rules


def _loaded(table: RoutingTable | None, rows: Sequence[RoutingRule]) -> Loaded:
    asked = any("station_type" in _names(row) for row in rows)
    found = list(StationType.objects.current()) if asked else []
    names = {one.code: one.name for one in found}
    return Loaded(
        table,
        tuple(_as_rule(row, number, names) for number, row in enumerate(rows, 1)),
        {row.category.pk: row.category.code for row in rows if row.category},
        {one.pk: one.code for one in found},
    )


def _names(row: RoutingRule) -> Iterable[str]:
    return row.conditions if isinstance(row.conditions, dict) else ()


def station_types() -> dict[str, str]:
    """The types of stations in use: names by codes."""
    return dict(StationType.objects.current().values_list("code", "name"))


def _as_rule(row: RoutingRule, number: int, types: dict[str, str]) -> Rule:
    read, faults = conditions.read(row.conditions, types)
    unit = row.unit
    if row.category and row.category.ended_date:
        faults.append(f"类别「{row.category.name}」已停用")
    if row.category and row.category.exit:
        faults.append(f"「{row.category.name}」不在这里办，不派单")
    if row.region_code and row.region_name is None:
        faults.append(f"区划 {row.region_code} 已经没有了")
    if unit and unit.ended_date:
        faults.append(f"单位「{unit.name}」已停用")
    if not unit and row.kind not in KINDS:
        faults.append("没有写派给哪个单位")
    return Rule(
        pk=row.pk,
        number=number,
        target=Target(unit=unit.code, name=unit.name) if unit else Target(kind=row.kind),
        category=row.category.code if row.category else "",
        region=row.region_code,
        conditions=read,
        faults=tuple(faults),
        category_name=row.category.name if row.category else "",
        region_name=Region(name=row.region_name or "").short_name,
        types=types,
    )


def known() -> Known:
    """What a row of a sheet may name now."""
    leaves = Category.objects.current().filter(exit="")
    return Known(
        categories=dict(leaves.values_list("code", "pk")),
        regions=frozenset(Region.objects.current().own().values_list("code", flat=True)),
        units=dict(Unit.objects.current().values_list("code", "pk")),
        types=station_types(),
    )


def read_all(rows: Sequence[Mapping[str, str]]) -> tuple[list[Line], list[RowError]]:
    """The rules that rows describe, and every fault of them; the head is line 1."""
    lines: list[Line] = []
    errors: list[RowError] = []
    names = known()
    for number, row in enumerate(rows, FIRST_LINE):
        line, faults = read_row(row, names)
        errors += [RowError(number, fault) for fault in faults]
        lines += [line] if line else []
    if not rows:
        errors.append(RowError(FIRST_LINE, "表里一条也没有"))
    return lines, errors


def follows(answer: Answer, unit: Unit) -> bool:
    """Whether giving an order to this unit is what the table says."""
    target = answer.target
    if target is None:
        return False
    return unit.code == target.unit if target.unit else unit.kind == target.kind


def fitting(answer: Answer, units: Iterable[Unit]) -> list[Unit]:
    """Of the units an order can go to those that the answer means: of a kind, the nearest ones."""
    target = answer.target
    if target is None:
        return []
    if target.unit:
        return [unit for unit in units if unit.code == target.unit]
    found = [unit for unit in units if unit.kind == target.kind]
    near = max((len(unit.region.code) for unit in found), default=0)
    return [unit for unit in found if len(unit.region.code) == near]


def is_outside_hours(at: datetime) -> bool:
    """Whether an office of the district is closed at this moment."""
    local = localtime(at)
    open_now = any(
        opens <= local.time() < closes for opens, closes in _hours(profile().office_hours)
    )
    return not (is_workday(local.date()) and open_now)


@lru_cache(maxsize=4)
def _hours(spans: tuple[tuple[str, str], ...]) -> tuple[tuple[time, time], ...]:
    return tuple((time.fromisoformat(one), time.fromisoformat(other)) for one, other in spans)


def matters() -> list[Matter]:
    """Every category an order can have, groups for those not yet sorted among them."""
    rows = Category.objects.current().filter(exit="").select_related("parent")
    ordered = sorted(
        rows,
        key=lambda row: (
            (row.parent or row).position,
            row.parent_id is not None,
            row.position,
            row.pk,
        ),
    )
    return [
        Matter(
            code=row.code,
            name=row.name if row.parent else f"{row.name}{UNSORTED}",
            group=row.parent.code if row.parent else row.code,
            handler=row.handler,
            needs_visit=row.needs_visit,
            is_sensitive=row.is_sensitive,
        )
        for row in ordered
    ]


def communities(area: str = "") -> list[Region]:
    """The communities of an area that take orders, in code order."""
    here = Region.objects.current().own().communities().filter(code__startswith=area)
    return list(here)


def versions(by: Actor) -> list[RoutingTable]:
    """The published versions this actor reads, the newest first."""
    return list(RoutingTable.objects.visible_to(by).published().select_related("region"))


def newest_number() -> int:
    """The number of the version published last; 0 before the first."""
    newest = RoutingTable.objects.published().values_list("number", flat=True).first()
    return newest or 0


def broken_now(day: date) -> list[str]:
    """What of the table in force does not work, a sentence each: for `yizhan check`."""
    found = in_force(day)
    return [f"派单目录{found.table}{rule}失效：{'；'.join(rule.faults)}" for rule in found.broken]
