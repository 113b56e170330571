"""Somebody has lost their telephone."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from tests.people.cast import refused_code
from yizhan.people import operations
from yizhan.people.acting import actor_for


def test_reset_second_factor(town, guard, at):
    totp.TOTP.activate(town.clerk, totp.generate_totp_secret())
    totp.TOTP.activate(town.member, totp.generate_totp_secret())
    person = operations.reset_second_factor(person=town.clerk, by=guard, at=at)
    assert [row.user for row in Authenticator.objects.all()] == [town.member]
    [step] = person.steps
    assert (step.kind, step.actor_id, step.facts) == ("second_factor_reset", guard.person_id, {})


def test_who_may_not(town, guard, at):
    def refused(person, by):
        return refused_code(lambda: operations.reset_second_factor(person=person, by=by, at=at))

    assert refused(town.guard, guard) == "own_second_factor"
    assert refused(town.member, actor_for(town.clerk, town.clerk_post)) == "no_power"
