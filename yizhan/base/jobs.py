"""The only module that knows which queue carries the jobs.

A job runs at least once, after its transaction has committed; a job deferred in a transaction that
rolls back is gone with it. Nothing sleeps until a deadline: timed work is a periodic job that looks
for what is due.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

Work = TypeVar("Work", bound=Callable[..., Any])
RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)
_held: ContextVar[bool] = ContextVar("held", default=False)


def job(name: str) -> Callable[[Work], Work]:
    """Register a function under a name. Its arguments are ids, never objects."""

    def register(work: Work) -> Work:
        app.task(name=name, queue="main", retry=RETRY)(work)
        return work

    return register


def periodic(name: str, cron: str) -> Callable[[Work], Work]:
    """Register a function that takes no argument and runs on a cron line of the Beijing clock."""

    def register(work: Work) -> Work:
        def run(timestamp: int) -> None:  # procrastinate passes the minute it was due
            del timestamp
            work()

        app.periodic(cron=cron, periodic_id=name)(
            app.task(name=name, queue="main", queueing_lock=name, pass_context=False)(run)
        )
        return work

    return register


@contextmanager
def held() -> Iterator[None]:
    """Queue nothing inside the block: for a history that is told long after it happened."""
    token = _held.set(True)
    try:
        yield
    finally:
        _held.reset(token)


def defer(name: str, **arguments: Any) -> None:
    """Queue one run of a job in the caller's transaction."""
    if _held.get():
        return
    app.configure_task(name, queue="main").defer(**arguments)
