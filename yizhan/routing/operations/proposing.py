"""A decision elsewhere proposes a rule; whoever writes the table accepts it or not."""

from datetime import datetime

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.routing import rules, versions
from yizhan.routing.models import RoutingRule, RoutingTable
from yizhan.routing.queries import newest_number
from yizhan.routing.rows import Line


@transaction.atomic
def propose_rule(
    *, line: Line, source: str, source_code: str, reason: str, by: Actor, at: datetime
) -> RoutingRule:
    """Put a proposed rule into the draft, which is begun if there is none; once for each source.

    `source` is the kind of record that decided, `disputes.ruling`, `source_code` its public code,
    `reason` why, in words. It decides nothing until it is accepted and published. Refused with
    "no_source".
    """
    rules.can_propose_rule(source, source_code).or_refuse()
    region = versions.locked_region()
    table = RoutingTable.objects.draft()
    if table is None:
        newest = RoutingTable.objects.published().first()
        table = versions.new_table(region, at, source=newest)
        table.begin("begun", by=by, at=at, based_on=newest_number())
    table = RoutingTable.objects.lock(table)
    there = table.rules.filter(source=source, source_code=source_code).first()
    if there:
        return there
    row = versions.new_rule(
        table, line, state=RoutingRule.State.PROPOSED, source=source, source_code=source_code
    )
    table.note(
        "rule_proposed",
        by=by,
        at=at,
        remark=reason,
        rule=row.pk,
        source=source,
        source_code=source_code,
    )
    return row


@transaction.atomic
def accept_rule(*, rule: RoutingRule, by: Actor, at: datetime) -> RoutingRule:
    """Take a proposal into the draft, at the place where it is not left without anything."""
    table = RoutingTable.objects.lock(rule.table)
    row = _answerable(table, rule, by)
    row.state, row.version = RoutingRule.State.ACTIVE, row.version + 1
    row.save(update_fields=["state", "version"])
    versions.must_be_sound(row)
    place = versions.put_in_place(row)
    table.note("rule_accepted", by=by, at=at, rule=row.pk, place=place)
    return row


@transaction.atomic
def drop_rule(*, rule: RoutingRule, reason: str, by: Actor, at: datetime) -> RoutingRule:
    """Leave a proposal out of the table, and say why."""
    table = RoutingTable.objects.lock(rule.table)
    row = _answerable(table, rule, by)
    row.state, row.version = RoutingRule.State.ENDED, row.version + 1
    row.save(update_fields=["state", "version"])
    table.note("rule_dropped", by=by, at=at, remark=reason, rule=row.pk)
    return row


def _answerable(table: RoutingTable, rule: RoutingRule, by: Actor) -> RoutingRule:
    row = RoutingRule.objects.lock(rule)
    row.table = table
    rules.can_answer_proposal(row, by).or_refuse()
    return row
