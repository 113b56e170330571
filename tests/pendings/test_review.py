"""复查: how it stands, what is done meanwhile, when the next look is."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests.orders.traces import heard, last, refused, step
from tests.pendings.conftest import pended
from yizhan.pendings import operations
from yizhan.pendings.models import Pending

WORDS, MEASURE = "资金报上去了", "继续用应急灯"


def review(pending, by, at, days=60):
    given = {"words": WORDS, "measure": MEASURE}
    day = localdate(at) + timedelta(days=days)
    return operations.review(pending=pending, review_date=day, by=by, at=at, **given)


def test_a_look_sets_the_next(world, at):
    pending = pended(world, at)
    before, later = pending.review_date, at + timedelta(days=30)

    with heard() as told:
        pending = review(pending, world.by.ma, later)

    assert pending.review_date == localdate(later) + timedelta(days=60)
    assert pending.measure.open() == MEASURE
    facts = {"before": before.isoformat(), "review": pending.review_date.isoformat()}
    assert last(pending) == step("reviewed", world.by.ma, later, words=WORDS, **facts)
    assert told == [("pending_reviewed", world.aunt_wang.pk)]


def test_never_further_than_ninety_days(world, at):
    pending = pended(world, at)

    with refused("too_far", "90 天"):
        review(pending, world.by.ma, at, days=91)


@pytest.mark.parametrize("who", ["liu", "chen", "aunt_wang", "feng"])
def test_nobody_else_does(world, at, who):
    pending = pended(world, at)

    with refused("not_your_post", "社区或街道"):
        review(pending, getattr(world.by, who), at)


def test_the_page_and_late(world, at, browser):
    pending, clerk = pended(world, at), browser("sun")
    fields = {"words": WORDS, "measure": MEASURE}
    fields["review_date"] = str(localdate(at) + timedelta(days=45))

    assert clerk.send(pending.order, "review", **(fields | {"words": ""})).status_code == 422
    assert clerk.send(pending.order, "review", **fields).status_code == 302
    assert WORDS in clerk.get(pending.order).text
    pending = Pending.objects.get()
    operations.resume(pending=pending, words="钱到了", by=world.by.sun, at=at)
    assert clerk.send(pending.order, "review", **fields).status_code == 409
