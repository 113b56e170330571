"""Taking a ledger out: at once when it is short, by the worker when it is long."""

from datetime import datetime

from django.db import transaction

from yizhan.base import files, jobs
from yizhan.base.actor import Actor
from yizhan.documents import exporting, queries, rules
from yizhan.documents.exporting import Work
from yizhan.documents.ledgers import Ledger, Taking
from yizhan.documents.models import WORKBOOK, LedgerExport, LedgerTemplate
from yizhan.people.models import Person

MAKE = "documents.make_export"
State = LedgerExport.State


@transaction.atomic
def take_out(
    *, ledger: Ledger, template: LedgerTemplate | None, taking: Taking, by: Actor, at: datetime
) -> bytes:
    """The ledger as a file, with the mark of the look that is written down for it.

    Refused with no_power, period, reason, nothing, or too_many.
    """
    amount = rules.Amount(ledger.count(by, taking, at))
    rules.can_take_out(ledger, taking, by, amount).or_refuse()
    mark = ledger.taken(by, taking, at)
    return exporting.written(Work(ledger, template, taking, mark), by=by, at=at)


@transaction.atomic
def ask_export(
    *, ledger: Ledger, template: LedgerTemplate | None, taking: Taking, by: Actor, at: datetime
) -> LedgerExport:
    """Have a long ledger made by the worker; the look is written down now.

    Refused as `take_out`, or with waiting.
    """
    list(Person.objects.select_for_update(no_key=True).filter(pk=by.person_id or 0))
    rows = ledger.count(by, taking, at)
    amount = rules.Amount(rows, queries.waiting(by))
    rules.can_ask_export(ledger, taking, by, amount).or_refuse()
    export = LedgerExport.objects.create(
        ledger=ledger.code,
        template=template,
        person_id=by.person_id or 0,
        post_id=by.post_id or 0,
        region_code=queries.area_of(by),
        taking=exporting.kept(taking),
        mark=ledger.taken(by, taking, at),
        rows=rows,
        asked_at=at,
    )
    export.begin("asked", by=by, at=at, ledger=ledger.code, rows=rows)
    jobs.defer(MAKE, export=export.pk)
    return export


@transaction.atomic
def report_export(*, export: LedgerExport, done: int, by: Actor, at: datetime) -> LedgerExport:
    """Say how many rows have been read, for whoever looks. Refused with no_power or wrong_state."""
    del at
    export = LedgerExport.objects.lock(export)
    rules.can_keep_export(export, by).or_refuse()
    export.done = done
    export.save(update_fields=["done"])
    return export


@transaction.atomic
def keep_export(*, export: LedgerExport, data: bytes, by: Actor, at: datetime) -> LedgerExport:
    """Keep the file that was made. Refused with no_power or wrong_state."""
    export = LedgerExport.objects.lock(export)
    rules.can_keep_export(export, by).or_refuse()
    export.file, export.done = files.keep(data, media_type=WORKBOOK, at=at), export.rows
    export.move(State.READY, by=by, at=at, saving=("file", "done"))
    return export


@transaction.atomic
def fail_export(*, export: LedgerExport, by: Actor, at: datetime) -> LedgerExport:
    """Give up: who asked does not hold the post any more. Refused with no_power or wrong_state."""
    export = LedgerExport.objects.lock(export)
    rules.can_keep_export(export, by).or_refuse()
    export.move(State.FAILED, by=by, at=at)
    return export


@transaction.atomic
def drop_export(*, export: LedgerExport, by: Actor, at: datetime) -> LedgerExport:
    """Remove the file; that it was taken out stays written. Refused with wrong_state, not_due,
    or no_power."""
    export = LedgerExport.objects.lock(export)
    rules.can_drop_export(export, by, at).or_refuse()
    file, export.file = export.file_id, None
    export.move(State.REMOVED, by=by, at=at, saving=("file",))
    files.drop_later([file] if file else [])
    return export
