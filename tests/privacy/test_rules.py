"""Who may agree for whom, and who may see minors: facts only, the database is blocked."""

import pytest

from yizhan.base.actor import ANONYMOUS, CLOCK, Actor, Kind
from yizhan.people.models import Person
from yizhan.people.roles import ROLES
from yizhan.privacy import rules
from yizhan.privacy.models import Ward
from yizhan.privacy.purposes import PURPOSES
from yizhan.privacy.rules import Manner, Standing
from yizhan.regions.models import Region

HERE, FAR = "610302002002", "610302005013"
PERSON = Person(pk=1, home=Region(code=HERE), phone_index=b"1", phone_verified_at="2026-11-01")
ON = Standing(is_given=True, number=1, counts=True, in_force=1)
OLD = Standing(is_given=True, number=1, counts=True, in_force=2)
ENDED = Standing(is_given=True, number=1, counts=False, in_force=2)
OFF = Standing(in_force=2)
WHY = "核对报名"


def staff(role, *, area=HERE, behalf=1, number=2):
    return Actor(
        kind=Kind.PERSON,
        person_id=number,
        role=role,
        powers=ROLES[role].powers,
        area=area if ROLES[role].reach == "region" else "",
        on_behalf_of=behalf,
    )


OWN = Actor(kind=Kind.PERSON, person_id=1)


@pytest.mark.parametrize("role", ROLES)
def test_who_writes_down_consents_and_sees_wards(role):
    counter = role in ("clerk", "secretary")
    ward = Ward(guardian=PERSON)
    assert bool(rules.can_answer_for(PERSON, staff(role))) == counter
    assert bool(rules.can_keep_consents(staff(role))) == counter
    assert bool(rules.can_stop_for(PERSON, staff(role))) == (counter or role == "street_office")
    assert bool(rules.can_list_wards(staff(role), reason=WHY)) == counter
    assert bool(rules.can_open_ward(ward, staff(role), reason=WHY)) == counter
    assert not rules.can_open_ward(ward, staff(role, area=FAR), reason=WHY)
    assert not rules.can_answer_for(PERSON, staff(role, area=FAR))
    assert not rules.can_answer_for(PERSON, staff(role, behalf=None))
    assert not rules.can_answer_for(PERSON, staff(role, behalf=9))
    assert not rules.can_open_ward(ward, staff(role), reason="看看")


@pytest.mark.parametrize("by", [ANONYMOUS, CLOCK, Actor(kind=Kind.TOKEN, person_id=1)])
def test_no_machine_agrees_for_anybody(by):
    assert rules.can_answer_for(PERSON, by).code == "not_self"
    assert rules.can_register_ward(PERSON, by).code == "not_self"


@pytest.mark.parametrize(
    ("now", "give", "withdraw"),
    [(OFF, "", "not_given"), (ON, "given", ""), (OLD, "", ""), (ENDED, "", "")],
    ids=["off", "on", "older", "ended"],
)
def test_what_holds_decides_what_can_be_done(now, give, withdraw):
    purpose = PURPOSES["public_name"]
    verdict = rules.can_give_consent(purpose, PERSON, OWN, now, now.in_force, Manner())
    assert verdict.code == give
    assert rules.can_withdraw_consent(PERSON, OWN, now).code == withdraw
    unpublished = Standing()
    assert rules.can_give_consent(purpose, PERSON, OWN, unpublished, 0, Manner()).code == "no_text"


def test_a_guardian_has_a_verified_number():
    assert rules.can_register_ward(PERSON, OWN)
    assert rules.can_register_ward(Person(pk=1, phone_index=b"1"), OWN).code == "no_phone"
    unknown = Person(pk=1, phone_verified_at="2026-11-01")
    assert rules.can_register_ward(unknown, OWN).code == "no_phone"
