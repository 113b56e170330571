"""不用办了: while it waits."""

import pytest
from django.urls import reverse

from tests.orders.traces import refused
from tests.portal.admin import browser, send
from tests.privacy.cases import WORDS
from yizhan.privacy.models import DataRequest
from yizhan.privacy.operations import answer_request, enter_request, withdraw_request


def test_it_is_taken_back(world, at, case):
    asked = withdraw_request(asked=case().asked, by=world.by.aunt_wang, at=at)

    assert (asked.state, asked.ended_at) == ("withdrawn", at)
    assert [step.kind for step in asked.steps] == ["received", "withdrawn"]


@pytest.mark.parametrize("who", ["grandpa_li", "sun", "chen"])
def test_by_nobody_else(world, at, case, who):
    asked = case().asked
    with refused("not_asker", "提出申请的人"):
        withdraw_request(asked=asked, by=getattr(world.by, who), at=at)


def test_what_staff_wrote_down_the_desk_takes_back_too(world, at):
    asked = enter_request(
        kind="explain",
        words=WORDS,
        identity="by_phone",
        person=world.grandpa_li,
        record=None,
        by=world.by.sun,
        at=at,
    )

    withdraw_request(asked=asked, by=world.by.ma, at=at)

    assert asked.steps.last().on_behalf_of == world.grandpa_li.pk


def test_not_after_the_answer(world, at, case):
    asked = answer_request(asked=case().asked, words="已经说明了", by=world.by.sun, at=at)
    with refused("wrong_state", "已经答复"):
        withdraw_request(asked=asked, by=world.by.aunt_wang, at=at)


def test_the_button(world, case):
    asked, client = case().asked, browser(world.aunt_wang)
    path = reverse("privacy:withdraw_request", args=[asked.code])
    assert path in client.get(asked.get_absolute_url()).text

    assert send(client, path).headers["Location"] == asked.get_absolute_url()
    assert DataRequest.objects.get().state == "withdrawn"
    assert path not in client.get(asked.get_absolute_url()).text
    assert send(client, path).status_code == 409
    assert send(browser(world.sun), path).status_code == 404
