"""Short ways to agree, to withdraw, and to have a child registered."""

from dataclasses import replace

from django.test import Client

from yizhan.privacy import operations
from yizhan.privacy.models import Text
from yizhan.privacy.purposes import SHIPPED, WARD
from yizhan.privacy.rules import Manner

PAPER = Manner(channel="counter", paper="同意书 2026-017")
SAID = Manner(channel="phone")


def for_person(by, person):
    """The same actor, acting for somebody at the counter."""
    return replace(by, on_behalf_of=person.pk)


def newest(purpose):
    text = Text.objects.filter(purpose=purpose).order_by("number").last()
    return text.number if text else 0


def give(world, at, purpose="public_name", person=None, by=None, **more):
    """王阿姨 agrees on her own page, unless somebody else is named."""
    more.setdefault("number", newest(purpose))
    return operations.give_consent(
        person=person or world.aunt_wang,
        purpose=purpose,
        by=by or world.by.aunt_wang,
        at=at,
        **more,
    )


def withdraw(world, at, purpose="public_name", person=None, by=None, **more):
    return operations.withdraw_consent(
        person=person or world.aunt_wang,
        purpose=purpose,
        by=by or world.by.aunt_wang,
        at=at,
        **more,
    )


def ward_of(world, at, short_name="豆豆", age_band="8_13", guardian=None, by=None, **more):
    """A child of 王阿姨's, registered with her consent."""
    more.setdefault("number", newest(WARD))
    return operations.register_ward(
        guardian=guardian or world.aunt_wang,
        short_name=short_name,
        age_band=age_band,
        by=by or world.by.aunt_wang,
        at=at,
        **more,
    )


def publish(purpose, body, at, *, asks_again=False, number=None):
    """A new version of some words, in force from the day of `at` on."""
    return Text.objects.create(
        purpose=purpose,
        number=number or newest(purpose) + 1,
        body=body,
        hash=Text.digest_of(body),
        effective_date=at.date(),
        asks_again=asks_again,
    )


def title(purpose):
    return SHIPPED[purpose].name


def browser(person=None):
    """A browser signed in as this person, or as nobody."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client
