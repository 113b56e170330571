"""Writing the draft of the routing table."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.reading.rules import NOTHING_KEPT, can_show, kept_facts
from yizhan.routing import rules, versions
from yizhan.routing.models import RoutingRule, RoutingTable
from yizhan.routing.queries import as_rules, newest_number
from yizhan.routing.rows import Line


@transaction.atomic
def begin_draft(*, by: Actor, at: datetime) -> RoutingTable:
    """Begin the next version as a copy of the newest; empty where there is none."""
    region = versions.locked_region()
    is_there = RoutingTable.objects.draft() is not None
    rules.can_begin_draft(by, region.code, is_there=is_there).or_refuse()
    source = RoutingTable.objects.published().first()
    table = versions.new_table(region, at, source=source)
    table.begin("begun", by=by, at=at, based_on=newest_number())
    return table


@transaction.atomic
def add_rule(
    *,
    table: RoutingTable,
    line: Line,
    kept: Mapping[str, str] = NOTHING_KEPT,
    by: Actor,
    at: datetime,
) -> RoutingRule:
    """Add a rule, above the first one that would leave it nothing; it can be moved afterwards.

    `kept` gives the reason for each piece of personal data that stays in the note. Refused with
    "broken" when the rule could never decide.
    """
    table = RoutingTable.objects.lock(table)
    rules.can_add_rule(table, by, count=table.rules.active().count()).or_refuse()
    can_show([line.note], kept).or_refuse()
    row = versions.new_rule(table, line)
    versions.must_be_sound(row)
    place = versions.put_in_place(row)
    facts = kept_facts([line.note], kept)
    table.note("rule_added", by=by, at=at, rule=row.pk, place=place, **facts)
    return row


@transaction.atomic
def change_rule(
    *,
    rule: RoutingRule,
    line: Line,
    version: int,
    kept: Mapping[str, str] = NOTHING_KEPT,
    by: Actor,
    at: datetime,
) -> RoutingRule:
    """Change what a rule says; it keeps its place. What it said before stays with the step."""
    table, row, said = _opened(rule)
    rules.can_change_rule(row, by, version=version, now_says=said).or_refuse()
    can_show([line.note], kept).or_refuse()
    versions.write(row, line)
    row.version += 1
    row.save()
    versions.must_be_sound(row)
    facts = kept_facts([line.note], kept)
    table.note("rule_changed", by=by, at=at, remark=said, rule=row.pk, **facts)
    return row


@transaction.atomic
def move_rule(
    *, rule: RoutingRule, is_up: bool, version: int, by: Actor, at: datetime
) -> RoutingRule:
    """Let a rule be tried one earlier, or one later. At either end it stays."""
    table, row, said = _opened(rule)
    rules.can_change_rule(row, by, version=version, now_says=said).or_refuse()
    pks = list(table.rules.active().values_list("pk", flat=True))
    place = pks.index(row.pk)
    other = place - 1 if is_up else place + 1
    if not 0 <= other < len(pks):
        return row
    pks[place], pks[other] = pks[other], pks[place]
    row.version += 1
    row.save(update_fields=["version"])
    versions.number(table, pks)
    table.note("rule_moved", by=by, at=at, rule=row.pk, before=place + 1, place=other + 1)
    return row


@transaction.atomic
def end_rule(*, rule: RoutingRule, version: int, by: Actor, at: datetime) -> RoutingRule:
    """Take a rule out of the draft. The row stays, and older versions keep theirs."""
    table, row, said = _opened(rule)
    rules.can_change_rule(row, by, version=version, now_says=said).or_refuse()
    row.state, row.version = RoutingRule.State.ENDED, row.version + 1
    row.save(update_fields=["state", "version"])
    versions.number(table, list(table.rules.active().values_list("pk", flat=True)))
    table.note("rule_ended", by=by, at=at, remark=said, rule=row.pk)
    return row


def _opened(rule: RoutingRule) -> tuple[RoutingTable, RoutingRule, str]:
    """The version and the row, both locked, and how the row reads now."""
    table = RoutingTable.objects.lock(rule.table)
    row = RoutingRule.objects.lock(rule)
    row.table = table
    (now,) = as_rules(list(RoutingRule.objects.with_names().filter(pk=row.pk)))
    return table, row, now.said
