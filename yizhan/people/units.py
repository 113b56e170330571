"""Reading a table of units: every bad row is reported, and nothing is changed when any is bad."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from yizhan.base.tables import BadRows, RowError
from yizhan.people.models import Unit
from yizhan.regions.models import Region

COLUMNS = ("code", "kind", "name", "parent_code", "region_code", "phone")


@transaction.atomic
def import_units(*, rows: Iterable[Mapping[str, str]]) -> int:
    """Add and change units by their codes; parents come before children. Returns how many rows.

    Raises `BadRows` with every bad row.
    """
    units = {unit.code: unit for unit in Unit.objects.all()}
    regions = {region.code: region for region in Region.objects.current()}
    bad: list[RowError] = []
    seen: set[str] = set()
    line = 0
    for line, row in enumerate(rows, 1):
        fault = _fault(row, units, regions, seen)
        seen.add(row.get("code", ""))
        if fault:
            bad.append(RowError(line, fault))
            continue
        unit = _taken(row, units, regions)
        units[unit.code] = unit
    if bad:
        raise BadRows(tuple(bad))
    return line


def _fault(
    row: Mapping[str, str],
    units: Mapping[str, Unit],
    regions: Mapping[str, Region],
    seen: set[str],
) -> str:
    code, parent = row.get("code", "").strip(), row.get("parent_code", "").strip()
    if not code or not row.get("name", "").strip():
        return "编码和名称都要填写"
    if code in seen:
        return f"编码 {code} 在表里出现了两次"
    if row.get("kind", "") not in Unit.Kind.values:
        return f"单位类型「{row.get('kind', '')}」不认识"
    if row.get("region_code", "") not in regions:
        return f"没有编码为「{row.get('region_code', '')}」的区划"
    if parent and parent not in units:
        return f"上级单位「{parent}」不存在，上级要排在下级前面"
    if code in units and parent and units[parent].path.startswith(units[code].path):
        return "上级单位不能是它自己或它的下级"
    return ""


def _taken(
    row: Mapping[str, str], units: Mapping[str, Unit], regions: Mapping[str, Region]
) -> Unit:
    code = row["code"].strip()
    unit = units.get(code) or Unit(code=code)
    before = unit.path
    parent = units.get(row.get("parent_code", "").strip())
    unit.kind, unit.name = row["kind"], row["name"].strip()
    unit.parent, unit.region = parent, regions[row["region_code"]]
    unit.phone = row.get("phone", "").strip()
    unit.save()
    unit.path = f"{parent.path if parent else ''}{unit.pk}."
    unit.save(update_fields=["path"])
    if before and before != unit.path:
        _move_below(before, unit.path, units)
    return unit


def _move_below(before: str, after: str, units: Mapping[str, Unit]) -> None:
    """Give every unit below a moved one its new path."""
    for unit in units.values():
        if unit.path != before and unit.path.startswith(before):
            unit.path = after + unit.path.removeprefix(before)
            unit.save(update_fields=["path"])


OFFICES = {"district": ("D", "district"), "street": ("S", "street"), "town": ("S", "street")}
COMMUNITY = ("C", "community")


def load_offices(*, phone: str = "") -> int:
    """The offices that every district has: its own, one a street or town, one a community.

    Their codes are a letter, D, S or C, and the region's code.
    Returns how many there are; run again, it changes nothing but names.
    """
    kinds = [*OFFICES, "community"]
    own = Region.objects.current().own().filter(kind__in=kinds).order_by("code")
    return import_units(rows=[_office(region, phone) for region in own])


def _office(region: Region, phone: str) -> dict[str, str]:
    letter, kind = OFFICES.get(region.kind, COMMUNITY)
    above = {"C": f"S{region.code[:9]}", "S": f"D{region.code[:6]}"}.get(letter, "")
    return {
        "code": f"{letter}{region.code}",
        "kind": kind,
        "name": region.short_name,
        "parent_code": above,
        "region_code": region.code,
        "phone": phone,
    }
