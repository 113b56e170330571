"""Whoever has the code takes it on, once; the principal is told."""

from datetime import timedelta

import pytest

from tests.orders.stories import as_family, entrusted, registered
from tests.orders.test_accept_race import at_once, codes
from tests.orders.traces import heard
from tests.people.cast import refused_code
from tests.people.test_entrust import entrust
from yizhan.base.actor import ANONYMOUS
from yizhan.people import operations, queries
from yizhan.people.acting import acting_for
from yizhan.people.models import Proxy


@pytest.fixture
def offer(world, at):
    return entrust(world.aunt_wang, world.by.aunt_wang, at, "order", "rate")


def take(proxy, by, at):
    return operations.take_on(proxy=proxy, by=by, at=at)


def test_the_family_takes_it_on(world, at, offer):
    with heard() as told:
        take(offer, world.by.grandpa_li, at)

    kept = Proxy.objects.get(pk=offer.pk)
    assert (kept.state, kept.agent) == ("active", world.grandpa_li)
    assert told == [("proxy_taken_on", world.aunt_wang.pk)]
    step = kept.steps.last()
    assert (step.kind, step.actor_id) == ("taken_on", world.grandpa_li.pk)
    by = as_family(world.grandpa_li, world.aunt_wang, at)
    assert (by.person_id, by.on_behalf_of) == (world.grandpa_li.pk, world.aunt_wang.pk)
    assert (by.mandate, by.how, by.post_id, by.powers) == ({"order", "rate"}, "family", None, set())


def test_the_code_works_once(world, at, offer):
    take(offer, world.by.grandpa_li, at)

    assert refused_code(lambda: take(offer, world.by.he, at)) == "gone"
    assert queries.waiting(offer.shown_code, at) is None


def test_after_a_week_it_is_gone(world, at, offer):
    late = at + timedelta(days=7, minutes=1)

    assert refused_code(lambda: take(offer, world.by.grandpa_li, late)) == "gone"
    assert queries.waiting(offer.shown_code, late) is None


def test_not_by_oneself_nor_by_the_witness_nor_by_nobody(world, at, offer):
    assert refused_code(lambda: take(offer, world.by.aunt_wang, at)) == "own"
    paper = entrust(registered(world, at), world.by.qian, at)
    assert refused_code(lambda: take(paper, world.by.qian, at)) == "own"
    assert refused_code(lambda: take(offer, ANONYMOUS, at)) == "not_signed_in"


def test_once_for_each_principal_and_five_in_all(world, at, offer):
    entrusted(world, at, world.aunt_wang, world.grandpa_li)
    assert refused_code(lambda: take(offer, world.by.grandpa_li, at)) == "twice"

    for number in range(5):
        entrusted(world, at, registered(world, at, f"居民{number}"), world.he)
    assert refused_code(lambda: take(offer, world.by.he, at)) == "too_many"


def test_it_ends_by_itself(world, at):
    proxy = entrusted(world, at, world.aunt_wang, world.grandpa_li, days=30)

    def acts(day):
        return acting_for(world.by.grandpa_li, world.aunt_wang, how="family", day=day)

    assert acts(proxy.until_date)
    assert acts(proxy.until_date + timedelta(days=1)) is None


def test_two_at_once_and_one_has_it(race_db, at):
    offer = entrust(race_db.aunt_wang, race_db.by.aunt_wang, at)
    takers = [race_db.by.grandpa_li, race_db.by.he]

    outcomes = at_once([lambda by=by: take(offer, by, at) for by in takers])

    assert codes(outcomes) == {"won": 1, "gone": 1}
