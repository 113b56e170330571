"""What a measure refuses when one more order is placed, what it lets pass, and that it ends."""

from datetime import timedelta

import pytest

from tests.conduct.conftest import upheld
from tests.orders.stories import anonymous, as_family, at_counter, entrusted, placed
from tests.orders.traces import refused
from tests.world import wish
from yizhan.base.actor import ANONYMOUS
from yizhan.base.verdict import Refused
from yizhan.conduct import operations
from yizhan.conduct.models import Flag
from yizhan.orders import operations as orders
from yizhan.orders.admission import Knock
from yizhan.orders.models import Order
from yizhan.orders.states import Source
from yizhan.routing.models import Category
from yizhan.routing.queries import fallback

PHONE = "13800000001"


def call(world, at, by=ANONYMOUS, phone=PHONE):
    return orders.call_back(
        phone=phone, name="", region=world.weigong, category=fallback(), by=by, at=at
    )


def knocked(world, at, **more):
    return placed(world, at, **more)


def test_a_limit_counts_the_day_and_begins_anew(world, at):
    upheld(world, at, measure="limit", per_day=2, days=3)

    placed(world, at)
    placed(world, at + timedelta(hours=1))
    with refused("measure_limit", "今天已经点了 2 件"):
        placed(world, at + timedelta(hours=2))
    tomorrow = at + timedelta(days=1)
    placed(world, tomorrow)
    placed(world, tomorrow)
    with refused("measure_limit", "到 11月25日为止.*电话.*110"):
        placed(world, tomorrow)
    for _ in range(4):
        placed(world, at + timedelta(days=3))


def test_what_is_refused_is_not_counted(world, at):
    upheld(world, at, measure="limit", per_day=1)
    placed(world, at)
    for _ in range(3):
        with refused("measure_limit", "今天已经点了"):
            placed(world, at)

    assert Flag.objects.get().used == 1


def test_it_follows_the_number_without_an_account(world, at):
    upheld(world, at, anonymous(world, at), measure="call")

    with refused("measure_call", "打电话"):
        anonymous(world, at, contact_phone="138 0000 0001")
    assert anonymous(world, at, contact_phone="13800000099").state == "placed"
    assert anonymous(world, at, contact_phone="").state == "placed"


def test_it_follows_the_account_whatever_number_is_left(world, at):
    upheld(world, at, measure="call")

    with refused("measure_call", "打电话"):
        placed(world, at, contact_phone="13800000099")
    other = orders.place(
        wish=wish(world, contact_phone="13800000098"), by=world.by.grandpa_li, at=at
    )
    assert other.state == "placed"


def test_the_same_matter_only(world, at):
    upheld(world, at, measure="status")

    with refused("measure_status", "进展在原来的单子上看.*新情况"):
        placed(world, at)
    assert placed(world, at, category=Category.objects.get(code="daily_meal")).state == "placed"
    elsewhere = world.regions["610302002008"]
    assert placed(world, at, region=elsewhere).state == "placed"


@pytest.mark.parametrize("measure", ["limit", "status", "call"])
def test_what_is_urgent_always_passes(world, at, measure):
    upheld(world, at, measure=measure, per_day=1)
    placed_first = {"words": "家里着火了，快来人"}

    for _ in range(3):
        assert placed(world, at, **placed_first).state == "placed"
    assert Flag.objects.get().used == 0


def test_staff_write_down_what_is_new(world, at):
    upheld(world, at, measure="call")

    entered = orders.enter(wish=wish(world), source=Source.CALLER, by=world.by.sun, at=at)
    assert entered.state == "placed"
    assert call(world, at).state == "placed"


def test_a_limit_counts_requests_to_be_called_too(world, at):
    upheld(world, at, measure="limit", per_day=1)
    call(world, at)

    with refused("measure_limit", "今天已经点了"):
        call(world, at)


def test_family_is_asked_and_the_counter_is_not(world, at):
    upheld(world, at, measure="call")
    entrusted(world, at, world.aunt_wang, world.grandpa_li)
    family = as_family(world.grandpa_li, world.aunt_wang, at)
    with refused("measure_call", "打电话"):
        orders.place(wish=wish(world), by=family, at=at)

    knock = Knock(world.aunt_wang.pk, PHONE, "楼道灯不亮", "daily_repair", world.weigong.code)
    from tests.orders.stories import registered

    counter = at_counter(world.by.sun, registered(world, at), at)
    assert operations.let_in(knock=knock, by=counter, at=at)
    assert not operations.let_in(knock=knock, by=family, at=at)


def test_one_query_where_nothing_stands(world, at, django_assert_num_queries):
    knock = Knock(world.aunt_wang.pk, PHONE, "楼道灯不亮", "daily_repair", world.weigong.code)

    with django_assert_num_queries(3):  # with the two of its savepoint, which placing has not
        assert operations.let_in(knock=knock, by=world.by.aunt_wang, at=at)


def test_the_page_keeps_what_was_typed_and_gives_the_telephone(world, at, browser):
    upheld(world, at, measure="call")
    before = Order.objects.count()
    fields = {"words": "三单元的灯又坏了一盏", "region": world.weigong.code}
    answer = browser("aunt_wang").client.post("/orders/place", fields)

    assert answer.status_code == 409
    assert "三单元的灯又坏了一盏" in answer.text
    assert "110、119、120" in answer.text
    assert Order.objects.count() == before


def test_no_measure_outlives_thirty_days(world, at):
    upheld(world, at, measure="call", days=30)

    with pytest.raises(Refused):
        knocked(world, at + timedelta(days=29, hours=23))
    assert knocked(world, at + timedelta(days=30)).state == "placed"
