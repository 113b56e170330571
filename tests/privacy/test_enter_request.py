"""代录申请: staff write it down for who has no phone, after checking who it is."""

import pytest

from tests.orders import stories
from tests.orders.traces import refused
from tests.portal.admin import browser, send
from tests.privacy.cases import WORDS, told
from tests.world import QIAONAN, WEIGONG
from yizhan.orders.models import Order
from yizhan.people import operations as people
from yizhan.people.models import Person
from yizhan.privacy.models import DataRequest, Look
from yizhan.privacy.operations import enter_request

PAGE = "/requests/enter_request"
SAID = {"kind": "explain", "words": WORDS, "identity": "in_person"}


def entered(world, at, who="sun", person="grandpa_li", record=None, **more):
    return enter_request(
        **(SAID | more),
        person=getattr(world, person) if person else None,
        record=record,
        by=getattr(world.by, who),
        at=at,
    )


def test_it_is_kept_for_the_person_and_the_history_says_who_acted(world, at):
    asked = entered(world, at)

    kept = DataRequest.objects.get()
    assert (kept.person, kept.entered_by, kept.identity) == (
        world.grandpa_li,
        world.sun,
        "in_person",
    )
    step = asked.steps.get()
    assert (step.actor_id, step.post_id, step.on_behalf_of) == (
        world.sun.pk,
        world.by.sun.post_id,
        world.grandpa_li.pk,
    )
    assert told() == [
        ("request_received", world.grandpa_li.pk),
        ("request_arrived", world.ma.pk),
    ]


def test_it_goes_to_the_desk_of_the_home_and_stays_in_sight(world, at):
    Person.objects.filter(pk=world.grandpa_li.pk).update(home=world.regions[QIAONAN])
    world.grandpa_li.refresh_from_db()

    asked = entered(world, at)

    assert asked.region_code == QIAONAN
    assert [asked in DataRequest.objects.at_desk(by) for by in (world.by.feng, world.by.sun)] == [
        True,
        True,
    ]
    assert asked not in DataRequest.objects.at_desk(world.by.ma)


def test_without_an_account_it_is_about_the_order_of_a_receipt(world, at):
    order = stories.anonymous(world, at)

    asked = entered(world, at, person=None, record=order, kind="delete")

    assert (asked.subject_type, asked.subject_id) == ("orders.order", order.pk)
    assert (asked.person_id, asked.region_code) == (None, WEIGONG)
    assert told()[0] == ("request_received", "13800000001")
    with refused("waiting", "同样的申请"):
        entered(world, at, person=None, record=order, kind="delete")


@pytest.mark.parametrize(
    ("who", "more", "code", "words"),
    [
        ("qian", {}, "not_your_post", "社区和街道"),
        ("chen", {}, "not_your_post", "社区和街道"),
        ("sun", {"identity": "signed_in"}, "identity", "请先核对"),
        ("sun", {"identity": ""}, "identity", "请先核对"),
        ("sun", {"person": "sun"}, "own", "自己的账号"),
        ("sun", {"words": "错"}, "words", "至少 5 个字"),
    ],
)
def test_what_is_not_written_down(world, at, who, more, code, words):
    with refused(code, words):
        entered(world, at, who, **more)


def test_the_form_finds_by_number_and_the_search_is_recorded(world):
    answer = send(browser(world.sun), PAGE, **SAID, phone="138 0000 0011", receipt="")

    asked = DataRequest.objects.get()
    assert answer.headers["Location"] == f"/requests/{asked.code}/handle"
    assert asked.person == world.grandpa_li
    assert Look.objects.get(kind="search").subject_id == world.grandpa_li.pk


def test_the_form_finds_by_receipt(world, at):
    order = stories.anonymous(world, at)

    send(browser(world.sun), PAGE, **SAID, phone="", receipt=order.receipt_code.lower())

    assert DataRequest.objects.get().subject_id == order.pk


def test_the_form_finds_by_card(world, at):
    person = stories.registered(world, at)
    card = people.issue_card(person=person, by=world.by.sun, at=at)

    send(browser(world.sun), PAGE, **SAID, phone="", receipt=card.code.open())

    assert DataRequest.objects.get().person == person


def test_the_form_says_what_is_missing_and_whom_it_did_not_find(world, at):
    client = browser(world.sun)
    stories.placed(world, at)
    receipt = Order.objects.get().receipt_code
    cases = [
        ({"phone": "", "receipt": ""}, "填一个"),
        ({"phone": "13800000011", "receipt": receipt}, "填一个"),
        ({"phone": "13911112222", "receipt": ""}, "没有找到登记这个手机号的人"),
        ({"phone": "", "receipt": receipt}, "是用账号点的"),
        ({"phone": "", "receipt": "12"}, "13 位"),
        ({"phone": "13800000011", "receipt": "", "identity": ""}, "请先核对"),
    ]

    for fields, words in cases:
        answer = send(client, PAGE, **(SAID | fields))
        assert (answer.status_code, words in answer.text) == (422, True), fields
        assert WORDS in answer.text
    assert not DataRequest.objects.exists()
    assert Look.objects.filter(kind="search").count() == 1


def test_a_street_cannot_search_by_number(world):
    answer = send(browser(world.zhou), PAGE, **SAID, phone="13800000011", receipt="")

    assert answer.status_code == 409
    assert "不能按电话号码查人" in answer.text


def test_others_find_no_such_page(world):
    for who in (world.aunt_wang, world.chen, world.qian, world.liu, world.anju):
        for path in (PAGE, "/requests/desk"):
            assert browser(who).get(path).status_code == 404
        assert send(browser(who), PAGE, **SAID, receipt="1").status_code == 404
    assert browser().get(PAGE).status_code == 302
