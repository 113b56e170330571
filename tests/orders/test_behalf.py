"""Acting for a person: staff for whoever stands before them, and no more than that."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.orders.stories import at_counter, done_for, entered_for, finished, placed, registered
from tests.orders.traces import heard, refused
from tests.people.cast import refused_code
from tests.world import QIAONAN, wish
from yizhan.orders import operations, rules
from yizhan.orders.models import Order
from yizhan.orders.screens import screen
from yizhan.orders.states import Source
from yizhan.people import operations as people
from yizhan.people.acting import acting_for, card_shown
from yizhan.people.models import Person, Post
from yizhan.ratings.models import Level, Rating, Solved


@pytest.fixture
def zhao_lan(world, at):
    """赵秀兰, registered without a telephone."""
    return registered(world, at)


def acting(by, person, how, at):
    return acting_for(by, person, how=how, day=at.date())


def rate(order, by, at):
    return operations.rate(
        order=order, level=Level.GOOD, solved=Solved.YES, words="好", by=by, at=at
    )


@pytest.mark.parametrize("how", ["in_person", "phone"])
def test_staff_say_how_the_person_was_there(world, at, zhao_lan, how):
    by = acting(world.by.sun, zhao_lan, how, at)

    assert (by.person_id, by.on_behalf_of, by.how) == (world.sun.pk, zhao_lan.pk, how)
    assert by.post_id == world.by.sun.post_id
    assert by.powers == {"people.cards", "orders.enter"}


def test_a_card_that_was_read_is_proof_for_half_an_hour(world, at, zhao_lan, monkeypatch):
    mark = card_shown(zhao_lan)

    assert acting(world.by.sun, zhao_lan, mark, at).how == "card"
    assert acting(world.by.sun, registered(world, at, "钱一"), mark, at) is None
    monkeypatch.setattr("yizhan.people.acting.CARD_SHOWN_FOR", timedelta(seconds=-1))
    assert acting(world.by.sun, zhao_lan, mark, at) is None


@pytest.mark.parametrize("how", ["", "card", "family", "nonsense"])
def test_nothing_else_counts(world, at, zhao_lan, how):
    assert acting(world.by.sun, zhao_lan, how, at) is None


@pytest.mark.parametrize("who", ["feng", "liu", "chen", "zhou", "anju", "aunt_wang", "grandpa_li"])
def test_nobody_else_acts_for_them(world, at, zhao_lan, who):
    assert acting(getattr(world.by, who), zhao_lan, "in_person", at) is None


def test_nobody_acts_for_a_resident_with_an_account(world, at):
    assert acting(world.by.sun, world.aunt_wang, "in_person", at) is None


def test_whoever_acts_for_one_person_does_not_act_for_the_next(world, at, zhao_lan):
    other = registered(world, at, "钱一")
    assert acting(at_counter(world.by.sun, zhao_lan, at), other, "in_person", at) is None


def test_the_order_is_the_person_s_own(world, at, zhao_lan):
    order = entered_for(world, zhao_lan, at)

    assert (order.author_id, order.entered_by_id) == (zhao_lan.pk, world.sun.pk)
    step = order.steps.get()
    assert (step.actor_id, step.on_behalf_of) == (world.sun.pk, zhao_lan.pk)
    assert step.facts["how"] == "in_person"


def test_the_history_says_who_did_it_for_whom(world, at, zhao_lan):
    order = rate(done_for(world, zhao_lan, at), at_counter(world.by.sun, zhao_lan, at), at)

    for who in ("sun", "zhou", "liu"):
        lines = screen(order, getattr(world.by, who), at).lines
        assert [line.who for line in lines if line.label in ("评单", "点单")] == [
            "由渭工路社区代办",
            "由渭工路社区代办",
        ]


def test_a_rating_for_another_is_theirs_and_says_who_gave_it(world, at, zhao_lan):
    order = done_for(world, zhao_lan, at)

    with heard() as told:
        rate(order, at_counter(world.by.sun, zhao_lan, at), at)

    rating = Rating.objects.get()
    assert (rating.person_id, rating.given_by_id) == (zhao_lan.pk, world.sun.pk)
    assert told == [("order_on_behalf", zhao_lan.pk), ("order_rated", world.chen.pk)]


def test_one_s_own_rating_says_nothing_of_the_kind(world, at):
    rate(finished(world, at), world.by.aunt_wang, at)

    assert Rating.objects.get().given_by is None


def test_who_did_the_work_never_rates_it_for_another(world, at, zhao_lan):
    """The clerk takes it herself, and hands it over: her hands were on it all the same."""
    order = done_for(world, zhao_lan, at, unit="C", taker="sun")

    with refused("own_work", "不能代评"):
        rate(order, at_counter(world.by.sun, zhao_lan, at), at)


def test_nor_does_their_unit(world, at, zhao_lan):
    order = done_for(world, zhao_lan, at, unit="C", taker="sun")

    for who in ("qian", "ma"):
        with refused("own_work", "不能代评"):
            rate(order, at_counter(getattr(world.by, who), zhao_lan, at), at)


def test_nor_a_former_member_of_the_unit(world, at, zhao_lan):
    order, day = done_for(world, zhao_lan, at), at.date()
    Post.objects.create(
        person=world.qian, role="member", unit=world.units["B1"], since_date=day, until_date=day
    )

    with refused("own_work", "不能代评"):
        rate(order, at_counter(world.by.qian, zhao_lan, at), at)


def test_nor_whoever_reported_it_done(world, at, zhao_lan):
    order = entered_for(world, zhao_lan, at)
    operations.dispatch(order=order, unit=world.units["B1"], pool=True, by=world.by.sun, at=at)
    operations.accept(order=order, by=world.by.chen, at=at)
    order = operations.finish(order=order, result="好了", by=world.by.sun, at=at)

    with refused("own_work", "不能代评"):
        rate(order, at_counter(world.by.sun, zhao_lan, at), at)
    assert rate(order, at_counter(world.by.qian, zhao_lan, at), at).state == "rated"


def test_without_facts_the_rule_says_no(world, at, zhao_lan):
    order, by = done_for(world, zhao_lan, at), at_counter(world.by.sun, zhao_lan, at)

    assert rules.can_rate(order, by).code == "own_work"


def test_staff_withdraw_answer_and_reopen_for_the_person(world, at, zhao_lan):
    by = at_counter(world.by.qian, zhao_lan, at, "phone")

    asked = operations.ask(
        order=entered_for(world, zhao_lan, at), question="几楼？", by=world.by.sun, at=at
    )
    assert operations.answer(order=asked, words="二楼", by=by, at=at).state == "received"
    order = entered_for(world, zhao_lan, at)
    assert operations.withdraw(order=order, reason="", by=by, at=at).state == "withdrawn"
    done = done_for(world, zhao_lan, at)
    again = operations.reopen(order=done, reason="还不亮", by=by, at=at)
    assert again.state == "received"
    for one in (asked, order, again):
        step = one.steps.last()
        assert (step.on_behalf_of, step.facts["how"]) == (zhao_lan.pk, "phone")


VERBS = ("admit", "ask", "amend", "turn_away", "dispatch", "invite", "send_back", "hand_over",
         "finish", "accept", "decline", "reveal", "undo")  # fmt: skip


def test_meanwhile_staff_have_no_part_of_their_own(world, at, zhao_lan):
    orders = [
        entered_for(world, zhao_lan, at),
        done_for(world, zhao_lan, at, unit="C", taker="sun"),
        placed(world, at),
    ]
    by = at_counter(world.by.sun, zhao_lan, at)

    for order in orders:
        may = screen(order, by, at).may
        assert not [verb for verb in VERBS if may[verb]]
    assert not rules.can_forget_asker(orders[1], by)
    assert not Order.objects.offered_to(by).exists()
    assert not Order.objects.known_to(by).exists()


def test_the_page_keeps_number_and_receipt_to_itself(world, at, zhao_lan):
    order = entered_for(world, zhao_lan, at, contact_phone="13900000000")
    shown = screen(order, at_counter(world.by.qian, zhao_lan, at), at)

    assert (shown.is_asker, shown.phone_open) == (True, False)
    assert "13900000000" not in shown.phone
    assert not rules.holds_receipt(order, at_counter(world.by.sun, zhao_lan, at))


def test_only_the_person_s_orders_of_the_area_are_seen(world, at, zhao_lan):
    here = entered_for(world, zhao_lan, at)
    far = operations.place(
        wish=wish(world, region=world.regions[QIAONAN]),
        by=replace(world.by.aunt_wang, person_id=zhao_lan.pk),
        at=at,
    )
    other = placed(world, at)
    by = at_counter(world.by.sun, zhao_lan, at)

    assert set(Order.objects.visible_to(by, at)) == {here}
    found = [order for order in (here, far, other) if rules.sees(order, by, at)]
    assert found == [here]
    assert not rules.is_asker(far, by)


def test_nobody_enters_for_another_area(world, at, zhao_lan):
    far = wish(world, region=world.regions[QIAONAN])
    by = at_counter(world.by.sun, zhao_lan, at)

    def enter():
        operations.enter(wish=far, source=Source.CALLER, by=by, at=at)

    assert refused_code(enter) == "outside"


def test_a_person_who_is_no_more_served_is_left_alone(world, at, zhao_lan):
    people.issue_card(person=zhao_lan, by=world.by.sun, at=at)
    Person.objects.filter(pk=zhao_lan.pk).update(is_active=False)

    assert acting(world.by.sun, zhao_lan, "in_person", at) is None
