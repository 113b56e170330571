"""The routing table from a spreadsheet, or from the pack of a district."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.base.tables import BadRows
from yizhan.base.verdict import Refused
from yizhan.routing import rules, versions
from yizhan.routing.models import RoutingRule, RoutingTable
from yizhan.routing.queries import loaded, newest_number, read_all
from yizhan.routing.rows import from_pack


@transaction.atomic
def import_rules(
    *, table: RoutingTable, rows: Iterable[Mapping[str, str]], version: int, by: Actor, at: datetime
) -> RoutingTable:
    """Put the rules of a sheet in the place of all rules of the draft, in its order.

    `version` is the draft as it was when the sheet was looked at. Raises `BadRows` naming every
    fault, and then nothing is changed; refused with "stale".
    """
    table = RoutingTable.objects.lock(table)
    lines, errors = read_all(list(rows))
    rules.can_import_rules(table, by, version=version, count=len(lines)).or_refuse()
    if errors:
        raise BadRows(tuple(errors))
    ended = table.rules.active().update(state=RoutingRule.State.ENDED)
    for position, line in enumerate(lines, 1):
        versions.new_rule(table, line, position=position)
    table.note("imported", by=by, at=at, rules=len(lines), ended=ended)
    return table


@transaction.atomic
def load_table(*, path: Path, by: Actor, at: datetime) -> RoutingTable | None:
    """The first version, from the `routing.toml` of a pack; nothing where one was published.

    Raises `BadRows` naming every rule that is broken.
    """
    region = versions.locked_region()
    rules.can_keep_table(by, region.code).or_refuse()
    if newest_number() or not path.exists():
        return None
    given = tomllib.loads(path.read_text("utf-8"))["rule"]
    lines, errors = read_all([from_pack(one) for one in given])
    if errors:
        raise BadRows(tuple(errors))
    table = versions.new_version(region, 1, localdate(at), at, source=None)
    for position, line in enumerate(lines, 1):
        versions.new_rule(table, line, position=position)
    if broken := loaded(table).broken:
        raise Refused("broken", f"{broken[0]}不能用：{'；'.join(broken[0].faults)}")
    table.begin("loaded", by=by, at=at, rules=len(lines))
    return table
