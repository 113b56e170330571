"""A person without a telephone is registered at the counter of their community."""

from datetime import timedelta

import pytest

from tests.orders.stories import registered
from tests.orders.test_accept_race import at_once, codes
from tests.people.cast import refused_code
from tests.world import QIAONAN
from yizhan.base.actor import CLOCK
from yizhan.people import operations, queries
from yizhan.people.acting import actor_for
from yizhan.people.models import Person


def register(world, at, by, **more):
    values = {"name": "赵秀兰", "home": world.weigong, "notice_version": "2026-11"}
    return operations.register_person(**(values | {"anyway": False, "by": by, "at": at} | more))


def test_a_person_is_known_who_cannot_sign_in(world, at):
    person = register(world, at, world.by.sun)

    kept = Person.objects.get(pk=person.pk)
    assert (kept.full_name, kept.home, kept.notice_version) == ("赵秀兰", world.weigong, "2026-11")
    assert (kept.username, kept.phone, kept.phone_index) == (None, None, None)
    assert not kept.has_usable_password()
    [step] = kept.steps
    assert (step.kind, step.actor_id, step.at) == ("registered", world.sun.pk, at)
    assert step.facts == {"notice": "2026-11", "namesakes": 0}


@pytest.mark.parametrize("who", ["sun", "ma", "qian"])
def test_clerk_secretary_and_keeper_register(world, at, who):
    assert register(world, at, getattr(world.by, who))


@pytest.mark.parametrize("who", ["liu", "chen", "zhou", "anju", "aunt_wang"])
def test_others_do_not(world, at, who):
    assert refused_code(lambda: register(world, at, getattr(world.by, who))) == "no_power"


def test_nobody_registers_for_another_area(world, at):
    far = world.regions[QIAONAN]
    assert refused_code(lambda: register(world, at, world.by.sun, home=far)) == "outside"


def test_a_namesake_is_shown_and_staff_decide(world, at):
    register(world, at, world.by.sun)

    spaced = "赵 秀兰"
    again = refused_code(lambda: register(world, at, world.by.sun, name=spaced))
    assert again == "same_name"
    other = register(world, at, world.by.sun, anyway=True)
    assert other.steps.get().facts["namesakes"] == 1
    assert len(queries.namesakes("赵秀兰", world.weigong)) == 2


def test_a_namesake_elsewhere_does_not_matter(world, at):
    register(world, at, world.by.feng, home=world.regions[QIAONAN])

    assert register(world, at, world.by.sun)


def test_residents_with_a_telephone_are_namesakes_too(world, at):
    assert queries.namesakes("王桂兰", world.weigong) == [world.aunt_wang]
    assert refused_code(lambda: register(world, at, world.by.sun, name="王桂兰")) == "same_name"


def test_only_the_newest_are_compared(world, at, monkeypatch):
    monkeypatch.setattr(queries, "COMPARED", 1)
    register(world, at, world.by.sun)

    assert queries.namesakes("王桂兰", world.weigong) == []


def test_whoever_is_registered_is_not_cleaned_away(world, at):
    person = registered(world, at)
    Person.objects.filter(pk=person.pk).update(recorded_at=at - timedelta(days=9))

    operations.forget_unverified(by=CLOCK, at=at)

    assert Person.objects.filter(pk=person.pk).exists()


def test_a_counter_serves_those_registered_in_its_area_only(world, at):
    person = registered(world, at)
    far = registered(world, at, home=world.regions[QIAONAN], by=world.by.feng)

    def served(who):
        return set(Person.objects.served_by(getattr(world.by, who)))

    assert served("sun") == served("ma") == served("qian") == {person}
    assert served("feng") == {far}
    for who in ("liu", "chen", "zhou", "anju", "aunt_wang", "grandpa_li"):
        assert served(who) == set(), who
    assert not Person.objects.served_by(actor_for(world.sun)).exists()


def test_two_desks_register_one_person_once(race_db, at):
    outcomes = at_once([lambda: register(race_db, at, race_db.by.sun) for _ in range(2)])

    assert codes(outcomes) == {"won": 1, "same_name": 1}
