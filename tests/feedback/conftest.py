"""What people say, and doors to the pages with their clock held at the tests' moment."""

from itertools import count
from typing import Any

import pytest
from django.test import Client

from tests.world import QIAONAN, SINCE
from yizhan.feedback import operations
from yizhan.feedback.models import Feedback
from yizhan.feedback.operations import Said
from yizhan.people.acting import actor_for
from yizhan.people.models import Post

WORDS = "窗口的人说话很不客气，让我等了一个上午"
ANSWER = "已经当面核实，向您道歉，以后两个窗口一起开。"
_commands = count(1)


@pytest.fixture(autouse=True)
def plain(settings: Any, monkeypatch: Any, at: Any) -> None:
    """No second factor; the pages' clock stands at `at`."""
    settings.STAFF_TOTP_REQUIRED = False
    monkeypatch.setattr("yizhan.feedback.views.now", lambda: at)


@pytest.fixture
def leave(world: Any, at: Any) -> Any:
    """`leave(kind, by=…)`: one 投诉建议 about 渭工路社区 of 王阿姨, unless told otherwise."""

    def left(
        kind: str = "suggestion", *, by: Any = None, when: Any = None, **more: Any
    ) -> Feedback:
        said = {"words": WORDS, "region": world.weigong} | more
        who = world.by.aunt_wang if by is None else by
        return operations.leave_feedback(said=Said(kind=kind, **said), by=who, at=when or at)

    return left


@pytest.fixture
def other_street(world: Any) -> Any:
    """冯立新 in the office of the other street, above 丽园路社区."""
    Post.objects.filter(person=world.feng).delete()
    unit = world.units["S2"]
    post = Post.objects.create(person=world.feng, role="street_office", unit=unit, since_date=SINCE)
    assert QIAONAN.startswith(unit.region.code)
    return actor_for(world.feng, post)


def browser(person: Any = None) -> Client:
    """A browser signed in as this person, or as nobody."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def send(client: Client, path: str, **fields: Any) -> Any:
    """A form with a command id of its own."""
    return client.post(path, {"command_id": f"feedback-{next(_commands)}", **fields})


def typed(**more: Any) -> dict[str, Any]:
    """What is typed into the form."""
    return {"kind": "complaint", "words": WORDS, "region": "610302002002"} | more
