"""A subject with clocks, and a calendar on which 2027 has been announced."""

from datetime import date

import pytest
from chinese_calendar import constants

from tests.clocks.slow import moment
from yizhan.clocks import calendar, operations
from yizhan.clocks.allowances import Allowance
from yizhan.clocks.models import Clock
from yizhan.clocks.operations import Promise

MONDAY = moment("2026-11-23 09:00")


@pytest.fixture
def subject(world):
    """Anything with a key will do; here the first community."""
    return world.weigong


@pytest.fixture
def started(subject):
    """Start clocks of these kinds and lengths: `started(sign=(240, "minutes"))`."""

    def start(at=MONDAY, number=1, **lengths):
        promises = [Promise(kind, Allowance(*length)) for kind, length in lengths.items()]
        operations.start(subject=subject, promises=promises, number=number, at=at)
        return [Clock.objects.get(kind=kind, round=number) for kind in lengths]

    return start


@pytest.fixture
def announce(monkeypatch):
    """Announce 2027 with these days off and make-up workdays, for one test."""

    def to(off, make_up=()):
        days = {date(2027, 1, 1): "New Year's Day"} | {date.fromisoformat(day): "" for day in off}
        monkeypatch.setattr(constants, "holidays", constants.holidays | days)
        working = {date.fromisoformat(day): "" for day in make_up}
        monkeypatch.setattr(constants, "workdays", constants.workdays | working)
        forget()

    yield to
    monkeypatch.undo()
    forget()


def forget():
    """What was reckoned on the former calendar."""
    for one in vars(calendar).values():
        if hasattr(one, "cache_clear"):
            one.cache_clear()
