from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.people.conftest import guard, sent, town
from yizhan.base.outbox import KINDS, Kind, Message, Recipient, register, tell
from yizhan.people.acting import actor_for

__all__ = ["guard", "sent", "town"]
BEIJING = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    """Three kinds of message: on paper of the inbox only, by text too, and by text at any hour."""
    before = dict(KINDS)
    common: dict[str, Any] = {
        "text": lambda facts: f"单子 {facts.get('code', '')} 有进展",
        "link": lambda _: "/me/",
    }
    register(
        {
            "test.quiet": Kind(title="看一看", **common),
            "test.text": Kind(title="有进展", sms=True, **common),
            "test.urgent": Kind(title="要紧", sms=True, urgent=True, **common),
        }
    )
    yield
    KINDS.clear()
    KINDS.update(before)


@pytest.fixture
def say(town):
    """Tell one person one thing at a moment; gives the notice."""

    def said(person, kind, moment, **facts):
        message = Message(
            to=Recipient(person_id=person.pk), kind=kind, subject=town.aunt, facts=facts
        )
        return tell(message, at=moment)[0]

    return said


@pytest.fixture
def workday() -> datetime:
    """A Monday at ten in the morning, Beijing time."""
    return datetime(2026, 11, 23, 10, tzinfo=BEIJING)


@pytest.fixture
def evening() -> datetime:
    """A Friday at nine in the evening, Beijing time."""
    return datetime(2026, 11, 20, 21, tzinfo=BEIJING)


@pytest.fixture
def aunt(client: Any, town: Any) -> Any:
    """Someone signed in, as the actor she is."""
    client.force_login(town.aunt)
    return actor_for(town.aunt)
