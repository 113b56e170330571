"""From which day the routing table holds."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.routing import rules, versions
from yizhan.routing.models import RoutingTable
from yizhan.routing.queries import loaded, newest_number

State = RoutingTable.State


@transaction.atomic
def publish(
    *,
    table: RoutingTable,
    from_date: date,
    why: str,
    version: int,
    newest: int,
    by: Actor,
    at: datetime,
) -> RoutingTable:
    """Publish the draft: from this day on orders are dispatched by it.

    `version` is the draft as the publisher saw it, `newest` the number of the version published
    last then. Refused with stale, newer, proposals, empty, broken, past.
    """
    versions.locked_region()
    table = RoutingTable.objects.lock(table)
    last = newest_number()
    rules.can_publish(
        table,
        by,
        version=version,
        from_date=from_date,
        today=localdate(at),
        rules=loaded(table).rules,
        waiting=table.rules.proposed().count(),
        newest=last,
        newest_seen=newest,
    ).or_refuse()
    table.number, table.from_date, table.published_at = last + 1, from_date, at
    facts = {"number": table.number, "since": from_date.isoformat()}
    saving = ("number", "from_date", "published_at")
    table.move(State.PUBLISHED, "published", by=by, at=at, saving=saving, remark=why, **facts)
    return table


@transaction.atomic
def republish(
    *, table: RoutingTable, from_date: date, why: str, by: Actor, at: datetime
) -> RoutingTable:
    """Roll back: the rules of an older version become a new version. A draft is left alone."""
    region = versions.locked_region()
    table = RoutingTable.objects.lock(table)
    last = newest_number()
    rules.can_republish(
        table,
        by,
        from_date=from_date,
        today=localdate(at),
        rules=loaded(table).rules,
        newest=last,
    ).or_refuse()
    fresh = versions.new_version(region, last + 1, from_date, at, source=table)
    fresh.begin(
        "republished",
        by=by,
        at=at,
        remark=why,
        number=fresh.number,
        again=table.number,
        since=from_date.isoformat(),
    )
    return fresh
