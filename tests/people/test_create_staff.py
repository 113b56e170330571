"""Opening, changing and ending accounts and posts."""

from datetime import date

import pytest

from tests.people.cast import refused_code
from yizhan.people import operations
from yizhan.people.acting import actor_for
from yizhan.people.models import Person
from yizhan.people.passwords import one_time_password

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
    made = {one_time_password() for _ in range(50)}
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


def test_the_one_time_password_opens_the_door(town, guard, at, client):
    new = create(town, guard, at)
    answer = client.post("/accounts/login/", {"login": "t.li", "password": new.password})
    assert answer.headers["Location"] == "/today"
