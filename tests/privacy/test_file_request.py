"""申请: a person asks about their own data."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.orders.traces import refused
from tests.portal.admin import browser, send
from tests.privacy.cases import WORDS, told
from tests.world import WEIGONG
from yizhan.base.actor import ANONYMOUS
from yizhan.clocks.calendar import BEIJING, is_workday
from yizhan.people.models import Person
from yizhan.privacy.models import DataRequest
from yizhan.privacy.operations import file_request

PAGE = "/me/requests/file_request"


def test_it_is_received_with_its_promise_and_both_are_told(world, at):
    asked = file_request(kind="explain", words=WORDS, by=world.by.aunt_wang, at=at)

    kept = DataRequest.objects.get()
    assert (kept.kind, kept.state, kept.identity) == ("explain", "received", "signed_in")
    assert (kept.person_id, kept.entered_by_id, kept.region_code) == (
        world.aunt_wang.pk,
        None,
        WEIGONG,
    )
    assert kept.words.open() == WORDS
    step = asked.steps.get()
    assert (step.kind, step.facts) == ("received", {"what": "explain", "identity": "signed_in"})
    assert told() == [
        ("request_received", world.aunt_wang.pk),
        ("request_arrived", world.sun.pk),
        ("request_arrived", world.ma.pk),
    ]


def test_it_is_due_at_the_close_of_the_fifteenth_working_day(world, at):
    asked = file_request(kind="copy", words="", by=world.by.aunt_wang, at=at)

    first, last = at.astimezone(BEIJING).date(), asked.due_at.astimezone(BEIJING)
    days = [first + timedelta(days=n) for n in range(1, (last.date() - first).days + 1)]
    assert sum(is_workday(day) for day in days) == 15
    assert is_workday(last.date())
    assert last.hour >= 17


def test_without_a_home_it_goes_to_the_street_offices(world, at):
    Person.objects.filter(pk=world.aunt_wang.pk).update(home=None)

    asked = file_request(kind="copy", words="", by=world.by.aunt_wang, at=at)

    assert asked.region_code == "610302"
    assert told()[1:] == [("request_arrived", world.zhou.pk)]


@pytest.mark.parametrize("kind", ["correct", "explain"])
def test_what_is_wrong_or_unclear_must_be_said(world, at, kind):
    with refused("words", "至少 5 个字"):
        file_request(kind=kind, words="  错 ", by=world.by.aunt_wang, at=at)


def test_the_same_is_asked_once_at_a_time(world, at):
    first = file_request(kind="copy", words="", by=world.by.aunt_wang, at=at)
    with refused("waiting", "同样的申请"):
        file_request(kind="copy", words="", by=world.by.aunt_wang, at=at)
    file_request(kind="delete", words="", by=world.by.aunt_wang, at=at)

    DataRequest.objects.filter(pk=first.pk).update(state="done")
    assert file_request(kind="copy", words="", by=world.by.aunt_wang, at=at).pk != first.pk


def test_a_stranger_is_asked_to_sign_in(world, at):
    with refused("not_signed_in", "请先登录"):
        file_request(kind="copy", words="", by=ANONYMOUS, at=at)
    assert browser().get(PAGE).status_code == 302


def test_the_form_takes_it_once_and_shows_the_promise(world):
    client = browser(world.aunt_wang)
    assert 'value="correct"' in client.get(f"{PAGE}?kind=correct").text
    sent = {"kind": "explain", "words": WORDS, "command_id": "one"}
    for _ in range(2):
        answer = client.post(PAGE, sent)
        asked = DataRequest.objects.get()
        assert answer.headers["Location"] == reverse("privacy:progress", args=[asked.code])

    page = client.get(answer.headers["Location"]).text
    assert WORDS in page
    assert "最晚" in page
    assert "请说明为什么" in client.get("/me/requests/").text


def test_the_form_says_what_is_missing(world):
    client = browser(world.aunt_wang)

    nothing = send(client, PAGE)
    short = send(client, PAGE, kind="correct", words="错了")

    assert (nothing.status_code, short.status_code) == (422, 409)
    assert "请选一项" in nothing.text
    assert "请写清楚是哪一条" in short.text
    assert "错了" in short.text


def test_nobody_reads_the_request_of_another(world, case):
    path = reverse("privacy:progress", args=[case("explain").asked.code])

    assert browser(world.grandpa_li).get(path).status_code == 404
    assert browser(world.sun).get(path).status_code == 404
    assert browser().get(path).status_code == 302


def test_the_list_asks_a_constant_number_of_queries(world, at, django_assert_num_queries):
    client = browser(world.aunt_wang)
    client.get("/me/requests/")
    file_request(kind="copy", words="", by=world.by.aunt_wang, at=at)
    with django_assert_num_queries(6):
        client.get("/me/requests/")
    for kind in ("delete", "close"):
        file_request(kind=kind, words="", by=world.by.aunt_wang, at=at)
    with django_assert_num_queries(6):
        client.get("/me/requests/")
