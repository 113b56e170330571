"""答复: the desk says what was done; where the data are to end, they end."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.orders import stories
from tests.orders.traces import refused
from tests.portal.admin import browser, send
from tests.privacy.cases import WORDS, told
from tests.world import QIAONAN
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.people.models import Person
from yizhan.privacy.asking import queries
from yizhan.privacy.models import DataRequest, Look
from yizhan.privacy.operations import answer_request, enter_request, file_request

SAID = "那天师傅请假了，改到了四号"


def path(name, asked):
    return reverse(f"privacy:{name}", args=[asked.code])


def test_the_answer_is_kept_and_told(world, at, case):
    asked = answer_request(asked=case().asked, words=f" {SAID} ", by=world.by.sun, at=at)

    assert (asked.state, asked.ended_at) == ("done", at)
    assert queries.words_of(asked) == SAID
    step = asked.steps.last()
    assert (step.kind, step.on_behalf_of) == ("done", world.aunt_wang.pk)
    assert told()[-1] == ("request_answered", world.aunt_wang.pk)
    assert SAID in browser(world.aunt_wang).get(path("progress", asked)).text


def test_an_end_asked_for_ends_the_account(world, at, case):
    case("explain")
    asked = case("close").asked
    before = told()

    answer_request(asked=asked, words="已当面核对，已注销", by=world.by.sun, at=at)

    person = Person.objects.get(pk=world.aunt_wang.pk)
    assert (person.forgotten_at, person.phone) == (at, None)
    states = DataRequest.objects.order_by("pk").values_list("kind", "state", "words")
    assert list(states) == [("explain", "withdrawn", None), ("close", "done", None)]
    assert queries.words_of(asked) == ""
    assert told() == before


def test_an_end_asked_for_by_receipt_ends_the_order(world, at):
    order = stories.anonymous(world, at)
    asked = enter_request(
        kind="delete",
        words="",
        identity="in_person",
        person=None,
        record=order,
        by=world.by.sun,
        at=at,
    )
    with refused("still_needed", "还在办"):
        answer_request(asked=asked, words="已全部删除", by=world.by.ma, at=at)
    orders.withdraw(order=order, reason="", by=stories.holder(order), at=at)

    answer_request(asked=asked, words="已全部删除", by=world.by.ma, at=at)

    assert Order.objects.get().words is None
    assert DataRequest.objects.get().state == "done"


def test_not_while_something_is_under_way(world, at, case):
    order = stories.placed(world, at)
    asked = case("delete").asked

    with refused("still_needed", f"您的单子 {order.code} 还在办"):
        answer_request(asked=asked, words="已全部删除", by=world.by.sun, at=at)
    assert DataRequest.objects.get().state == "received"


@pytest.mark.parametrize(
    ("who", "words", "code", "why"),
    [
        ("feng", SAID, "not_your_post", "所在社区或街道"),
        ("qian", SAID, "not_your_post", "所在社区或街道"),
        ("aunt_wang", SAID, "not_your_post", "所在社区或街道"),
        ("sun", "好", "words", "至少 5 个字"),
    ],
)
def test_who_may_not_and_what_is_too_short(world, at, case, who, words, code, why):
    asked = case().asked
    with refused(code, why):
        answer_request(asked=asked, words=words, by=getattr(world.by, who), at=at)


def test_nobody_answers_themselves_and_nobody_twice(world, at, case):
    own = file_request(kind="explain", words=WORDS, by=world.by.sun, at=at)
    with refused("own", "请同事办理"):
        answer_request(asked=own, words=SAID, by=world.by.sun, at=at)
    answer_request(asked=own, words=SAID, by=world.by.ma, at=at)
    with refused("wrong_state", "已经答复"):
        answer_request(asked=own, words=SAID, by=world.by.ma, at=at)


def test_the_desk_shows_what_is_late_first_and_what_is_near(world, at, case, monkeypatch):
    late, near = case("explain").asked, case("copy", who="grandpa_li").asked
    fresh = case("copy").asked
    monkeypatch.setattr("yizhan.privacy.views.desk.now", lambda: at)
    for asked, days in ((late, -1), (near, 2)):
        DataRequest.objects.filter(pk=asked.pk).update(due_at=at + timedelta(days=days))

    text = browser(world.sun).get("/requests/desk").text

    places = [text.index(one.code) for one in (late, near, fresh)]
    assert places == sorted(places)
    assert (text.count("已超期"), text.count("快到期")) == (1, 1)
    assert "信息申请" in browser(world.sun).get("/orders/board").text


def test_the_page_masks_who_it_is_and_opening_it_is_recorded(world, case):
    asked = case().asked

    text = browser(world.sun).get(path("handle", asked)).text

    assert WORDS in text
    assert "王**" in text
    assert "138****0001" in text
    assert "王桂兰" not in text
    look = Look.objects.get()
    assert (look.kind, look.subject_type, look.subject_id) == (
        "open",
        "privacy.datarequest",
        asked.pk,
    )


def test_the_form_answers_and_a_late_one_says_why(world, case):
    asked, client = case().asked, browser(world.sun)

    short = send(client, path("answer_request", asked), words="")
    done = send(client, path("answer_request", asked), words=SAID)
    late = send(client, path("answer_request", asked), words=SAID)

    assert [one.status_code for one in (short, done, late)] == [422, 302, 409]
    assert done.headers["Location"] == "/requests/desk"
    assert "已经答复或撤回" in late.text
    assert SAID in client.get(path("handle", asked)).text


def test_the_desk_prints_a_copy_for_who_asked_for_one_and_it_is_recorded(world, case):
    asked, other = case("copy").asked, case("explain").asked
    client = browser(world.sun)

    text = client.get(path("take_copy", asked)).text

    assert "王桂兰" in text
    assert "孙晓梅 打印" in text
    look = Look.objects.get()
    assert (look.kind, look.subject_id) == ("export", world.aunt_wang.pk)
    assert client.get(path("take_copy", other)).status_code == 404
    assert browser(world.feng).get(path("take_copy", asked)).status_code == 404


def test_outside_the_area_there_is_no_such_request(world, case):
    asked = case().asked
    for who in (world.feng, world.qian, world.chen, world.aunt_wang, world.anju):
        assert browser(who).get(path("handle", asked)).status_code == 404
        for name in ("answer_request", "refuse_request"):
            assert send(browser(who), path(name, asked), words=SAID).status_code == 404


def test_a_street_deals_with_its_own_and_with_who_has_no_home(world, at, case):
    near = case().asked
    Person.objects.filter(pk=world.grandpa_li.pk).update(home=None)
    nowhere = case(who="grandpa_li").asked
    Person.objects.filter(pk=world.chen.pk).update(home=world.regions[QIAONAN])
    far = case(who="chen").asked

    assert set(DataRequest.objects.at_desk(world.by.zhou)) == {near, nowhere}
    assert set(DataRequest.objects.at_desk(world.by.sun)) == {near}
    assert answer_request(asked=nowhere, words=SAID, by=world.by.zhou, at=at).state == "done"
    with refused("not_your_post", "所在社区或街道"):
        answer_request(asked=far, words=SAID, by=world.by.zhou, at=at)
