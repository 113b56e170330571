"""Loading the vocabularies and the list of stations."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.base.tables import BadRows, RowError
from yizhan.people.models import Unit
from yizhan.places import rules
from yizhan.places.hours import Weekly
from yizhan.places.models import (
    Audience,
    Facility,
    FacilityKind,
    ServiceKind,
    Station,
    StationType,
    WeeklySpan,
)
from yizhan.places.rows import Entry, Known, read_row
from yizhan.regions.models import Region

VOCABULARY = Path(__file__).resolve().parents[1] / "reference" / "vocabulary.toml"
TERMS: dict[str, Any] = {
    "type": StationType,
    "facility": FacilityKind,
    "service": ServiceKind,
    "audience": Audience,
}
COMMON = ("name", "icon")
FACILITY = ("is_main", "osm")
FIRST_LINE = 2


@dataclass(frozen=True, slots=True)
class Imported:
    """How many stations of a list were new, changed, or already there as they are."""

    added: int
    changed: int
    unchanged: int


@transaction.atomic
def load_reference(*, path: Path = VOCABULARY) -> int:
    """Load the vocabularies; words no longer there are retired. Returns how many there are."""
    words = tomllib.loads(path.read_text("utf-8"))
    for name, model in TERMS.items():
        fields = (*COMMON, *(FACILITY if model is FacilityKind else ()))
        rows = [
            model(code=row["code"], position=position, **_given(row, fields))
            for position, row in enumerate(words[name])
        ]
        model.objects.exclude(code__in=[row.code for row in rows]).update(is_retired=True)
        model.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["position", "is_retired", *fields],
        )
    return sum(len(words[name]) for name in TERMS)


def _given(row: Mapping[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    empty = {"is_main": False, "osm": ""}
    return {name: row.get(name, empty.get(name)) for name in fields}


@transaction.atomic
def import_stations(*, rows: Iterable[Mapping[str, str]], by: Actor, at: datetime) -> Imported:
    """Add and change stations by their codes; the columns are `rows.COLUMNS`.

    What keepers wrote since stays: the state of facilities they checked, exceptions, Steps. A
    station not in the list is left alone. Raises `BadRows`, and then nothing is changed.
    """
    rules.can_load(by).or_refuse()
    entries = _read(list(rows))
    there = {
        station.code: station
        for station in Station.objects.select_for_update(of=("self",))
        .filter(code__in=[entry.code for entry in entries])
        .select_related("region")
        .prefetch_related("weekly_spans", "facilities", "services", "audiences")
    }
    fresh = [entry for entry in entries if entry.code not in there]
    _add(fresh, by=by, at=at)
    changes = [
        _change(there[entry.code], entry, by=by, at=at) for entry in entries if entry.code in there
    ]
    return Imported(len(fresh), sum(changes), len(changes) - sum(changes))


def _read(rows: list[Mapping[str, str]]) -> list[Entry]:
    known = _known()
    entries: list[Entry] = []
    errors: list[RowError] = []
    seen: set[str] = set()
    for line, row in enumerate(rows, FIRST_LINE):
        entry, faults = read_row(row, known)
        code = (row.get("code") or "").strip()
        if code in seen:
            faults.append(f"编号「{code}」在前面已经出现过")
        seen.add(code)
        errors += [RowError(line, fault) for fault in faults]
        if entry:
            entries.append(entry)
    if errors:
        raise BadRows(tuple(errors))
    return entries


def _known() -> Known:
    def codes(model: Any) -> dict[str, int]:
        return dict(model.objects.current().values_list("code", "pk"))

    communities = Region.objects.current().filter(
        kind__in=(Region.Kind.COMMUNITY, Region.Kind.VILLAGE)
    )
    return Known(
        regions=dict(communities.values_list("code", "pk")),
        units=codes(Unit),
        types=codes(StationType),
        facilities=codes(FacilityKind),
        services=codes(ServiceKind),
        audiences=codes(Audience),
    )


def _add(entries: list[Entry], *, by: Actor, at: datetime) -> None:
    """Whole lists arrive at once: every table is written in one go, then each station's step."""
    regions = Region.objects.in_bulk([entry.fields["region_id"] for entry in entries])
    stations = Station.objects.bulk_create(
        Station(code=entry.code, **entry.fields) for entry in entries
    )
    pairs = list(zip(stations, entries, strict=True))
    WeeklySpan.objects.bulk_create(span for pair in pairs for span in _spans(*pair))
    Facility.objects.bulk_create(item for pair in pairs for item in _facilities(*pair))
    Station.services.through.objects.bulk_create(
        Station.services.through(station=station, servicekind_id=pk)
        for station, entry in pairs
        for pk in entry.services
    )
    Station.audiences.through.objects.bulk_create(
        Station.audiences.through(station=station, audience_id=pk)
        for station, entry in pairs
        for pk in entry.audiences
    )
    for station in stations:
        station.region = regions[station.region_id]
        station.begin("registered", by=by, at=at)


def _change(station: Station, entry: Entry, *, by: Actor, at: datetime) -> bool:
    """Whether the list says something else than the register, which then follows the list."""
    changed = [name for name, value in entry.fields.items() if getattr(station, name) != value]
    if not changed and _same_parts(station, entry):
        return False
    for name in changed:
        setattr(station, name, entry.fields[name])
    _write_parts(station, entry)
    saving = tuple(name.removesuffix("_id") for name in changed)
    station.note("updated", by=by, at=at, saving=saving, fields=list(saving))
    return True


def _same_parts(station: Station, entry: Entry) -> bool:
    weekly = {(row.weekdays, row.opens, row.closes) for row in station.weekly_spans.all()}
    return (
        weekly == {_as_row(one) for one in entry.weekly}
        and _same_facilities(station, entry)
        and {row.pk for row in station.services.all()} == entry.services
        and {row.pk for row in station.audiences.all()} == entry.audiences
    )


def _same_facilities(station: Station, entry: Entry) -> bool:
    """A facility that its keeper took away stays away, whatever the list says."""
    there = {
        row.kind_id: row.quantity
        for row in station.facilities.all()
        if row.state != Facility.State.REMOVED
    }
    taken_away = {
        row.kind_id
        for row in station.facilities.all()
        if row.state == Facility.State.REMOVED and row.checked_at
    }
    wanted = {item.kind_id: item.quantity for item in entry.items if item.kind_id not in taken_away}
    return there == wanted


def _as_row(weekly: Weekly) -> tuple[str, int, int]:
    return weekly.weekdays, weekly.span.opens, weekly.span.closes


def _spans(station: Station, entry: Entry) -> list[WeeklySpan]:
    return [
        WeeklySpan(station=station, weekdays=days, opens=opens, closes=closes)
        for days, opens, closes in map(_as_row, entry.weekly)
    ]


def _facilities(station: Station, entry: Entry) -> list[Facility]:
    return [
        Facility(station=station, kind_id=item.kind_id, quantity=item.quantity, state=item.state)
        for item in entry.items
    ]


def _write_parts(station: Station, entry: Entry) -> None:
    station.weekly_spans.all().delete()
    WeeklySpan.objects.bulk_create(_spans(station, entry))
    station.services.set(entry.services)
    station.audiences.set(entry.audiences)
    there = {row.kind_id: row for row in station.facilities.all()}
    wanted = {item.kind_id: item for item in entry.items}
    Facility.objects.bulk_create(
        row for row in _facilities(station, entry) if row.kind_id not in there
    )
    for row in there.values():
        item = wanted.get(row.kind_id)
        if item is None:
            row.state, row.checked_at, row.checked_by = Facility.State.REMOVED, None, None
        elif row.state == Facility.State.REMOVED and not row.checked_at:
            row.state = Facility.State(item.state)
        row.quantity = item.quantity if item else row.quantity
        row.save(update_fields=["quantity", "state", "checked_at", "checked_by"])
