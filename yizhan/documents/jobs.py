"""Long ledgers, made by the worker; and the files whose days are over."""

from django.utils.timezone import localdate, now

from yizhan.base import jobs
from yizhan.base.actor import CLOCK
from yizhan.documents import exporting, operations, queries
from yizhan.documents.exporting import Work
from yizhan.documents.models import LedgerExport
from yizhan.documents.operations.exports import MAKE


@jobs.job(MAKE)
def make_export(export: int) -> None:
    """Make one ledger, and say on the way how far it is."""
    found = LedgerExport.objects.select_related("template__file").get(pk=export)
    if found.state != LedgerExport.State.WAITING:
        return
    by = queries.asker_of(found, localdate(now()))
    if by is None:
        operations.fail_export(export=found, by=CLOCK, at=now())
        return
    work = Work(found.of, found.template, exporting.read(found.taking), found.mark)

    def told(done: int) -> None:
        operations.report_export(export=found, done=done, by=CLOCK, at=now())

    data = exporting.written(work, by=by, at=found.asked_at, told=told)
    operations.keep_export(export=found, data=data, by=CLOCK, at=now())


@jobs.periodic("documents.drop_exports", cron="50 3 * * *")
def drop_exports() -> None:
    """In the night: remove the files of exports whose days are over."""
    at = now()
    for export in queries.over(at):
        operations.drop_export(export=export, by=CLOCK, at=at)
