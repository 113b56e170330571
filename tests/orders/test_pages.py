"""The page of one order, for each of its readers, wherever it stands."""

from html import unescape

import pytest

from tests.orders import stories
from tests.orders.door import assert_fragment, assert_sent_to, is_page
from tests.orders.stories import accepted, dispatched
from yizhan.base.codes import spaced
from yizhan.orders import operations
from yizhan.privacy.models import Look

WORDS = "三单元的楼道灯不亮"
JOURNEY = (
    "placed", "asked", "dispatched", "invited", "accepted", "handing_over", "finished", "rated",
    "turned_away", "withdrawn",
)  # fmt: skip
READERS = {"aunt_wang": JOURNEY, "sun": JOURNEY, "ma": JOURNEY, "zhou": JOURNEY,
           "liu": ("dispatched", "invited", "accepted", "handing_over", "finished", "rated"),
           "chen": ("accepted", "handing_over", "finished", "rated")}  # fmt: skip


@pytest.mark.parametrize(
    ("who", "story"), [(who, story) for who in READERS for story in READERS[who]]
)
def test_each_reader_reads_the_order(world, at, door, who, story):
    order = getattr(stories, story)(world, at)
    visitor = door(who)
    page, part = visitor.get("show", order), visitor.get("show", order, htmx=True)

    assert page.status_code == 200
    assert is_page(page)
    assert_fragment(part, WORDS)
    assert WORDS in page.text
    assert "渭工路 18 号院 3 号楼 201" in page.text


@pytest.mark.parametrize("story", JOURNEY)
def test_a_holder_of_the_receipt_reads_it_without_login(world, at, door, story):
    receipt = getattr(stories, story)(world, at).receipt_code
    page = door().get("show", receipt)

    assert page.status_code == 200
    assert WORDS in page.text
    assert spaced(receipt) in page.text


@pytest.mark.parametrize(("who", "looks"), [("sun", 1), ("chen", 1), ("zhou", 1), ("aunt_wang", 0)])
def test_who_opens_anothers_order_is_written_down(world, at, door, who, looks):
    order = accepted(world, at)
    door(who).get("show", order)

    rows = Look.objects.values_list("kind", "subject_id", "actor", "at")
    assert list(rows) == [("open", order.pk, getattr(world, who).pk, at)] * looks


def test_residents_read_plain_words_and_no_inner_matters(world, at, door):
    order = accepted(world, at)
    operations.send_back(order=order, reason="我没有梯子", by=world.by.chen, at=at)
    page = door("aunt_wang").get("show", order).text

    assert "已安排" in page
    assert not [word for word in ("我没有梯子", "退回", "待接单") if word in page]


def test_the_door_word_is_for_the_two_who_meet(world, at, door):
    order = accepted(world, at)

    for who, told in (("aunt_wang", True), ("chen", True), ("sun", False), ("liu", False)):
        assert ("门口暗号" in door(who).get("show", order).text) == told, who
    assert f'<b class="num">{order.door_word}</b>' in door("chen").get("show", order).text
    assert "来人说得出这四个数字" in door("aunt_wang").get("show", order).text


def test_the_offer_of_what_is_mine_leads_to_the_order(world, at, door):
    order = accepted(world, at)

    assert_sent_to(door("chen").get("offer", order), f"/orders/{order.code}/")


def test_the_offer_says_that_somebody_was_quicker(world, at, door):
    page = door("he").get("offer", accepted(world, at))

    assert page.status_code == 200
    assert "这张单子已经有人接了" in page.text
    assert "我来办" not in page.text


def test_the_candidates_of_an_invitation_are_named(world, at, door):
    page = unescape(door("sun").get("show", dispatched(world, at)).text)

    for word in ("陈志远", "何秀英", "刘建国", "在办 0 件"):
        assert word in page
    assert not [word for word in ("党龄", "积分", "排名", "赵敏慧") if word in page]
