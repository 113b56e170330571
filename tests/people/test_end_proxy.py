"""Either side ends it at any time, and it ends at once."""

import pytest

from tests.orders.stories import as_family, entrusted, registered
from tests.orders.test_accept_race import at_once, codes
from tests.orders.traces import heard
from tests.people.cast import refused_code
from tests.people.test_entrust import entrust
from yizhan.people import operations
from yizhan.people.acting import acting_for
from yizhan.people.models import Proxy


def end(proxy, by, at):
    return operations.end_proxy(proxy=proxy, by=by, at=at)


@pytest.mark.parametrize(
    ("who", "told_one"), [("aunt_wang", "grandpa_li"), ("grandpa_li", "aunt_wang")]
)
def test_either_side_ends_it(world, at, who, told_one):
    proxy = entrusted(world, at, world.aunt_wang, world.grandpa_li)

    with heard() as told:
        end(proxy, getattr(world.by, who), at)

    kept = Proxy.objects.get(pk=proxy.pk)
    assert kept.state == "ended"
    assert told == [("proxy_ended", getattr(world, told_one).pk)]
    assert (kept.steps.last().kind, kept.steps.last().actor_id) == ("ended", getattr(world, who).pk)
    day = at.date()
    assert acting_for(world.by.grandpa_li, world.aunt_wang, how="family", day=day) is None


def test_an_offer_can_be_taken_back(world, at):
    offer = entrust(world.aunt_wang, world.by.aunt_wang, at)
    end(offer, world.by.aunt_wang, at)

    assert Proxy.objects.of_code(offer.shown_code) is None


def test_the_counter_ends_it_for_a_person_without_a_telephone(world, at):
    proxy = entrusted(world, at, registered(world, at), world.grandpa_li)

    assert end(proxy, world.by.qian, at).state == "ended"


@pytest.mark.parametrize("who", ["he", "feng", "liu"])
def test_nobody_else(world, at, who):
    proxy = entrusted(world, at, registered(world, at), world.grandpa_li)

    assert refused_code(lambda: end(proxy, getattr(world.by, who), at)) == "not_side"


def test_not_through_the_mandate_itself(world, at):
    proxy = entrusted(world, at, world.aunt_wang, world.grandpa_li)
    by = as_family(world.grandpa_li, world.aunt_wang, at)

    assert refused_code(lambda: end(proxy, by, at)) == "not_side"


def test_it_ends_once(race_db, at):
    proxy = entrusted(race_db, at, race_db.aunt_wang, race_db.grandpa_li)
    sides = [race_db.by.aunt_wang, race_db.by.grandpa_li]

    outcomes = at_once([lambda by=by: end(proxy, by, at) for by in sides])

    assert codes(outcomes) == {"won": 1, "ended": 1}
