"""Name, number and every way to sign in go; the row, its id and its history stay."""

from dataclasses import replace

from allauth.mfa.models import Authenticator
from django.test import Client

from tests.people.cast import PASSWORD, refused_code
from yizhan.base.actor import CLOCK
from yizhan.people import operations
from yizhan.people.acting import actor_for
from yizhan.people.models import Person


def test_what_tells_who_it_is_goes(town, at):
    Authenticator.objects.create(user=town.clerk, type="totp", data={})
    town.clerk_post.skills = "会水电"
    town.clerk_post.save()

    operations.pseudonymise(person=town.clerk, by=actor_for(town.clerk), at=at)

    person = Person.objects.get(pk=town.clerk.pk)
    assert (person.name, person.phone, person.phone_index, person.username) == (None,) * 4
    assert (person.is_active, person.forgotten_at, person.code) == (False, at, town.clerk.code)
    assert not person.has_usable_password()
    assert not Authenticator.objects.exists()
    assert [post.skills for post in person.posts.all()] == [""]
    step = person.steps.get()
    assert (step.kind, step.facts) == ("forgotten", {})


def test_the_password_opens_nothing_any_more(town, at, settings):
    settings.STAFF_TOTP_REQUIRED = False
    operations.pseudonymise(person=town.clerk, by=actor_for(town.clerk), at=at)

    answer = Client().post("/accounts/login/", {"login": "t.sun", "password": PASSWORD})

    assert answer.status_code == 200
    assert "用户名或密码不对" in answer.text


def test_only_oneself_or_on_ones_behalf_and_once(town, at, guard):
    def by(actor):
        return lambda: operations.pseudonymise(person=town.aunt, by=actor, at=at)

    assert refused_code(by(guard)) == "not_self"
    assert refused_code(by(CLOCK)) == "not_self"
    by(replace(actor_for(town.clerk, town.clerk_post), on_behalf_of=town.aunt.pk))()
    assert refused_code(by(actor_for(town.aunt))) == "forgotten"
