"""退回: the unit to the community, the handler to the unit."""

from datetime import timedelta

import pytest

from tests.orders.door import assert_fragment, assert_kept, assert_late, assert_sent_to, assert_shut
from tests.orders.stories import accepted, dispatched, finished, handing_over, invited, placed
from tests.orders.traces import heard, last, refused, step
from yizhan.orders import operations
from yizhan.orders.models import Invitation, Order


def send_back(order, by, at):
    return operations.send_back(order=order, reason="没有梯子", by=by, at=at)


def clerks(world):
    return [("order_sent_back", world.sun.pk), ("order_sent_back", world.ma.pk)]


def test_the_unit_returns_it_to_the_community(world, at):
    order = dispatched(world, at)

    with heard() as told:
        order = send_back(order, world.by.liu, at)

    assert (order.state, order.version) == ("received", 3)
    assert (order.unit, order.pool, order.handler) == (None, False, None)
    moved = {"from": "dispatched", "to": "received", "reason": "other"}
    assert last(order) == step("sent_back", world.by.liu, at, words="没有梯子", **moved)
    assert told == sorted(clerks(world))


def test_the_property_company_may_too(world, at):
    order = operations.dispatch(
        order=placed(world, at), unit=world.units["P"], pool=False, by=world.by.sun, at=at
    )

    assert send_back(order, world.by.anju, at).state == "received"


def test_the_handler_returns_it_to_the_unit_for_anyone(world, at):
    order = operations.accept(order=invited(world, at), by=world.by.chen, at=at)
    assert order.door_word

    with heard() as told:
        order = send_back(order, world.by.chen, at)

    assert (order.state, order.version) == ("dispatched", 4)
    assert (order.unit, order.pool, order.handler) == (world.units["B1"], True, None)
    assert order.door_word == ""
    moved = {"from": "accepted", "to": "dispatched", "reason": "other"}
    assert last(order) == step("sent_back", world.by.chen, at, words="没有梯子", **moved)
    assert set(clerks(world)) <= set(told)
    assert ("order_sent_back", world.aunt_wang.pk) not in told


def test_a_colleague_can_then_take_it(world, at):
    order = send_back(accepted(world, at), world.by.chen, at)

    assert operations.accept(order=order, by=world.by.he, at=at).handler == world.he


@pytest.mark.parametrize(("story", "who"), [(invited, "liu"), (handing_over, "chen")])
def test_invitations_that_wait_lapse(world, at, story, who):
    order = story(world, at)

    send_back(order, getattr(world.by, who), at)
    assert Invitation.objects.get().state == "lapsed"
    invitation = Invitation.objects.get()
    moved = {"from": "sent", "to": "lapsed"}
    assert last(invitation) == step("lapsed", getattr(world.by, who), at, **moved)


@pytest.mark.parametrize("who", ["aunt_wang", "chen", "sun", "zhou", "zhao", "anju"])
def test_nobody_else_returns_what_was_dispatched(world, at, who):
    order = dispatched(world, at)

    with refused("not_your_post", "只有承办人或承办单位可以退回"):
        send_back(order, getattr(world.by, who), at)


def test_the_unit_does_not_return_what_its_member_is_doing(world, at):
    order = accepted(world, at)

    with refused("wrong_state", "现在不能退回"):
        send_back(order, world.by.liu, at)


def test_the_handler_does_not_return_what_is_done(world, at):
    order = finished(world, at)

    with refused("wrong_state", "这张单子已不在您手上"):
        send_back(order, world.by.chen, at)


def test_the_unit_returns_it_by_a_plain_form_and_no_longer_sees_it(world, at, door):
    order, secretary = dispatched(world, at), door("liu")

    assert_sent_to(
        secretary.send("send_back", order, cause="other", reason="没有梯子"), "/orders/pool"
    )
    order.refresh_from_db()
    assert order.state == "received"
    assert secretary.get("show", order).status_code == 404


@pytest.mark.parametrize("htmx", [False, True])
def test_the_handler_goes_back_to_the_offers(world, at, door, htmx):
    order = accepted(world, at)
    answer = door("chen").send(
        "send_back", order, htmx=htmx, cause="no_capacity", reason="没有梯子"
    )

    assert_sent_to(answer, "/orders/pool", htmx=htmx)
    assert not Order.objects.visible_to(world.by.chen, at).exists()


def test_the_community_reads_the_reason(world, at, door):
    order = send_back(dispatched(world, at), world.by.liu, at)

    assert "没有梯子" in door("sun").get("show", order).text
    assert "没有梯子" not in door("aunt_wang").get("show", order).text


def test_outside(world, at, door):
    assert_shut(door, "send_back", dispatched(world, at), cause="other", reason="没有梯子")


def test_late(world, at, door):
    answer = door("liu").send("send_back", accepted(world, at), cause="other", reason="没有梯子")

    assert_late(answer, "现在不能退回")


def test_a_reason_is_needed(world, at, door):
    answer = door("chen").send("send_back", accepted(world, at), cause="other", reason="累")

    assert_kept(answer, "请写一句退回的原因", "\n累</textarea>")


def test_a_reason_is_needed_in_the_fragment_too(world, at, door):
    answer = door("chen").send("send_back", accepted(world, at), htmx=True, reason="")

    assert_fragment(answer, "请写一句退回的原因", status=422)


def to_community(world, at):
    """Passed up to the street, which gave it to the community."""
    order = operations.admit(order=placed(world, at), by=world.by.sun, at=at)
    operations.escalate(order=order, reason="要几家一起办", by=world.by.ma, at=at)
    unit = world.units["C"]
    return operations.dispatch(order=order, unit=unit, pool=False, by=world.by.zhou, at=at)


def test_a_community_returns_to_the_street_what_is_not_on_its_list(world, at):
    order, by = to_community(world, at), world.by.ma

    with heard() as told:
        order = operations.send_back(
            order=order, reason="执法的事社区没有权", cause="not_on_list", by=by, at=at
        )

    assert (order.state, order.returned_by) == ("escalated", ["C"])
    moved = {"from": "dispatched", "to": "escalated", "reason": "not_on_list"}
    assert last(order) == step("sent_back", by, at, words="执法的事社区没有权", **moved)
    assert ("order_sent_back", world.zhou.pk) in told


def test_the_list_is_a_reason_for_communities_only(world, at, door):
    order = dispatched(world, at)

    with refused("not_a_community", "只用于派给社区的单子"):
        operations.send_back(
            order=order, reason="不在清单", cause="not_on_list", by=world.by.liu, at=at
        )
    offered = door("liu").get("show", order).text
    assert "不属本单位职责" in offered
    assert "不在社区职责清单" not in offered
    assert "不在社区职责清单" in door("ma").get("show", to_community(world, at)).text


def test_the_kind_of_reason_is_needed(world, at, door):
    answer = door("liu").send("send_back", dispatched(world, at), reason="没有梯子")

    assert_kept(answer, "请选一种原因")


def test_the_community_reads_the_kind_of_reason(world, at, door):
    order = dispatched(world, at)
    operations.send_back(
        order=order, reason="没有梯子", cause="no_capacity", by=world.by.liu, at=at
    )

    assert "退回：人手或条件不够" in door("sun").get("show", order).text


def test_the_clock_keeps_running(world, at):
    order = dispatched(world, at)
    before = (order.arrange_by, order.finish_by)

    order = send_back(order, world.by.liu, at + timedelta(days=2))

    order.refresh_from_db()
    assert (order.arrange_by, order.finish_by) == before
