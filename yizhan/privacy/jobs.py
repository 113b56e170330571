"""Keeping the record: steps get their place in the chain, old sessions go."""

from importlib import import_module

from django.conf import settings
from django.utils.timezone import now

from yizhan.base import chain, jobs
from yizhan.base.actor import CLOCK
from yizhan.base.files import DROP, StoredFile, drop
from yizhan.privacy import operations
from yizhan.privacy.retention import ENDINGS

BATCH = 200


@jobs.periodic("privacy.seal", cron="* * * * *")
def seal() -> None:
    """Every minute: give waiting steps their place in the chain, until none waits."""
    while chain.seal_waiting(at=now()) == chain.BATCH:
        pass


@jobs.periodic("privacy.keep_head", cron="10 0 * * *")
def keep_head() -> None:
    """Just after midnight: keep yesterday's end of the chain and tell the audit administrators."""
    operations.keep_head(by=CLOCK, at=now())


@jobs.periodic("privacy.check_chain", cron="0 4 * * *")
def check_chain() -> None:
    """In the night: compute the whole chain anew and keep how it came out."""
    operations.keep_check(faults=chain.verify(), by=CLOCK, at=now())


@jobs.periodic("privacy.clear_sessions", cron="20 3 * * *")
def clear_sessions() -> None:
    """In the night: remove sessions that have ended."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@jobs.periodic("privacy.end_periods", cron="30 2 * * *")
def end_periods() -> None:
    """In the night: end what has been kept long enough, batch by batch, and go on next night."""
    at = now()
    for code in ENDINGS:
        while True:
            run = operations.end_period(code=code, limit=BATCH, by=CLOCK, at=at)
            if not run.count or run.count + run.failed < BATCH:
                break


@jobs.job(DROP)
def drop_files(files: list[int]) -> None:
    """Take away the files of which nothing tells any more. Safe to repeat."""
    for file in StoredFile.objects.filter(pk__in=files):
        drop(file)
