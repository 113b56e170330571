"""A message that was brought on paper leaves the print list."""

import pytest

from tests.people.cast import refused_code
from yizhan.base.models import Notice
from yizhan.notices import operations, queries


@pytest.fixture
def listed(world, at):
    return Notice.objects.create(
        to=world.aunt_wang,
        print_list="610302002002",
        kind="order_finished",
        subject_type="orders.order",
        subject_id=1,
        at=at,
        due_at=at,
        sent_at=at,
    )


def test_it_leaves_the_list(world, at, listed):
    assert list(queries.to_bring(world.by.sun)) == [listed]

    operations.tick_off(notice=listed, by=world.by.sun, at=at)

    assert not queries.to_bring(world.by.sun).exists()
    again = refused_code(lambda: operations.tick_off(notice=listed, by=world.by.sun, at=at))
    assert again == "ticked"


@pytest.mark.parametrize("who", ["feng", "liu", "chen", "zhou", "aunt_wang"])
def test_not_by_others(world, at, listed, who):
    by = getattr(world.by, who)

    assert not queries.to_bring(by).exists()
    assert refused_code(lambda: operations.tick_off(notice=listed, by=by, at=at)) == "outside"


def test_what_is_on_no_list_cannot_be_ticked_off(world, at, listed):
    Notice.objects.filter(pk=listed.pk).update(print_list="")

    assert (
        refused_code(lambda: operations.tick_off(notice=listed, by=world.by.sun, at=at))
        == "outside"
    )
