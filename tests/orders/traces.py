"""What an act leaves behind, in shapes that tests compare whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from yizhan.base.flow import Recorded
from yizhan.base.models import Notice, Step
from yizhan.base.verdict import Refused
from yizhan.orders.models import Invitation, Order
from yizhan.privacy.models import Look
from yizhan.ratings.models import Rating


def kinds(subject: Recorded) -> list[str]:
    """The kinds of a subject's steps, oldest first."""
    return [step.kind for step in subject.steps]


def last(subject: Recorded) -> dict[str, Any]:
    """The whole of a subject's last step; `words` is its remark, `facts` leave out the digest."""
    step = subject.steps.last()
    assert step is not None
    assert step.seq == subject.version
    facts = {name: value for name, value in step.facts.items() if name != "remark"}
    return {
        "kind": step.kind,
        "actor": step.actor_id,
        "post": step.post_id,
        "at": step.at,
        "region": step.region_code,
        "facts": facts,
        "words": step.remark.text.open() if step.remark and step.remark.text else "",
    }


def step(kind: str, by: Any, at: Any, *, words: str = "", **facts: Any) -> dict[str, Any]:
    """What `last` gives for an act of this actor in the world's first community."""
    return {
        "kind": kind,
        "actor": by.person_id,
        "post": by.post_id,
        "at": at,
        "region": "610302002002",
        "facts": facts,
        "words": words,
    }


@contextmanager
def heard() -> Iterator[list[tuple[str, Any]]]:
    """The notices written meanwhile, as sorted pairs of kind and person, or telephone number."""
    before = set(Notice.objects.values_list("pk", flat=True))
    found: list[tuple[str, Any]] = []
    yield found
    new = Notice.objects.exclude(pk__in=before)
    found.extend(sorted((one.kind, one.to_id or one.phone.open()) for one in new))


def traces() -> tuple[Any, ...]:
    """Everything that an act on orders could change, without the sealed texts."""
    return (
        list(Order.objects.order_by("pk").values_list("pk", "state", "version", "handler", "unit")),
        list(Invitation.objects.order_by("pk").values_list("pk", "state", "version")),
        [model.objects.count() for model in (Step, Notice, Look, Rating)],
    )


@contextmanager
def refused(code: str, words: str) -> Iterator[None]:
    """The act inside is refused with this code and these words, and leaves nothing behind."""
    before = traces()
    with pytest.raises(Refused, match=words) as caught:
        yield
    assert caught.value.code == code
    assert traces() == before
