"""Whoever is forgotten leaves no vector behind."""

from typing import Any

from tests.duplicates.alike import brought, caught_up
from yizhan.base.actor import CLOCK
from yizhan.duplicates import operations
from yizhan.duplicates.models import OrderVector
from yizhan.orders import operations as orders
from yizhan.privacy.holdings import HOLDINGS


def test_it_is_taken_away_and_passed_on(world: Any, at: Any) -> None:
    order = brought(world, at)
    caught_up(at)
    before = OrderVector.objects.get(order=order).position

    assert operations.forget_vector(order_ids=[order.pk], by=CLOCK, at=at) == 1
    assert operations.forget_vector(order_ids=[order.pk], by=CLOCK, at=at) == 0
    vector = OrderVector.objects.get(order=order)
    assert (vector.vector, vector.is_public) == (None, False)
    assert vector.position > before


def test_what_is_kept_is_told_and_goes_with_the_words_at_once(world: Any, at: Any) -> None:
    done = brought(world, at, by=world.by.aunt_wang)
    still = brought(world, at, by=world.by.aunt_wang)
    caught_up(at)
    orders.withdraw(order=done, reason="", by=world.by.aunt_wang, at=at)
    holding = HOLDINGS["order_vectors"]
    assert [row["单号"] for row in holding.copy(world.aunt_wang)] == [done.code, still.code]

    orders.erase_words(order=done, by=world.by.aunt_wang, at=at)
    assert [row["单号"] for row in holding.copy(world.aunt_wang)] == [still.code]


def test_who_told_apart_is_told(world: Any, at: Any) -> None:
    assert HOLDINGS["told_apart"].copy(world.sun) == []
