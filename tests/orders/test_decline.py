"""谢绝: free, and known to nobody else."""

import pytest

from tests.orders.door import assert_sent_to, assert_shut
from tests.orders.stories import accepted, dispatched, handing_over, invited
from tests.orders.traces import heard, kinds, last, refused, step
from yizhan.base.actor import ANONYMOUS
from yizhan.orders import operations, whom
from yizhan.orders.models import Invitation, Order


def decline(order, by, at):
    return operations.decline(order=order, by=by, at=at)


def test_no_is_an_answer_and_nothing_follows(world, at):
    order = invited(world, at)
    before = Order.objects.values().get(pk=order.pk)

    with heard() as told:
        decline(order, world.by.chen, at)

    invitation = Invitation.objects.get()
    assert (invitation.state, invitation.version) == ("declined", 2)
    moved = {"from": "sent", "to": "declined"}
    assert last(invitation) == step("declined", world.by.chen, at, **moved)
    assert told == []
    after = Order.objects.values().get(pk=order.pk)
    assert {name: after[name] for name in before if before[name] != after[name]} == {}
    assert kinds(order) == ["placed", "dispatched"]


def test_a_hand_over_can_be_declined_too(world, at):
    order = handing_over(world, at)

    decline(order, world.by.he, at)
    order.refresh_from_db()
    assert (order.state, order.handler, order.version) == ("accepted", world.chen, 3)
    assert Invitation.objects.get().state == "declined"


@pytest.mark.parametrize("who", ["sun", "ma", "liu", "he", "zhou", "aunt_wang"])
def test_the_step_is_for_its_own_person_only(world, at, who):
    order = invited(world, at)
    decline(order, world.by.chen, at)
    invitation = Invitation.objects.get()

    def read(by):
        return [one.kind for one in invitation.steps_for(by)]

    assert read(world.by.chen) == ["invited", "declined"]
    assert read(getattr(world.by, who)) == ["invited"]
    assert read(ANONYMOUS) == ["invited"]


def test_the_list_of_candidates_does_not_tell(world, at):
    order = invited(world, at)
    before = whom.candidates(order, at)
    decline(order, world.by.chen, at)

    assert whom.candidates(order, at) == before
    assert [one.post.person for one in before if one.is_asked] == [world.chen]


@pytest.mark.parametrize("who", ["sun", "ma", "liu", "zhou", "aunt_wang"])
def test_no_page_changes_by_a_single_letter(world, at, door, who):
    order, visitor = invited(world, at), door(who)
    names = ["mine"] if who == "aunt_wang" else ["board", "table"]

    def seen():
        pages = [visitor.get("show", order).text, *(visitor.get(name).text for name in names)]
        return [without_tokens(page) for page in pages]

    before = seen()
    decline(order, world.by.chen, at)
    assert seen() == before
    assert "谢绝</b>" not in before[0]


def without_tokens(page):
    """A page without what is new on every load."""
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_the_person_sees_the_own_answer_and_is_not_offered_it_again(world, at, door):
    order = invited(world, at)
    decline(order, world.by.chen, at)

    assert "您已回复这次不方便" in door("chen").get("offer", order).text
    assert not Order.objects.offered_to(world.by.chen).exists()


@pytest.mark.parametrize("who", ["he", "liu", "sun", "zhao"])
def test_who_was_not_asked_cannot_decline(world, at, who):
    order = invited(world, at)

    with refused("not_invited", "没有等您回应的邀请"):
        decline(order, getattr(world.by, who), at)


def test_what_lies_in_the_pool_cannot_be_declined(world, at):
    order = dispatched(world, at)

    with refused("not_invited", "没有等您回应的邀请"):
        decline(order, world.by.chen, at)


def test_not_twice(world, at):
    order = invited(world, at)
    decline(order, world.by.chen, at)

    with refused("not_invited", "没有等您回应的邀请"):
        decline(order, world.by.chen, at)


def test_not_after_accepting(world, at):
    order = invited(world, at)
    operations.accept(order=order, by=world.by.chen, at=at)

    with refused("not_invited", "没有等您回应的邀请"):
        decline(order, world.by.chen, at)


@pytest.mark.parametrize("htmx", [False, True])
def test_the_form_ends_at_the_list_of_offers(world, at, door, htmx):
    answer = door("chen").send("decline", invited(world, at), htmx=htmx)

    assert_sent_to(answer, "/orders/pool", htmx=htmx)
    assert Invitation.objects.get().state == "declined"


def test_outside(world, at, door):
    assert_shut(door, "decline", invited(world, at))


def test_late_the_invited_person_is_told_it_is_gone(world, at, door):
    order = invited(world, at, world.chen, world.he)
    operations.accept(order=order, by=world.by.he, at=at)

    answer = door("chen").send("decline", order)
    assert (answer.status_code, "没有等您回应的邀请" in answer.text) == (409, True)
    assert "三单元的楼道灯不亮" not in answer.text


def test_a_double_tap_is_one_answer(world, at, door):
    order, member = invited(world, at), door("chen")
    for _ in range(2):
        assert_sent_to(member.send("decline", order, command_id="tap"), "/orders/pool")

    assert kinds(Invitation.objects.get()) == ["invited", "declined"]


def test_nothing_is_offered_of_what_is_taken(world, at):
    accepted(world, at)

    assert not Order.objects.offered_to(world.by.he).exists()
