"""核实不属实: only the street, and it stays written down."""

import pytest

from tests.callbacks.conftest import opened
from tests.orders.traces import heard, last, refused, step
from yizhan.callbacks import operations
from yizhan.ratings.models import Rating

WORDS = "说的是另一家物业的事"


def find(case, by, at):
    return operations.find_unfounded(rectification=case, words=WORDS, by=by, at=at)


def test_the_street_finds_so(world, at):
    case = opened(world, at)

    with heard() as told:
        case = find(case, world.by.zhou, at)

    assert (case.state, case.reviewer_id) == ("unfounded", world.zhou.pk)
    moved = {"from": "open", "to": "unfounded"}
    assert last(case) == step("unfounded", world.by.zhou, at, words=WORDS, **moved)
    assert told == []
    assert Rating.objects.get().set_apart.at == at


@pytest.mark.parametrize("who", ["sun", "ma", "liu", "feng"])
def test_nobody_else(world, at, who):
    case = opened(world, at)

    with refused("not_your_post", "由街道核实"):
        find(case, getattr(world.by, who), at)


def test_not_what_was_put_right(world, at):
    case = opened(world, at)
    operations.rectify(rectification=case, words="修好了", by=world.by.sun, at=at)

    with refused("wrong_state", "已经办过了"):
        find(case, world.by.zhou, at)


def test_by_the_page(world, at, browser):
    path = opened(world, at).get_absolute_url()

    assert "核实不属实" not in browser("sun").get(path).text
    assert browser("zhou").send(f"{path}find_unfounded", words="").status_code == 422
    assert browser("zhou").send(f"{path}find_unfounded", words=WORDS).status_code == 302
