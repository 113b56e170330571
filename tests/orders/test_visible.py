"""Who sees which orders: the query itself, and the offer that hides what it must."""

from datetime import timedelta
from html import unescape

import pytest

from tests.orders.stories import (
    accepted,
    anonymous,
    as_family,
    at_counter,
    dispatched,
    done_for,
    entered_for,
    entrusted,
    finished,
    handing_over,
    holder,
    invited,
    rated,
    registered,
    station,
    withdrawn,
)
from tests.world import QIAONAN, wish
from yizhan.base.actor import ANONYMOUS, CLOCK, holder_of
from yizhan.orders import operations, rules
from yizhan.orders.models import Order
from yizhan.orders.operations.placing import CALL_ME
from yizhan.orders.states import Source
from yizhan.people.acting import actor_for
from yizhan.people.models import Post
from yizhan.routing.queries import fallback

WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)
CAST = (
    "aunt_wang", "grandpa_li", "sun", "ma", "liu", "chen", "he", "zhao", "qian", "zhou", "feng",
    "anju",
)  # fmt: skip


@pytest.fixture
def town(world, at):
    """Seven orders, one in each situation that decides who sees it."""

    def to(unit, order):
        return operations.dispatch(
            order=order, unit=world.units[unit], pool=True, by=world.by.sun, at=at
        )

    far = wish(world, region=world.regions[QIAONAN])
    return {
        "new": anonymous(world, at),
        "far": operations.place(wish=far, by=world.by.grandpa_li, at=at),
        "branch": dispatched(world, at),
        "rivals": to("B2", anonymous(world, at)),
        "property": to("P", anonymous(world, at)),
        "done": finished(world, at),
        "entered": operations.enter(
            wish=wish(world), source=Source.WALK_IN, by=world.by.qian, at=at
        ),
    }


NEAR = {"new", "branch", "rivals", "property", "done", "entered"}
SEEN = {
    "aunt_wang": {"branch", "done"},
    "grandpa_li": {"far"},
    "sun": NEAR,
    "ma": NEAR,
    "liu": {"branch", "done"},
    "chen": {"done"},
    "he": set(),
    "zhao": set(),
    "qian": {"entered"},
    "zhou": NEAR,
    "feng": {"far"},
    "anju": {"property"},
}
OFFERED = {"liu": {"branch"}, "chen": {"branch"}, "he": {"branch"}, "zhao": {"rivals"},
           "anju": {"property"}}  # fmt: skip


def names(town, found):
    return {name for name, order in town.items() if order in set(found)}


@pytest.mark.parametrize("who", CAST)
def test_each_sees_their_own_area_only(world, at, town, who):
    by = getattr(world.by, who)

    assert names(town, Order.objects.visible_to(by, at)) == SEEN[who]
    assert {name for name, order in town.items() if rules.sees(order, by, at)} == SEEN[who]


@pytest.mark.parametrize("who", CAST)
def test_each_is_offered_what_they_may_take(world, town, who):
    found = list(Order.objects.offered_to(getattr(world.by, who)))

    assert names(town, found) == OFFERED.get(who, set())
    assert len(found) == len(set(found))


def test_the_cast_is_complete(world):
    assert set(CAST) == set(SEEN) == set(vars(world.by))


@pytest.mark.parametrize("by", [ANONYMOUS, CLOCK, holder_of("orders.order", 0)])
def test_nobody_known_sees_nothing(world, at, town, by):
    assert not Order.objects.visible_to(by, at).exists()
    assert not any(rules.sees(order, by, at) for order in town.values())
    assert not Order.objects.offered_to(by).exists()


def test_a_receipt_opens_its_own_order_only(world, at, town):
    by = holder(town["new"])

    assert names(town, Order.objects.visible_to(by, at)) == {"new"}
    assert [name for name, order in town.items() if rules.sees(order, by, at)] == ["new"]
    assert not Order.objects.offered_to(by).exists()


def test_family_sees_the_principal_s_orders_and_not_its_own(world, at, town):
    entrusted(world, at, world.aunt_wang, world.grandpa_li)
    by = as_family(world.grandpa_li, world.aunt_wang, at)

    assert names(town, Order.objects.visible_to(by, at)) == {"branch", "done"}
    assert {name for name, one in town.items() if rules.sees(one, by, at)} == {"branch", "done"}
    alone = Order.objects.visible_to(world.by.grandpa_li, at)
    assert names(town, alone) == {"far"}


def test_family_that_only_rates_sees_what_is_done(world, at, town):
    entrusted(world, at, world.aunt_wang, world.grandpa_li, "rate")
    by = as_family(world.grandpa_li, world.aunt_wang, at)

    assert names(town, Order.objects.visible_to(by, at)) == {"done"}
    assert {name for name, one in town.items() if rules.sees(one, by, at)} == {"done"}


def test_the_counter_sees_the_person_s_orders_of_its_area(world, at, town):
    person = registered(world, at)
    town |= {"theirs": entered_for(world, person, at), "ended": done_for(world, person, at)}
    by = at_counter(world.by.qian, person, at)

    assert names(town, Order.objects.visible_to(by, at)) == {"theirs", "ended"}
    assert {name for name, one in town.items() if rules.sees(one, by, at)} == {"theirs", "ended"}


def test_a_receipt_of_something_else_opens_nothing(at, town):
    by = holder_of("places.station", town["new"].pk)

    assert not Order.objects.visible_to(by, at).exists()


@pytest.mark.parametrize("story", [finished, rated])
def test_seven_days_after_the_end_the_handler_sees_it_no_more(world, at, story):
    order = story(world, at)

    def sees(by, moment):
        found = order in Order.objects.visible_to(by, moment)
        assert rules.sees(order, by, moment) == found
        return found

    assert sees(world.by.chen, at + WEEK - MINUTE)
    assert not sees(world.by.chen, at + WEEK)
    for who in ("aunt_wang", "sun", "liu"):
        assert sees(getattr(world.by, who), at + WEEK)


@pytest.mark.parametrize("story", [finished, rated])
def test_the_page_is_gone_for_the_handler_then(world, at, door, monkeypatch, story):
    order = story(world, at)
    assert door("chen").get("show", order).status_code == 200

    monkeypatch.setattr("yizhan.orders.keys.now", lambda: at + WEEK)
    assert door("chen").get("show", order).status_code == 404
    assert door("aunt_wang").get("show", order).status_code == 200


def test_a_building_head_sees_what_is_open(world, at, town):
    post = Post(person=world.grandpa_li, role="building_head", unit=world.units["C"])
    by = actor_for(world.grandpa_li, post)
    withdrawn(world, at)

    found = Order.objects.visible_to(by, at)
    assert names(town, found) == (NEAR | {"far"}) - {"done"}
    assert all((order in found) == rules.sees(order, by, at) for order in town.values())
    assert {order.state for order in found.filter(region=world.weigong)} == {"placed", "dispatched"}


def test_a_keeper_moved_elsewhere_no_longer_sees_what_they_wrote(world, at, town):
    resident = actor_for(world.qian)

    assert not Order.objects.visible_to(resident, at).exists()


def test_invitations_are_offers_for_the_invited_alone(world, at):
    order = invited(world, at)

    assert order in Order.objects.offered_to(world.by.chen)
    assert not Order.objects.offered_to(world.by.he).exists()


def test_a_declined_offer_is_hidden_even_in_the_pool(world, at):
    order = dispatched(world, at)
    operations.invite(order=order, people=[world.chen], by=world.by.sun, at=at)
    operations.decline(order=order, by=world.by.chen, at=at)

    assert not Order.objects.offered_to(world.by.chen).exists()
    assert order in Order.objects.offered_to(world.by.he)


def test_a_hand_over_is_offered_to_the_colleague_alone(world, at):
    order = handing_over(world, at)

    assert order in Order.objects.offered_to(world.by.he)
    assert not Order.objects.offered_to(world.by.liu).exists()


def test_ones_own_order_is_not_offered(world, at):
    order = operations.place(wish=wish(world), by=world.by.he, at=at)
    operations.dispatch(order=order, unit=world.units["B1"], pool=True, by=world.by.sun, at=at)

    assert not Order.objects.offered_to(world.by.he).exists()
    assert order in Order.objects.offered_to(world.by.chen)


def test_whoever_could_take_it_keeps_knowing_the_offer(world, at):
    taken = accepted(world, at)
    asked = invited(world, at)

    assert set(Order.objects.known_to(world.by.he)) == {taken}
    assert set(Order.objects.known_to(world.by.chen)) == {taken, asked}
    for by in (world.by.zhao, world.by.sun, world.by.aunt_wang, ANONYMOUS):
        assert not Order.objects.known_to(by).exists()


HIDDEN = ("三单元的楼道灯不亮", "3 号楼", "18 号院", "13800000001", "138****0001", "王阿姨")


@pytest.mark.parametrize("story", [dispatched, invited])
@pytest.mark.parametrize("htmx", [False, True])
def test_the_offer_shows_brief_area_time_and_skill_and_no_more(world, at, door, story, htmx):
    order = story(world, at)
    text = unescape(door("chen").get("offer", order, htmx=htmx).text)

    for word in ("家庭小修", "渭工路一带", "11月27日 18:00 前", "水电维修"):
        assert word in text
    assert not [word for word in (*HIDDEN, order.receipt_code) if word in text]


def test_a_station_is_named_instead_of_the_community(world, at, door):
    order = dispatched(world, at, station=station(world))

    assert "渭工路驿站一带" in door("chen").get("offer", order).text


@pytest.mark.parametrize("story", [dispatched, invited, accepted, handing_over])
def test_the_list_of_offers_hides_the_same(world, at, door, story):
    order = story(world, at)
    page = door("he").get("pool")

    assert page.status_code == 200
    assert not [word for word in (*HIDDEN, order.receipt_code) if word in page.text]


def test_the_brief_of_a_group_is_its_own(world, at):
    order = operations.call_back(
        phone="13800000099", name="", region=world.weigong, category=fallback(), by=ANONYMOUS, at=at
    )

    assert order.brief == "居民求助"
    assert order.summary == CALL_ME


@pytest.mark.parametrize("who", ["grandpa_li", "zhao", "feng", "anju", "qian"])
@pytest.mark.parametrize("name", ["show", "offer", "slip"])
def test_outsiders_get_404_on_every_page(world, at, door, who, name):
    assert door(who).get(name, accepted(world, at)).status_code == 404


@pytest.mark.parametrize("name", ["show", "offer", "slip"])
def test_strangers_sign_in_first(world, at, door, name):
    answer = door().get(name, accepted(world, at))

    assert (answer.status_code, answer.headers["Location"][:10]) == (302, "/accounts/")


@pytest.mark.parametrize("name", ["show", "offer", "slip"])
def test_a_made_up_code_looks_the_same(world, door, name):
    assert door("sun").get(name, "ZZZZZZZZZZ").status_code == 404


def test_slip_and_receipt_are_not_for_the_handler(world, at, door):
    order = accepted(world, at)

    assert door("chen").get("slip", order).status_code == 404
    assert order.receipt_code not in door("chen").get("show", order).text.replace("-", "")
    assert order.receipt_code not in door("sun").get("show", order).text.replace("-", "")
