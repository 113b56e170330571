"""家人代办 on the screen: giving, taking on, ending, and what the family does and sees."""

import pytest
from django.core.cache import cache
from django.utils.timezone import now

from tests.orders.stories import as_family, entrusted, finished, placed
from tests.people.test_entrust import entrust
from tests.world import WEIGONG
from yizhan.base.codes import receipt_code
from yizhan.base.models import Notice
from yizhan.orders.models import Order
from yizhan.orders.screens import screen
from yizhan.people.models import Proxy
from yizhan.privacy.models import Look
from yizhan.ratings.models import Rating
from yizhan.routing.models import Category


@pytest.fixture(autouse=True)
def no_earlier_tries(db, settings):
    settings.STAFF_TOTP_REQUIRED = False
    cache.clear()


@pytest.fixture
def at():
    """Now: the pages read the real clock."""
    return now()


def sent(client, who, path, **fields):
    client.force_login(who)
    return client.post(path, {"command_id": path, **fields})


def opened(client, who, path):
    client.force_login(who)
    return client.get(path)


def test_a_resident_gives_and_the_family_takes_on(world, client):
    answer = sent(client, world.aunt_wang, "/me/family/entrust", scopes=["order"], days="90")
    assert answer.headers["Location"] == "/me/family"
    proxy = Proxy.objects.get()
    code = proxy.shown_code
    spaced = f"{code[:5]}-{code[5:9]}-{code[9:]}"
    assert spaced in opened(client, world.aunt_wang, "/me/family").text

    sent(client, world.grandpa_li, "/me/family/take_on", code=spaced.lower())

    proxy.refresh_from_db()
    assert (proxy.agent, proxy.state) == (world.grandpa_li, "active")
    page = opened(client, world.grandpa_li, "/me/family").text
    assert "王同志" in page
    assert spaced not in page
    assert "李同志" in opened(client, world.aunt_wang, "/me/family").text


@pytest.mark.parametrize("typed", ["", "48271", "48271-K3QX-9P2W"])
def test_a_wrong_code_is_said(world, client, typed):
    answer = sent(client, world.grandpa_li, "/me/family/take_on", code=typed)

    assert answer.status_code == 422
    assert "委托码" in answer.text


def test_guessing_is_stopped(world, client, at):
    proxy = entrust(world.aunt_wang, world.by.aunt_wang, at)
    for number in range(10):
        wrong = {"code": receipt_code(), "command_id": str(number)}
        client.force_login(world.grandpa_li)
        assert client.post("/me/family/take_on", wrong).status_code == 422

    late = sent(client, world.grandpa_li, "/me/family/take_on", code=proxy.shown_code)
    assert late.status_code == 409
    assert "提交得太频繁" in late.text


def test_without_a_choice_nothing_is_given(world, client):
    answer = sent(client, world.aunt_wang, "/me/family/entrust", days="90")

    assert answer.status_code == 422
    assert "请至少选一项" in answer.text
    assert not Proxy.objects.exists()


def test_one_tap_ends_it_for_either_side_and_nobody_else(world, client, at):
    entrusted(world, at, world.aunt_wang, world.grandpa_li)
    path = f"/me/family/{world.aunt_wang.code}/{{}}/end_proxy"
    assert sent(client, world.he, path.format(1)).status_code == 404
    for none in (0, 2, 10**30):
        assert sent(client, world.grandpa_li, path.format(none)).status_code == 404
    sent(client, world.grandpa_li, path.format(1))
    second = entrusted(world, at, world.aunt_wang, world.grandpa_li)
    assert second.number == 2
    sent(client, world.aunt_wang, path.format(2))

    assert set(Proxy.objects.values_list("state", flat=True)) == {"ended"}
    who = f"/orders/family/{world.aunt_wang.code}/theirs"
    assert opened(client, world.grandpa_li, who).status_code == 404


def test_the_family_sees_and_acts_and_the_principal_is_told(world, client, at):
    order = finished(world, at)
    entrusted(world, at, world.aunt_wang, world.grandpa_li)
    who = world.aunt_wang.code
    page = opened(client, world.grandpa_li, f"/orders/family/{who}/theirs").text
    assert f"/orders/{order.code}/?for={who}" in page
    shown = opened(client, world.grandpa_li, f"/orders/{order.code}/?for={who}").text
    assert order.receipt_code not in shown.replace("-", "")
    assert "13800000001" not in shown
    assert Look.objects.filter(actor=world.grandpa_li, subject_id=order.pk).exists()

    path = f"/orders/{order.code}/rate?for={who}"
    sent(client, world.grandpa_li, path, level="5", solved="yes", words="")

    rating = Rating.objects.get()
    assert (rating.person, rating.given_by) == (world.aunt_wang, world.grandpa_li)
    told = Notice.objects.get(kind="order_on_behalf")
    assert told.to == world.aunt_wang
    order.refresh_from_db()
    assert screen(order, world.by.aunt_wang, at).lines[0].who == "由家人代办"


def test_the_family_places_an_order_that_is_the_principal_s(world, client, at):
    entrusted(world, at, world.aunt_wang, world.grandpa_li, "order")
    path = f"/orders/place?for={world.aunt_wang.code}"
    form = opened(client, world.grandpa_li, path)
    assert "您正在替" in form.text

    answer = sent(client, world.grandpa_li, path, words="想请人来理个发", region=WEIGONG)

    order = Order.objects.get()
    assert (order.author, order.entered_by) == (world.aunt_wang, None)
    step = order.steps.get()
    assert (step.actor, step.on_behalf_of) == (world.grandpa_li, world.aunt_wang.pk)
    assert step.facts["how"] == "family"
    there = f"/orders/{order.code}/?for={world.aunt_wang.code}"
    assert answer.headers["Location"] == there
    assert order.receipt_code not in client.get(there).text.replace("-", "")


def test_what_is_sensitive_is_placed_and_not_shown(world, client, at):
    entrusted(world, at, world.aunt_wang, world.grandpa_li, "order")
    Category.objects.update(is_sensitive=True)
    who = world.aunt_wang.code

    fields = {"words": "想请人来理个发", "region": WEIGONG}
    answer = sent(client, world.grandpa_li, f"/orders/place?for={who}", **fields)

    order = Order.objects.get()
    assert answer.headers["Location"] == f"/orders/family/{who}/theirs"
    page = client.get(f"/orders/family/{who}/theirs")
    assert "已点单，会告诉本人" in page.text
    assert order.code not in page.text
    assert client.get(f"/orders/{order.code}/?for={who}").status_code == 404


def test_without_the_scope_nothing_is_placed(world, client, at):
    entrusted(world, at, world.aunt_wang, world.grandpa_li, "rate")
    path = f"/orders/place?for={world.aunt_wang.code}"

    answer = sent(client, world.grandpa_li, path, words="想请人来理个发", region=WEIGONG)

    assert answer.status_code == 409
    assert "家人没有委托您办这一项" in answer.text
    assert not Order.objects.exists()


def test_a_stranger_acts_for_nobody(world, client, at):
    order, who = placed(world, at), world.aunt_wang.code
    for person in (world.grandpa_li, world.he, world.sun, world.liu):
        for path in (
            f"/orders/{order.code}/?for={who}&how=in_person",
            f"/orders/place?for={who}",
            f"/orders/enter?for={who}&how=phone",
            f"/orders/family/{who}/theirs",
        ):
            assert opened(client, person, path).status_code == 404, path
    client.logout()
    assert client.get(f"/orders/place?for={who}").status_code == 404


def test_who_took_the_order_does_not_rate_it_as_family(world, client, at):
    order = finished(world, at)
    entrusted(world, at, world.aunt_wang, world.chen)
    entrusted(world, at, world.aunt_wang, world.he)
    path = f"/orders/{order.code}/rate?for={world.aunt_wang.code}"

    for person in (world.chen, world.he):
        answer = sent(client, person, path, level="5", solved="yes", words="")
        assert answer.status_code == 409
        assert "不能代评" in answer.text
    assert as_family(world.chen, world.aunt_wang, at)
