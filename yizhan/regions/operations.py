"""Loading the district's regions and outlines from its data pack."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.base.tables import BadRows, RowError
from yizhan.base.verdict import Refused
from yizhan.regions.models import Boundary, Region
from yizhan.regions.rules import COLUMNS, can_import_regions, region_faults

Row = Mapping[str, str]
Source = Path | Iterable[Row]
FIRST_LINE = 2


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows of a file were new, changed, or already there as they are."""

    added: int
    changed: int
    unchanged: int


@transaction.atomic
def import_regions(*, source: Source, valid_from: date, by: Actor, at: datetime) -> Imported:
    """Load the regions of a file, or of rows with its columns, valid from a day.

    A changed row closes the old one on that day and opens a new one. The live row keeps its id, so
    whatever points at a community follows it; the closed one stays as a dated copy. Raises
    `BadRows`, naming each bad row, and then nothing is changed.
    """
    can_import_regions(valid_from, by, today=localdate(at)).or_refuse()
    rows = _rows_of(source)
    current = Region.objects.current().select_for_update(of=("self",)).select_related("parent")
    live = {row.code: row for row in current}
    _check(rows, live, valid_from)
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    for row in sorted(rows, key=lambda row: len(row["code"])):
        parent = live.get(row["parent_code"])
        counts[_write(row, parent, live, valid_from)] += 1
    return Imported(**counts)


def _rows_of(source: Source) -> list[dict[str, str]]:
    if isinstance(source, Path):
        with source.open(encoding="utf-8-sig", newline="") as lines:
            return _rows_of(list(csv.DictReader(lines)))
    return [{key: (row[key] or "").strip() for key in COLUMNS if key in row} for row in source]


def _check(rows: Sequence[Row], live: Mapping[str, Region], valid_from: date) -> None:
    known = {code: row.kind for code, row in live.items()}
    known |= {row.get("code", ""): row.get("kind", "") for row in rows}
    seen: set[str] = set()
    errors = []
    for line, row in enumerate(rows, FIRST_LINE):
        faults = region_faults(row, known)
        code = row.get("code", "")
        if code in seen:
            faults.append(f"代码「{code}」在前面已经出现过")
        seen.add(code)
        if code in live and live[code].valid_from > valid_from and _differs(live[code], row):
            faults.append(f"现行名称从 {live[code].valid_from} 起生效，不能用更早的日期更改")
        errors += [RowError(line, fault) for fault in faults]
    if not rows:
        errors.append(RowError(1, "文件里没有行"))
    if errors:
        raise BadRows(tuple(errors))


def _differs(region: Region, row: Row) -> bool:
    parent = region.parent.code if region.parent else ""
    expected = row.get("parent_code", "") if region.kind != Region.Kind.DISTRICT else ""
    return (region.name, region.kind, region.administered_by, parent) != (
        row.get("name"),
        row.get("kind"),
        row.get("administered_by"),
        expected,
    )


def _write(row: Row, parent: Region | None, live: dict[str, Region], valid_from: date) -> str:
    region = live.get(row["code"])
    if region is not None and not _differs(region, row):
        return "unchanged"
    if region is not None:
        Region.objects.create(
            code=region.code,
            name=region.name,
            kind=region.kind,
            parent=region.parent,
            administered_by=region.administered_by,
            valid_from=region.valid_from,
            valid_to=valid_from,
        )
    outcome = "changed" if region else "added"
    region = region or Region(code=row["code"])
    region.name, region.kind, region.parent = row["name"], row["kind"], parent
    region.administered_by, region.valid_from = row["administered_by"], valid_from
    region.save()
    live[region.code] = region
    return outcome


@transaction.atomic
def import_boundary(
    *, source: Path | Mapping[str, Any], by: Actor, at: datetime, region_code: str = ""
) -> Boundary:
    """Keep the outline of a region, the district if none is named, from GeoJSON with one polygon.

    `source` is a file or its content; its member `source` tells where it comes from. Raises
    `Refused`: "bad_outline" for anything else, "no_region" without the region.
    """
    today = localdate(at)
    can_import_regions(today, by, today=today).or_refuse()
    geojson = json.loads(source.read_text("utf-8")) if isinstance(source, Path) else source
    code = region_code or settings.DISTRICT
    region = Region.objects.current().filter(code=code).select_for_update().first()
    if region is None:
        raise Refused("no_region", f"没有代码是 {code} 的区划")
    kept = {"rings": _rings_of(geojson), "source": str(geojson.get("source", ""))}
    boundary, _ = Boundary.objects.update_or_create(region=region, defaults=kept)
    return boundary


def _rings_of(geojson: Mapping[str, Any]) -> list[list[list[float]]]:
    features = geojson.get("features") or [geojson]
    shape = features[0].get("geometry") or features[0]
    polygons = {"Polygon": [shape.get("coordinates")], "MultiPolygon": shape.get("coordinates")}
    rings = [
        [[float(place[0]), float(place[1])] for place in ring]
        for polygon in polygons.get(shape.get("type"), [])
        for ring in polygon
    ]
    closed = all(len(ring) >= 4 and ring[0] == ring[-1] for ring in rings)
    inside = all(-180 <= lon <= 180 and -90 <= lat <= 90 for ring in rings for lon, lat in ring)
    if not (rings and closed and inside):
        raise Refused("bad_outline", "边界文件要有一个闭合的多边形，坐标是经度、纬度")
    return rings
