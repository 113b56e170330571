"""After a change of the engine, vectors are made anew from the words."""

from typing import Any

from tests.duplicates.alike import LIGHT, brought, caught_up, found
from yizhan.base.actor import CLOCK
from yizhan.duplicates import jobs, operations, vectors
from yizhan.duplicates.models import OrderVector


def test_old_vectors_are_passed_over_and_then_made_anew(world: Any, at: Any) -> None:
    brought(world, at)
    caught_up(at)
    OrderVector.objects.update(made_by="g0", vector=vectors.packed((b"g0", None)))
    assert found(world, at) == []

    assert operations.renew(limit=10, by=CLOCK, at=at) == 1
    assert operations.renew(limit=10, by=CLOCK, at=at) == 0
    vector = OrderVector.objects.get()
    assert vectors.unpacked(vector.vector.open()) == vectors.made([LIGHT])[0]
    assert len(found(world, at)) == 1


def test_the_job(world: Any, at: Any) -> None:
    brought(world, at)
    caught_up(at)
    OrderVector.objects.update(made_by="g0")
    jobs.renew()

    assert OrderVector.objects.get().made_by == vectors.made_by()
