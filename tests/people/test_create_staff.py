"""Opening, changing and ending accounts and posts."""

from datetime import date, timedelta

import pytest

from tests.people.cast import PASSWORD
from yizhan.base.verdict import Refused
from yizhan.people import operations
from yizhan.people.acting import actor_for
from yizhan.people.models import Person, Post

DAY = date(2026, 11, 22)


def create(town, by, at, **changes):
    wanted = {
        "name": "李工",
        "username": "t.li",
        "phone": "13900010009",
        "unit": town.community,
        "role": "clerk",
    }
    return operations.create_staff(**{**wanted, **changes}, by=by, at=at)


def refused_code(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def test_create_staff(town, guard, at):
    new = create(town, guard, at)
    person = Person.objects.get(username="t.li")
    assert person.check_password(new.password)
    assert person.has_one_time_password
    assert (person.full_name, person.phone.open()) == ("李工", "13900010009")
    assert (new.post.role, new.post.since_date, new.post.until_date) == ("clerk", DAY, None)
    [step] = new.post.steps
    assert (step.kind, step.actor_id, step.post_id) == (
        "appointed",
        guard.person_id,
        guard.post_id,
    )
    assert step.facts == {"person": person.pk, "role": "clerk", "unit": town.community.pk}
    assert [row.kind for row in person.steps] == ["created"]
    assert new.password not in repr(person.__dict__)


def test_passwords_are_long_and_never_the_same(town):
    made = {operations.one_time_password() for _ in range(50)}
    assert len(made) == 50
    assert {len(password) for password in made} == {19}


def test_the_command_line_may(town, clock, at):
    assert create(town, clock, at).post.role == "clerk"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"username": "t.sun"}, "username_taken"),
        ({"phone": "13900010001"}, "phone_taken"),
        ({"role": "king"}, "unknown_role"),
    ],
)
def test_what_cannot_be_opened(town, guard, at, changes, code):
    assert refused_code(lambda: create(town, guard, at, **changes)) == code
    assert not Person.objects.filter(username="t.li").exists()


def test_only_the_security_administrator_may(town, at):
    clerk = actor_for(town.clerk, town.clerk_post)
    assert refused_code(lambda: create(town, clerk, at)) == "no_power"
    assert (
        refused_code(lambda: operations.relieve(post=town.member_post, until=DAY, by=clerk, at=at))
        == "no_power"
    )


def appoint(town, guard, at, **changes):
    wanted = {"person": town.aunt, "role": "volunteer", "unit": town.branch, "since": DAY}
    return operations.appoint(**{**wanted, **changes}, by=guard, at=at)


def test_appoint_until_a_day(town, guard, at):
    made = appoint(town, guard, at, until=DAY + timedelta(days=30))
    assert list(Post.objects.on(DAY).filter(person=town.aunt)) == [made]
    assert not Post.objects.on(DAY + timedelta(days=31)).filter(person=town.aunt)


def test_dates_in_order(town, guard, at):
    day_before = DAY - timedelta(days=1)
    assert refused_code(lambda: appoint(town, guard, at, until=day_before)) == "dates"


def test_no_post_in_a_unit_that_has_ended(town, guard, at):
    town.branch.ended_date = DAY
    assert refused_code(lambda: appoint(town, guard, at)) == "unit_ended"


def test_relieve(town, guard, at):
    post = operations.relieve(post=town.clerk_post, until=DAY, by=guard, at=at)
    assert Post.objects.get(pk=post.pk).until_date == DAY
    [step] = post.steps
    assert (step.kind, step.facts) == ("relieved", {"until": "2026-11-22"})
    assert Post.objects.on(DAY).filter(pk=post.pk).exists()
    assert not Post.objects.on(DAY + timedelta(days=1)).filter(pk=post.pk).exists()
    again = refused_code(lambda: operations.relieve(post=post, until=DAY, by=guard, at=at))
    assert again == "relieved"


def test_relieve_not_before_it_began(town, guard, at):
    early = date(2025, 1, 1)
    assert (
        refused_code(lambda: operations.relieve(post=town.clerk_post, until=early, by=guard, at=at))
        == "dates"
    )


def test_reset_password(town, guard, at):
    new = operations.reset_password(person=town.clerk, by=guard, at=at)
    kept = Person.objects.get(pk=town.clerk.pk)
    assert kept.check_password(new.password)
    assert not kept.check_password(PASSWORD)
    assert kept.has_one_time_password


def test_whose_password_is_not_reset(town, guard, at):
    assert (
        refused_code(lambda: operations.reset_password(person=town.aunt, by=guard, at=at))
        == "no_password"
    )
    assert (
        refused_code(lambda: operations.reset_password(person=town.guard, by=guard, at=at))
        == "own_password"
    )


def test_the_one_time_password_opens_the_door(town, guard, at, client):
    new = create(town, guard, at)
    answer = client.post("/accounts/login/", {"login": "t.li", "password": new.password})
    assert answer.headers["Location"] == "/"
