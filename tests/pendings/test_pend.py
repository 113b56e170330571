"""挂账: why, what meanwhile, who, and when it is looked at again."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests.orders.stories import accepted, finished, received
from tests.orders.traces import heard, last, refused, step
from tests.pendings.conftest import MEASURE, entry, pended
from yizhan.orders.models import Order
from yizhan.pendings import operations
from yizhan.pendings.models import Pending


def test_an_order_goes_on_the_list(world, at):
    order = received(world, at)

    with heard() as told:
        pending = pended(world, at, order)

    order.refresh_from_db()
    assert (order.state, order.held_from) == ("pending", "received")
    assert (pending.state, pending.owner, pending.measure.open()) == ("on_list", world.ma, MEASURE)
    assert pending.review_date == localdate(at) + timedelta(days=30)
    facts = {"reason": "money", "review": pending.review_date.isoformat()}
    facts |= {"order": order.pk, "owner": world.ma.pk}
    assert last(pending) == step("pended", world.by.sun, at, **facts)
    words = f"等资金。{MEASURE}"
    moved = {"from": "received", "to": "pending"}
    assert last(order) == step("set_aside", world.by.sun, at, words=words, **moved)
    assert told == sorted([("order_set_aside", world.aunt_wang.pk), ("pending_yours", world.ma.pk)])


@pytest.mark.parametrize(("days", "code"), [(0, "too_early"), (-1, "too_early"), (91, "too_far")])
def test_the_next_look_is_within_ninety_days(world, at, days, code):
    order = received(world, at)

    with refused(code, "复查"):
        pended(world, at, order, days=days)
    assert pended(world, at, order, days=90).state == "on_list"


def test_the_owner_looks_after_this_community(world, at):
    order = received(world, at)

    with refused("not_here", "负责人"):
        pended(world, at, order, owner="feng")
    with refused("not_here", "负责人"):
        pended(world, at, order, owner="zhou")
    given = {"entry": entry(world, at, owner="zhou"), "by": world.by.zhou, "at": at}
    assert operations.pend(order=order, **given).unit == world.units["S"]


@pytest.mark.parametrize("who", ["liu", "chen", "aunt_wang", "feng", "anju"])
def test_nobody_else_does(world, at, who):
    order, given = received(world, at), entry(world, at)

    with refused("not_your_post", "挂账由社区或街道来做"):
        operations.pend(order=order, entry=given, by=getattr(world.by, who), at=at)


def test_not_twice_and_not_when_done(world, at):
    order = received(world, at)
    pended(world, at, order)
    done = finished(world, at)

    for one in (order, done):
        with refused("wrong_state", "现在不能挂账"):
            pended(world, at, one)
    assert Pending.objects.count() == 1


def test_the_page(world, at, browser):
    order, clerk = accepted(world, at), browser("sun")
    owner = entry(world, at).owner
    fields = {"reason": "plan", "measure": MEASURE, "owner": owner.pk}

    assert "为什么现在办不了" in clerk.get(order, "pend").text
    answer = clerk.send(order, "pend", **fields, review_date="")
    assert answer.status_code == 422
    assert "请定下次复查的日子" in answer.text
    late = clerk.send(order, "pend", **fields, review_date=str(localdate(at) + timedelta(days=91)))
    assert late.status_code == 409
    assert "最晚定在 90 天以内" in late.text
    day = str(localdate(at) + timedelta(days=60))
    assert clerk.send(order, "pend", **fields, review_date=day).status_code == 302
    assert Pending.objects.get().order == order
    assert MEASURE in clerk.get(order).text


def test_the_asker_reads_it_without_names_of_staff(world, at, browser):
    order = received(world, at)
    pended(world, at, order)

    for key, who in ((order, "aunt_wang"), (order.receipt_code, "")):
        told = browser(who).get(key).text
        assert MEASURE in told
        assert "等资金" in told
        assert "马丽萍" not in told


@pytest.mark.parametrize("who", ["grandpa_li", "zhao", "feng", "anju", "qian"])
def test_outside(world, at, browser, who):
    order = received(world, at)
    pended(world, at, order)

    assert browser(who).get(order).status_code == 404
    assert browser(who).get(order, "pend").status_code == 404
    assert browser(who).send(order, "pend").status_code == 404


def test_nothing_is_asked_for_an_order_that_is_not_pending(world, at, django_assert_num_queries):
    from yizhan.pendings import case

    order = Order.objects.with_names().get(pk=received(world, at).pk)
    with django_assert_num_queries(0):
        assert case.cards(order, world.by.sun, at) == []
        assert [door.label for door in case.doors(order, world.by.sun, at)] == ["挂账"]
        assert case.doors(order, world.by.chen, at) == []
