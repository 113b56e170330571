"""删掉筛选: one's own, and nobody else's."""

from datetime import timedelta

import pytest

from tests.orders.door import assert_sent_to
from yizhan.base.verdict import Refused
from yizhan.orders import operations, queries
from yizhan.orders.models import SavedFilter


@pytest.fixture
def saved(world, at):
    return operations.keep_filter(name="超期的", query="due=late", by=world.by.sun, at=at)


def test_it_is_gone_and_once_is_enough(world, at, saved):
    operations.drop_filter(saved=saved, by=world.by.sun, at=at)
    again = operations.drop_filter(saved=saved, by=world.by.sun, at=at + timedelta(days=1))

    assert queries.filters_of(world.by.sun) == []
    assert again.ended_at == at


def test_nobody_elses(world, at, saved, door):
    with pytest.raises(Refused) as refused:
        operations.drop_filter(saved=saved, by=world.by.ma, at=at)

    assert refused.value.code == "not_yours"
    assert door("ma").send("drop_filter", name="超期的").status_code == 404
    assert SavedFilter.objects.get().ended_at is None


def test_by_the_button_of_the_table(world, at, saved, door):
    clerk = door("sun")
    button = '<button class="btn quiet" name="name" value="超期的">'
    assert button in clerk.get("table").text

    assert_sent_to(clerk.send("drop_filter", name="超期的"), "/orders/table")
    assert button not in clerk.get("table").text
    assert_sent_to(clerk.send("drop_filter", name="超期的"), "/orders/table")
    assert clerk.send("drop_filter").status_code == 404
