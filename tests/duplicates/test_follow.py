"""The follower of the chain: vectors come after the orders, and go with their words."""

from datetime import timedelta
from typing import Any

import pytest

from tests.duplicates.alike import (
    LIGHT,
    LIGHT_TOO,
    LIMIT,
    RUBBISH,
    brought,
    caught_up,
    found,
    pairs,
)
from tests.orders.stories import holder
from yizhan.base import chain
from yizhan.base.actor import CLOCK
from yizhan.base.steps import Follower
from yizhan.duplicates import jobs, operations, shelves, vectors
from yizhan.duplicates.models import OrderVector, Pair
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.privacy.retention import ENDINGS

DAY = timedelta(days=1)


def kept(order: Order) -> OrderVector:
    return OrderVector.objects.get(order=order)


def test_a_new_order_gets_a_sealed_vector(world: Any, at: Any) -> None:
    order = brought(world, at)
    caught_up(at)

    vector = kept(order)
    assert (vector.street, vector.is_public) == ("610302002", True)
    assert vector.made_by == vectors.made_by()
    assert vectors.unpacked(vector.vector.open()) == vectors.made([LIGHT])[0]
    assert LIGHT.encode() not in vector.vector.raw


def test_names_and_doors_leave_no_trace_in_it(world: Any, at: Any) -> None:
    """The differential test: with and without whose matter it is, the numbers are the same."""
    said = "王桂兰家漏水，电话 13812345678，渭工路 18 号院 3 号楼 2 单元 201 室"
    assert "王桂兰" not in vectors.matter(said)
    assert "138" not in vectors.matter(said)
    assert "201" not in vectors.matter(said)


def test_reading_on_twice_changes_nothing(world: Any, at: Any) -> None:
    order = brought(world, at)
    brought(world, at, LIGHT_TOO)
    caught_up(at)
    before = (kept(order).position, pairs())
    Follower.objects.filter(name="duplicates").update(position=0)
    caught_up(at)

    assert (kept(order).position, pairs()) == before


def test_who_has_read_on_misses_nothing(world: Any, at: Any) -> None:
    first = brought(world, at)
    caught_up(at)
    assert len(found(world, at)) == 1

    orders.withdraw(order=first, reason="", by=holder(first), at=at)
    second = brought(world, at, LIGHT_TOO)
    caught_up(at)

    assert len(found(world, at)) == 1
    assert [kept(first).is_public, kept(second).is_public] == [False, True]


def test_a_request_to_be_called_is_like_no_other(world: Any, at: Any) -> None:
    for _ in range(2):
        orders.call_back(
            phone="13800000001",
            name="",
            region=world.weigong,
            category=brought(world, at).category,
            by=CLOCK,
            at=at,
        )
    caught_up(at)

    texts = {row.order.words.open() for row in OrderVector.objects.select_related("order")}
    assert texts == {LIGHT}


def test_a_sensitive_matter_is_for_staff_only(world: Any, at: Any) -> None:
    for category in ("care_elder", "errand_medicine", "neighbours_talk", "resource_goods"):
        brought(world, at, LIGHT, category=category)
    caught_up(at)

    assert found(world, at) == []
    assert not OrderVector.objects.filter(is_public=True).exists()
    assert len(pairs()) == 6


def test_a_category_that_becomes_sensitive_is_public_no_longer(world: Any, at: Any) -> None:
    order = brought(world, at)
    caught_up(at)
    assert len(found(world, at)) == 1

    Order.objects.filter(pk=order.pk).update(
        category=brought(world, at, RUBBISH, category="care_elder").category
    )
    order.refresh_from_db()
    orders.admit(order=order, by=world.by.sun, at=at)
    caught_up(at)

    assert found(world, at) == []
    assert not kept(order).is_public


def test_pairs_come_with_their_reason_and_a_step(world: Any, at: Any) -> None:
    older = brought(world, at)
    newer = brought(world, at, LIGHT_TOO)
    brought(world, at, RUBBISH, category="environment_rubbish")
    caught_up(at)

    assert pairs() == [(older.pk, newer.pk)]
    pair = Pair.objects.get()
    assert pair.reason.endswith("，地点相同")
    assert [(step.kind, step.facts) for step in pair.steps] == [
        ("found_alike", {"older": older.pk, "newer": newer.pk})
    ]


def test_streets_are_apart(world: Any, at: Any) -> None:
    brought(world, at)
    brought(world, at, region=world.regions["610302005013"])
    caught_up(at)

    assert pairs() == []


def erased(world: Any, at: Any) -> Order:
    order = brought(world, at, by=world.by.aunt_wang)
    caught_up(at)
    orders.withdraw(order=order, reason="", by=world.by.aunt_wang, at=at)
    return order


def test_the_vector_goes_with_the_words(world: Any, at: Any) -> None:
    order = erased(world, at)
    shelf = shelves.ALL.of("610302002", at)
    assert len(shelf.search(vectors.matter(LIGHT), k=5)) == 1
    orders.erase_words(order=order, by=world.by.aunt_wang, at=at)

    assert kept(order).vector is None
    assert shelves.ALL.of("610302002", at).search(vectors.matter(LIGHT), k=5) == []


def test_a_vector_ends_ninety_days_after_the_order(world: Any, at: Any) -> None:
    order = erased(world, at)
    ending = ENDINGS["order_vectors"]

    assert ending.due(at - timedelta(seconds=1), 10) == []
    assert ending.due(at, 10) == [order.pk]
    ending.end(order.pk, CLOCK, at + 90 * DAY)
    assert ending.due(at, 10) == []
    assert kept(order).vector is None


def test_what_is_long_over_gets_none(world: Any, at: Any) -> None:
    order = brought(world, at)
    Order.objects.filter(pk=order.pk).update(
        state="rated", finished_at=at - 91 * DAY, handler=world.chen
    )
    caught_up(at)

    assert not OrderVector.objects.exists()


def test_the_job_seals_and_follows(world: Any, at: Any, monkeypatch: Any) -> None:
    order = brought(world, at)
    jobs.follow()

    assert kept(order).position == 1


def test_a_broken_run_leaves_nothing_in_memory(world: Any, at: Any, monkeypatch: Any) -> None:
    shelf = shelves.ALL.of("610302002", at)

    def breaks(**_: Any) -> int:
        raise RuntimeError

    monkeypatch.setattr(operations, "follow", breaks)
    with pytest.raises(RuntimeError):
        jobs.follow()

    assert shelves.ALL.of("610302002", at) is not shelf


def test_only_so_many_streets_are_in_memory(at: Any, db: None) -> None:
    for number in range(40):
        shelves.PUBLIC.of(f"61030{number:04}", at)

    assert len(shelves.PUBLIC._shelves) == shelves.MOST


def test_the_follower_costs_the_same_for_one_and_for_three(
    world: Any, at: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        brought(world, at, RUBBISH, category="environment_rubbish")
    while chain.seal_waiting(at=at):
        pass
    with django_assert_max_num_queries(40):
        operations.follow(limit=LIMIT, by=CLOCK, at=at)
