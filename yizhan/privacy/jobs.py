"""Keeping the record: steps get their place in the chain, old sessions go."""

from importlib import import_module

from django.conf import settings
from django.utils.timezone import now

from yizhan.base import chain, jobs


@jobs.periodic("privacy.seal", cron="* * * * *")
def seal() -> None:
    """Every minute: give waiting steps their place in the chain, until none waits."""
    while chain.seal_waiting(at=now()) == chain.BATCH:
        pass


@jobs.periodic("privacy.keep_head", cron="10 0 * * *")
def keep_head() -> None:
    """Just after midnight: keep yesterday's end of the chain."""
    chain.keep_head(at=now())


@jobs.periodic("privacy.clear_sessions", cron="20 3 * * *")
def clear_sessions() -> None:
    """In the night: remove sessions that have ended."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
