"""What the keeper of a station does."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.places import rules
from yizhan.places.models import DatedException, Facility, Station
from yizhan.reading.rules import NOTHING_KEPT, can_show, kept_facts

EDITABLE = {
    "phone": "电话",
    "indoor_note": "室内位置",
    "partners": "共建单位",
    "tenants": "入驻商户",
}


@transaction.atomic
def check_facility(
    *, facility: Facility, state: str, by: Actor, at: datetime, version: int | None = None
) -> Station:
    """Write down how a facility was found. With `version`, refuse when it was changed meanwhile."""
    facility = Facility.objects.lock(facility)
    rules.can_check_facility(facility, by, version=version).or_refuse()
    before, facility.state = facility.state, Facility.State(state)
    facility.checked_at, facility.checked_by_id = at, by.post_id
    facility.note(
        "checked",
        by=by,
        at=at,
        saving=("state", "checked_at", "checked_by"),
        kind_code=facility.kind.code,
        **{"from": before, "to": str(facility.state)},
    )
    return facility.station


@transaction.atomic
def check_all(*, station: Station, by: Actor, at: datetime) -> Station:
    """Write down that every facility was looked at and nothing has changed."""
    station = Station.objects.lock(station)
    rules.can_check_all(station, by).or_refuse()
    present = Facility.objects.present().filter(station=station)
    looked_at = present.update(checked_at=at, checked_by_id=by.post_id)
    station.note("checked_all", by=by, at=at, facilities=looked_at)
    return station


@transaction.atomic
def close_for(
    *,
    station: Station,
    first: date,
    last: date,
    reason: str,
    kept: Mapping[str, str] = NOTHING_KEPT,
    by: Actor,
    at: datetime,
) -> Station:
    """Close a station on some days, today at the earliest, and say why to everyone.

    `kept` gives the reason for each piece of personal data that stays in what is said.
    """
    station = Station.objects.lock(station)
    rules.can_close_for(
        station,
        by,
        first=first,
        last=last,
        today=localdate(at),
        others=station.schedule.exceptions,
    ).or_refuse()
    can_show([reason], kept).or_refuse()
    closing = DatedException.objects.create(
        station=station, first_date=first, last_date=last, reason=reason
    )
    station.note(
        "closed_for",
        by=by,
        at=at,
        exception=closing.pk,
        first=first.isoformat(),
        last=last.isoformat(),
        **kept_facts([reason], kept),
    )
    return station


@transaction.atomic
def reopen_early(*, station: Station, closing_id: int, by: Actor, at: datetime) -> Station:
    """End a closing now, or before it begins: from this moment the usual hours hold."""
    station = Station.objects.lock(station)
    closing = station.exceptions.filter(pk=closing_id).first()
    seen = closing.as_exceptional() if closing else None
    rules.can_reopen_early(station, by, closing=seen, today=localdate(at)).or_refuse()
    station.exceptions.filter(pk=closing_id).update(ended_at=at)
    station.note("reopened_early", by=by, at=at, exception=closing_id)
    return station


@transaction.atomic
def edit(
    *,
    station: Station,
    values: Mapping[str, str],
    version: int,
    kept: Mapping[str, str] = NOTHING_KEPT,
    by: Actor,
    at: datetime,
) -> Station:
    """Change what the keeper may change: phone, indoor note, partners, tenants.

    Refused with "stale", naming both values, when someone else changed the station after the
    editor read `version`; with "personal_data" when a text holds some that `kept` does not name.
    """
    station = Station.objects.lock(station)
    wanted = {name: values[name] for name in EDITABLE if name in values}
    rules.can_edit(station, by, version=version, wanted=wanted, labels=EDITABLE).or_refuse()
    changed = [name for name, value in wanted.items() if getattr(station, name) != value]
    if not changed:
        return station
    texts = [wanted[name] for name in changed if name != "phone"]
    can_show(texts, kept).or_refuse()
    before = "；".join(f"{EDITABLE[name]}：{getattr(station, name)}" for name in changed)
    for name in changed:
        setattr(station, name, wanted[name])
    facts: dict[str, Any] = {"fields": changed, **kept_facts(texts, kept)}
    station.note("edited", by=by, at=at, saving=tuple(changed), remark=before, **facts)
    return station
