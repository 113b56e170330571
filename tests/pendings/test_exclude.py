"""不计入解决率: the street agrees, the asker has been told, and it stays shown."""

import pytest

from tests.orders.traces import last, refused, step
from tests.pendings.conftest import pended
from yizhan.pendings import operations

WORDS = "等老旧小区改造，已告诉点单人"


def exclude(pending, by, at):
    return operations.exclude(pending=pending, words=WORDS, by=by, at=at)


def test_the_street_agrees(world, at):
    pending = exclude(pended(world, at), world.by.zhou, at)

    assert pending.excluded_at == at
    assert last(pending) == step("excluded", world.by.zhou, at, words=WORDS)


@pytest.mark.parametrize("who", ["sun", "ma", "aunt_wang", "liu", "feng"])
def test_nobody_else_does(world, at, who):
    pending = pended(world, at)

    with refused("not_your_post", "由街道来定"):
        exclude(pending, getattr(world.by, who), at)


def test_not_twice(world, at):
    pending = exclude(pended(world, at), world.by.zhou, at)

    with refused("wrong_state", "已经同意过了"):
        exclude(pending, world.by.zhou, at)


def test_the_list_says_how_many(world, at, browser):
    exclude(pended(world, at), world.by.zhou, at)

    assert "同意不计入解决率" in browser("sun").client.get("/pendings/ledger").text
