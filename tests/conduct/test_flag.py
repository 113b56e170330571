"""记录不当使用: it does nothing by itself."""

import pytest

from tests.conduct.conftest import WHY, flagged, upheld
from tests.orders.stories import accepted, anonymous, placed
from tests.orders.traces import heard, last, refused, step
from tests.world import wish
from yizhan.conduct import operations
from yizhan.conduct.models import Flag
from yizhan.orders import cases
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.orders.states import Source
from yizhan.routing.models import Category


def test_the_street_is_told_and_nobody_else(world, at):
    order = placed(world, at)

    with heard() as told:
        flag = flagged(world, at, order)

    assert (flag.state, flag.measure, flag.person) == ("raised", "", world.aunt_wang)
    assert flag.why.open() == WHY
    assert flag.review_by.date().isoformat() == "2026-11-25"
    assert last(flag) == step("raised", world.by.sun, at, order=order.pk, reason="repeated")
    assert told == [("flag_raised", world.zhou.pk)]


def test_nothing_follows_from_it(world, at):
    flagged(world, at)

    for _ in range(3):
        assert placed(world, at).state == "placed"
    assert cases.cards(Order.objects.first(), world.by.aunt_wang, at) == []


@pytest.mark.parametrize("who", ["liu", "chen", "aunt_wang", "feng", "anju", "qian"])
def test_nobody_else_does(world, at, who):
    order = placed(world, at)

    with refused("not_your_post", "社区或街道|另一位"):
        flagged(world, at, order, by=getattr(world.by, who))


def test_not_by_who_handled_it(world, at):
    order = accepted(world, at)
    Order.objects.filter(pk=order.pk).update(handler=world.sun)

    with refused("own_matter", "另一位同志"):
        flagged(world, at, Order.objects.get())


def test_never_where_somebody_needs_looking_after(world, at):
    order = placed(world, at, category=Category.objects.get(code="care_elder"))

    with refused("sensitive", "不是错"):
        flagged(world, at, order)


def test_not_where_nobody_could_be_told(world, at):
    order = anonymous(world, at, contact_phone="")

    with refused("nobody", "告诉不了本人"):
        flagged(world, at, order)


def test_once_while_it_stands(world, at):
    flag = upheld(world, at)

    with refused("flagged", "已经记过"):
        flagged(world, at, flag.order)


def test_what_was_entered_for_a_caller_may_be_flagged(world, at):
    order = orders.enter(wish=wish(world), source=Source.CALLER, by=world.by.ma, at=at)

    flag = flagged(world, at, order)
    assert flag.person is None
    assert flag.number_index


def test_the_page(world, at, browser):
    order, clerk = placed(world, at), browser("sun")
    path, fields = f"{order.code}/flag", {"reason": "abuse", "words": WHY}

    assert "什么也不会发生" in clerk.get(path).text
    assert clerk.send(path, reason="abuse", words="").status_code == 422
    assert clerk.send(path, **fields).status_code == 302
    assert clerk.send(path, **fields).status_code == 409
    code = Flag.objects.get().code
    assert "记的人不能自己复核" not in clerk.get(f"{code}/").text
    assert WHY in browser("zhou").get(f"{code}/").text


@pytest.mark.parametrize("who", ["grandpa_li", "aunt_wang", "chen", "liu", "feng", "qian", "anju"])
def test_outside(world, at, browser, who):
    flag = flagged(world, at)

    assert browser(who).get(f"{flag.order.code}/flag").status_code == 404
    assert browser(who).get(f"{flag.code}/").status_code == 404
    for verb in ("uphold", "dismiss", "sustain", "overturn"):
        assert browser(who).send(f"{flag.code}/{verb}", words=WHY).status_code == 404


def test_pages_of_offices_ask_nothing(world, at, django_assert_num_queries):
    from yizhan.conduct import case

    order = Order.objects.with_names().get(pk=placed(world, at).pk)
    with django_assert_num_queries(0):
        assert case.cards(order, world.by.sun, at) == []
        assert [one.label for one in case.doors(order, world.by.sun, at)] == ["记录不当使用"]
        assert case.doors(order, world.by.chen, at) == []


def test_the_clerk_sees_that_the_street_reviews(world, at, browser):
    flag = operations.flag(
        order=placed(world, at), reason="false", words=WHY, by=world.by.zhou, at=at
    )

    text = browser("zhou").get(f"{flag.code}/").text
    assert "不能自己复核" in text
    assert "复核由街道来做" in browser("sun").get(f"{flag.code}/").text
