"""The receipt, finding it again, and who else may look."""

import pytest

from tests.feedback.conftest import WORDS, browser, send
from yizhan.base.actor import ANONYMOUS
from yizhan.base.codes import spaced
from yizhan.feedback import rules
from yizhan.feedback.models import Feedback
from yizhan.feedback.pages import came_from
from yizhan.privacy.models import Look


def test_the_receipt_opens_it_and_writes_no_look(leave):
    left = leave(by=ANONYMOUS)
    page = browser().get(f"/feedback/{left.receipt_code}/")

    assert (page.status_code, WORDS in page.text) == (200, True)
    assert not Look.objects.exists()
    assert browser().get(left.get_absolute_url()).status_code == 302


def test_the_receipt_is_found_by_typing(leave):
    left = leave(by=ANONYMOUS)
    found = send(browser(), "/feedback/look_up", receipt=spaced(left.receipt_code).lower())
    wrong = send(browser(), "/feedback/look_up", receipt="00000-0000-0000")

    assert found.headers["Location"] == f"/feedback/{left.receipt_code}/"
    assert (wrong.status_code, "没有找到这个回执码" in wrong.text) == (422, True)
    assert browser().get("/feedback/look_up").status_code == 200
    assert browser().get("/feedback/0000000000000/").status_code == 404


def test_looking_up_is_limited(leave, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "look_up": "1/m/ip"}
    sent = [send(browser(), "/feedback/look_up", receipt="x").status_code for _ in range(2)]

    assert sent == [422, 409]


def test_ones_own_are_listed(world, leave):
    mine, others = leave(), leave(by=world.by.grandpa_li)
    page = browser(world.aunt_wang).get("/feedback/look_up").text

    assert mine.get_absolute_url() in page
    assert others.get_absolute_url() not in page
    assert browser(world.aunt_wang).get(mine.get_absolute_url()).status_code == 200
    assert browser(world.aunt_wang).get(others.get_absolute_url()).status_code == 404


def test_nobody_sees_more_than_the_rules_say(world, leave, other_street, monkeypatch):
    monkeypatch.setattr(rules, "OFTEN", 99)
    rows = [
        leave(kind, by=by, region=region)
        for kind in Feedback.Kind.values
        for by in (ANONYMOUS, world.by.ma)
        for region in (None, *world.regions.values())
    ]
    for by in (world.by.ma, world.by.zhou, world.by.sun, world.by.aunt_wang, other_street):
        seen = set(Feedback.objects.visible_to(by))
        desk = set(Feedback.objects.on_desk_of(by))
        for row in rows:
            answers, left = rules.answers_for(row, by), rules.is_author(row, by)
            assert (row in seen) == (answers or left)
            assert (row in desk) == (answers and not left)
            assert bool(rules.can_answer_feedback(row, by)) == (row in desk)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("http://testserver/stations/YZ008/?open=1#x", "/stations/YZ008/"),
        ("/orders/48271K3QX9P2W/", "/orders/48271K3QX9P2W/"),
        ("/orders/AB3DEFGH7K/photo/12", "/orders/…/photo/…"),
        ("javascript:alert(1)", ""),
        ("", ""),
        ("/" + "长" * 200, "/" + "长" * 99),
    ],
)
def test_the_page_is_kept_without_what_tells(address, path):
    assert came_from(address) == path


def test_a_receipt_never_stands_in_the_page(leave):
    left = leave()

    assert came_from(f"/feedback/{left.receipt_code}/") == "/feedback/…/"
    assert came_from(f"/orders/{spaced(left.receipt_code)}/slip") == "/orders/…/slip"
