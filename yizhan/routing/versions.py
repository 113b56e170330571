"""Making a version and its rows: what the operations on the table have in common."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings

from yizhan.base.verdict import Refused
from yizhan.regions.models import Region
from yizhan.routing.models import RoutingRule, RoutingTable
from yizhan.routing.queries import as_rules, communities, loaded, matters
from yizhan.routing.reports import place_for
from yizhan.routing.rows import Line

COPIED = ("category_id", "region_code", "conditions", "unit_id", "kind", "note", "source")


def locked_region() -> Region:
    """The district's row: versions are begun and published one after another."""
    return Region.objects.current().select_for_update(no_key=True).get(code=settings.DISTRICT)


def new_table(region: Region, at: datetime, *, source: RoutingTable | None) -> RoutingTable:
    """A draft with a copy of every rule that counts in another version."""
    table = RoutingTable.objects.create(region=region, based_on=source, begun_at=at)
    _copy(source, table)
    return table


def new_version(
    region: Region, number: int, since: date, at: datetime, *, source: RoutingTable | None
) -> RoutingTable:
    """A published version at once, with a copy of every rule that counts in another one."""
    table = RoutingTable.objects.create(
        region=region,
        state=RoutingTable.State.PUBLISHED,
        number=number,
        from_date=since,
        based_on=source,
        begun_at=at,
        published_at=at,
    )
    _copy(source, table)
    return table


def _copy(source: RoutingTable | None, table: RoutingTable) -> None:
    kept = source.rules.active() if source else RoutingRule.objects.none()
    RoutingRule.objects.bulk_create(
        RoutingRule(
            table=table,
            position=position,
            source_code=row.source_code,
            **{name: getattr(row, name) for name in COPIED},
        )
        for position, row in enumerate(kept, 1)
    )


def new_rule(table: RoutingTable, line: Line, **more: Any) -> RoutingRule:
    """A row of a version; where nothing else is said, at no place yet."""
    row = RoutingRule(table=table, **more)
    write(row, line)
    row.save(force_insert=True)
    return row


def write(row: RoutingRule, line: Line) -> None:
    """Put into a row what a line says."""
    row.category_id, row.region_code = line.category_id, line.region_code
    row.conditions, row.note = dict(line.conditions), line.note
    row.unit_id, row.kind = line.unit_id, line.kind


def must_be_sound(row: RoutingRule) -> None:
    """Raise `Refused("broken")` for a row that could never decide."""
    (rule,) = as_rules(list(RoutingRule.objects.with_names().filter(pk=row.pk)))
    if rule.faults:
        raise Refused("broken", f"这一条不能用：{'；'.join(rule.faults)}")


def put_in_place(row: RoutingRule) -> int:
    """Give an active row its place: above the first rule that would take everything from it."""
    rules = loaded(row.table).rules
    (new,) = [rule for rule in rules if rule.pk == row.pk]
    others = [rule for rule in rules if rule.pk != row.pk]
    place = place_for(new, others, matters(), [one.code for one in communities()])
    pks = [rule.pk for rule in others]
    number(row.table, [*pks[:place], row.pk, *pks[place:]])
    row.position = place + 1
    return row.position


def number(table: RoutingTable, pks: Iterable[int]) -> None:
    """Write the places of the active rules, from 1, in this order."""
    places = {pk: place for place, pk in enumerate(pks, 1)}
    rows = list(table.rules.active())
    for row in rows:
        row.position = places[row.pk]
    RoutingRule.objects.bulk_update(rows, ["position"])
