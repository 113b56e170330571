"""Orders that are open get the clocks of what they were promised, before there were any."""

from datetime import datetime
from typing import Any

from django.db import migrations

from yizhan.clocks import rules
from yizhan.clocks.allowances import DAYS, HOUR, MINUTES, Allowance
from yizhan.regions.district import profile

BATCH = 500
BEFORE_A_UNIT = ("placed", "received", "escalated", "asking")
OPEN = (*BEFORE_A_UNIT, "dispatched", "accepted", "disputed", "pending")
WAITS = {"asking": "waiting_for_resident", "pending": "pending_list"}


def fill(apps: Any, schema_editor: Any) -> None:
    """Batch by batch; an order that has its clocks keeps them, so that it may run again."""
    orders = apps.get_model("orders", "Order").objects.filter(state__in=OPEN)
    steps = apps.get_model("base", "Step").objects.filter(
        subject_type="orders.order", kind__in=("reopened", "asked", "set_aside")
    )
    clock, last = apps.get_model("clocks", "Clock"), 0
    while True:
        batch = list(orders.filter(pk__gt=last).select_related("category").order_by("pk")[:BATCH])
        if not batch:
            return
        last = batch[-1].pk
        told = steps.filter(subject_id__in=[order.pk for order in batch]).order_by("seq")
        when = {(step.subject_id, step.kind): step.at for step in told}
        rows = [row for order in batch for row in clocks_of(clock, order, when)]
        clock.objects.bulk_create(rows, ignore_conflicts=True)


def clocks_of(model: Any, order: Any, when: dict[tuple[int, str], datetime]) -> list[Any]:
    """Arranging, as long as no unit has it, and the end; a wait stands still since it began."""
    start = when.get((order.pk, "reopened"), order.placed_at) if order.round > 1 else order.placed_at
    promised = [("resolve", Allowance(order.category.finish_days, DAYS), order.finish_by)]
    before_a_unit = order.state in BEFORE_A_UNIT and order.asked_from != "accepted"
    if before_a_unit:
        given = Allowance(order.category.arrange_hours * HOUR, MINUTES)
        promised.insert(0, ("arrange", given, order.arrange_by))
    since = when.get((order.pk, "asked" if order.state == "asking" else "set_aside"), start)
    rows = []
    for kind, given, due_at in promised:
        row = model(
            subject_type="orders.order",
            subject_id=order.pk,
            kind=kind,
            round=order.round,
            level=order.level,
            about=order.category.code,
            amount=given.amount,
            unit=given.unit,
            started_at=min(start, due_at - rules.MINUTE),
        )
        if order.state in WAITS:
            row.paused_at, row.paused_for = since, WAITS[order.state]
        rules.set_due(row, due_at, profile().office_hours)
        rows.append(row)
    return rows


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("orders", "0004_cases"),
        ("clocks", "0001_tables"),
        ("base", "0001_tables"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
