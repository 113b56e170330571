import pytest
from django.core.cache import cache

from tests.people import cast
from yizhan.base.actor import CLOCK
from yizhan.people.acting import actor_for


@pytest.fixture
def town(world):
    """People with accounts, and no earlier attempts counted against them."""
    cache.clear()
    return cast.load()


@pytest.fixture
def sent(settings):
    """The text messages that went out."""
    settings.SMS_SENDER = "tests.people.cast.KeptSender"
    cast.KeptSender.messages = []
    return cast.KeptSender.messages


@pytest.fixture
def guard(town):
    """The security administrator, who keeps accounts."""
    return actor_for(town.guard, town.guard_post)


@pytest.fixture
def clock():
    return CLOCK
