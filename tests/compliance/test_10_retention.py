"""Line 10: what is kept ends under a moved clock; forgetting a person leaves every sum alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps

from tests.orders import stories
from yizhan.base import chain
from yizhan.base.actor import ANONYMOUS
from yizhan.feedback import jobs
from yizhan.feedback.models import KEPT_DAYS, Feedback
from yizhan.feedback.operations import Said, answer_feedback, leave_feedback
from yizhan.orders import operations as orders
from yizhan.orders.figures import Period, summary
from yizhan.orders.models import VISITOR_DAYS, Order
from yizhan.people.models import Person
from yizhan.privacy.holdings import HOLDINGS

COUNTED = (
    "orders.order",
    "orders.invitation",
    "feedback.feedback",
    "people.person",
    "ratings.rating",
)


@pytest.fixture
def said(world, at):
    """A 投诉建议 of 王阿姨, answered."""
    words = Said("suggestion", "王桂兰建议加一把椅子", world.weigong)
    left = leave_feedback(said=words, by=world.by.aunt_wang, at=at)
    return answer_feedback(feedback=left, words="王桂兰您好，已加", by=world.by.ma, at=at)


def sums(world, at):
    """Every figure of the month, and how many rows there are of what is counted."""
    figures = summary(world.by.sun, Period.around("month", at.date()), at)
    return figures, {name: apps.get_model(name).objects.count() for name in COUNTED}


def test_every_holding_says_for_how_long():
    assert HOLDINGS
    for holding in HOLDINGS.values():
        assert holding.kept, holding.code
        assert holding.purpose, holding.code


def test_a_visitor_s_sight_ends_on_the_day(world, at):
    order = stories.finished(world, at)
    seen = [
        order in Order.objects.visible_to(world.by.chen, at + timedelta(days=days))
        for days in (VISITOR_DAYS - 1, VISITOR_DAYS)
    ]

    assert seen == [True, False]


def test_the_clock_ends_feedback_and_nothing_else(world, at, said, monkeypatch):
    before = sums(world, at)
    monkeypatch.setattr(jobs, "now", lambda: at + timedelta(days=KEPT_DAYS))
    jobs.forget()

    said.refresh_from_db()
    assert (said.words, said.answer, said.contact_phone) == (None, None, None)
    assert sums(world, at) == before
    assert chain.verify() == []


def test_the_asker_of_an_order_goes_and_the_figures_stay(world, at):
    order = stories.rated(world, at)
    before = sums(world, at)
    orders.forget_asker(order=order, by=world.by.aunt_wang, at=at)

    order.refresh_from_db()
    assert (order.contact_name, order.contact_phone, order.place) == (None, None, None)
    assert sums(world, at) == before
    assert chain.verify() == []


def test_forgetting_a_person_leaves_every_sum_and_the_chain_alone(world, at, said):
    stories.rated(world, at)
    before, by = sums(world, at), replace(world.by.sun, on_behalf_of=world.aunt_wang.pk)
    for holding in HOLDINGS.values():
        if holding.forget:
            holding.forget(world.aunt_wang, by, at)

    assert sums(world, at) == before
    assert chain.verify() == []
    text = str([holding.copy(world.aunt_wang) for holding in HOLDINGS.values() if holding.forget])
    assert "加一把椅子" not in text
    assert Person.objects.filter(pk=world.aunt_wang.pk).exists()
    assert Feedback.objects.get(pk=said.pk).steps.count() == 3


def test_what_was_left_without_an_account_ends_too(world, at, monkeypatch):
    left = leave_feedback(said=Said("praise", "灯很亮谢谢"), by=ANONYMOUS, at=at)
    answer_feedback(feedback=left, words="谢谢您", by=world.by.zhou, at=at)
    monkeypatch.setattr(jobs, "now", lambda: at + timedelta(days=KEPT_DAYS))
    jobs.forget()

    assert not Feedback.objects.filter(words__isnull=False).exists()
