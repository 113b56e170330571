"""Changing the post one acts in."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests.people.cast import post


@pytest.fixture
def two_posts(client, town, settings):
    settings.STAFF_TOTP_REQUIRED = False
    street = post(town.clerk, "street_office", town.office)
    client.force_login(town.clerk)
    return street


def acting(client):
    return client.get("/me/").wsgi_request.actor


def test_the_widest_post_comes_first(client, town, two_posts):
    assert acting(client).post_id == two_posts.pk


def test_take_up_another_post(client, town, two_posts):
    answer = client.post("/me/take_up", {"post": town.clerk_post.pk, "next": "/me/"})
    assert answer.headers["Location"] == "/me/"
    assert (acting(client).role, acting(client).area) == ("clerk", "619901001001")
    assert "现在的岗位" in client.get("/me/").text


def test_act_as_a_resident(client, town, two_posts):
    client.post("/me/take_up", {"post": 0})
    assert (acting(client).role, acting(client).powers) == ("", frozenset())


@pytest.mark.parametrize("wanted", ["", "x", "-1"])
def test_nonsense_is_not_found(client, town, two_posts, wanted):
    assert client.post("/me/take_up", {"post": wanted}).status_code == 404


def test_another_persons_post_is_not_found(client, town, two_posts):
    assert client.post("/me/take_up", {"post": town.guard_post.pk}).status_code == 404


def test_a_post_that_ends_is_left(client, town, two_posts):
    client.post("/me/take_up", {"post": town.clerk_post.pk})
    town.clerk_post.until_date = localdate() - timedelta(days=1)
    town.clerk_post.save()
    assert acting(client).post_id == two_posts.pk


def test_only_our_own_pages_come_next(client, town, two_posts):
    answer = client.post("/me/take_up", {"post": 0, "next": "https://example.org/"})
    assert answer.headers["Location"] == "/"


def test_a_get_changes_nothing(client, town, two_posts):
    assert client.get("/me/take_up").status_code == 405
