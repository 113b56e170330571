"""隐去联系方式: who asked leaves the order, what happened stays."""

import pytest

from tests.orders.stories import accepted, finished, rated, withdrawn
from tests.orders.traces import last, refused, step
from yizhan.base.actor import CLOCK
from yizhan.base.chain import seal_waiting, verify
from yizhan.orders import operations
from yizhan.orders.models import Order


@pytest.mark.parametrize("story", [finished, rated, withdrawn])
def test_name_number_and_address_go(world, at, story):
    before = story(world, at)

    order = operations.forget_asker(order=before, by=CLOCK, at=at)

    kept = Order.objects.get(pk=order.pk)
    assert (kept.contact_name, kept.contact_phone, kept.place) == (None, None, None)
    assert (kept.state, kept.words, kept.author_id) == (
        before.state,
        before.words,
        before.author_id,
    )
    assert last(kept) == step("forgotten", CLOCK, at)


def test_while_it_is_open_the_contact_is_needed(world, at):
    order = accepted(world, at)

    with refused("still_open", "还在办"):
        operations.forget_asker(order=order, by=world.by.sun, at=at)
    assert Order.objects.get(pk=order.pk).contact_phone


def test_the_chain_stays_sound(world, at):
    operations.forget_asker(order=finished(world, at), by=world.by.sun, at=at)

    seal_waiting(at=at)
    assert verify() == []
