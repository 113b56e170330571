"""The desks beside the board: every one that is shown opens, and no other does."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.world import SINCE
from yizhan.people.acting import actor_for
from yizhan.people.models import Post
from yizhan.people.roles import ROLES
from yizhan.portal.desks import DESKS, desks


@pytest.fixture(autouse=True)
def one_factor(settings):
    settings.STAFF_TOTP_REQUIRED = False


@pytest.mark.parametrize("role", sorted(ROLES))
def test_what_is_shown_opens_and_nothing_else(world, role):
    unit = world.units["B1" if ROLES[role].reach == "unit" else "C"]
    post = Post.objects.create(person=world.grandpa_li, role=role, unit=unit, since_date=SINCE)
    client = Client()
    client.force_login(world.grandpa_li)
    shown = set(desks(actor_for(world.grandpa_li, post)))

    for desk in DESKS:
        expected = 200 if desk in shown else 404
        assert client.get(reverse(desk.page)).status_code == expected, desk.label


def test_the_day_leads_to_them(world, at):
    client = Client()
    client.force_login(world.ma)
    text = client.get("/today").text

    for desk in desks(world.by.ma):
        assert reverse(desk.page) in text
    assert len(desks(world.by.ma)) > 4
