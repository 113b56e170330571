"""Receipts: a code that opens one order without an account, on screen and on paper."""

import pytest

from tests.orders.door import assert_kept, assert_sent_to
from tests.orders.stories import anonymous, placed
from yizhan.base.codes import receipt_code, spaced

WORDS = "三单元的楼道灯不亮"


def test_a_receipt_is_read_however_it_is_typed(world, at, door):
    receipt = anonymous(world, at).receipt_code

    assert door().get("show", spaced(receipt).lower()).status_code == 200


def test_an_unknown_receipt_is_404(world, at, door):
    anonymous(world, at)
    assert door().get("show", receipt_code()).status_code == 404


def test_looking_up_a_receipt(world, at, door):
    receipt = anonymous(world, at).receipt_code

    answer = door().send("look_up", receipt=f" {spaced(receipt).lower()} ")
    assert_sent_to(answer, f"/orders/{receipt}/")
    answer = door().send("look_up", htmx=True, receipt=receipt)
    assert_sent_to(answer, f"/orders/{receipt}/", htmx=True)


@pytest.mark.parametrize("typed", ["48271-K3QX-9P2W", "abc", "1" * 13])
def test_a_wrong_receipt_is_said_and_stays(world, door, typed):
    assert_kept(door().send("look_up", receipt=typed), "没有找到这个回执码", f'value="{typed}"')


def test_no_receipt_is_said(world, door):
    assert_kept(door().send("look_up", receipt=""), "请填回执上的 13 位回执码")


def test_guessing_receipts_is_slowed_down(world, door, settings):
    limits = settings.ACCOUNT_RATE_LIMITS
    assert "look_up" in limits
    settings.ACCOUNT_RATE_LIMITS = {**limits, "look_up": "2/m/ip"}
    visitor = door()
    sent = [visitor.send("look_up", receipt="48271K3QX9P2W").status_code for _ in range(3)]

    assert sent == [422, 422, 409]


@pytest.mark.parametrize("who", ["aunt_wang", ""])
def test_the_slip_carries_the_receipt_and_a_code_to_scan(world, at, door, who):
    order = placed(world, at)
    page = door(who).get("slip", order if who else order.receipt_code)

    assert page.status_code == 200
    for word in (spaced(order.receipt_code), "渭工路社区", "家庭小修", "<svg"):
        assert word in page.text
    assert not [word for word in (WORDS, "13800000001", "3 号楼") if word in page.text]
