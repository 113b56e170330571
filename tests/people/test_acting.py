"""Who acts: the powers and the reach of posts."""

from datetime import date, timedelta

import pytest

from tests.people.cast import post
from yizhan.base.actor import ANONYMOUS, Actor, Kind
from yizhan.people.acting import actor_for, actor_of_token, chosen, current_posts
from yizhan.people.models import Token
from yizhan.people.roles import ROLES

DAY = date(2026, 11, 22)


def test_a_resident_has_no_powers(town):
    assert actor_for(town.aunt) == Actor(kind=Kind.PERSON, person_id=town.aunt.pk)


def test_a_region_post_reaches_its_region(town):
    actor = actor_for(town.clerk, town.clerk_post)
    assert actor == Actor(
        kind=Kind.PERSON,
        person_id=town.clerk.pk,
        post_id=town.clerk_post.pk,
        role="clerk",
        powers=ROLES["clerk"].powers,
        area="619901001001",
        unit_id=town.community.pk,
    )
    assert actor.reaches_region("619901001001")
    assert not actor.reaches_region("619901001002")


def test_a_unit_post_reaches_its_unit(town):
    actor = actor_for(town.member, town.member_post)
    assert (actor.area, actor.unit_id, actor.unit_path) == ("", town.branch.pk, town.branch.path)
    assert actor.reaches_unit(town.branch.path)
    assert not actor.reaches_unit(town.community.path)


def test_administrators_reach_nothing(town):
    actor = actor_for(town.guard, town.guard_post)
    assert (actor.area, actor.unit_path, actor.unit_id) == ("", "", town.office.pk)


def test_posts_of_the_day_widest_first(town):
    street = post(town.member, "street_office", town.office)
    clerk = post(town.member, "clerk", town.community)
    post(town.member, "secretary", town.community, until=DAY - timedelta(days=1))
    posts = current_posts(town.member, DAY)
    assert [row.pk for row in posts] == [street.pk, clerk.pk, town.member_post.pk]
    assert vars(posts[0])["has_totp"] is False


def test_the_chosen_post(town):
    street = post(town.member, "street_office", town.office)
    posts = current_posts(town.member, DAY)
    assert chosen(posts, None) == street
    assert chosen(posts, town.member_post.pk) == town.member_post
    assert chosen(posts, 0) is None
    assert chosen(posts, 10**9) == street
    assert chosen([], None) is None


def test_a_key_acts_in_its_post(town, at):
    key = Token.fresh_key()
    Token.objects.create(
        post=town.clerk_post, name="热线", digest=Token.fingerprint(key), ends_at=at + timedelta(1)
    )
    actor = actor_of_token(key, at=at)
    assert actor is not None
    assert (actor.kind, actor.person_id, actor.via) == (Kind.TOKEN, town.clerk.pk, "api")
    assert actor.powers == ROLES["clerk"].powers
    assert actor_of_token(key, at=at + timedelta(days=2)) is None
    assert actor_of_token("another", at=at) is None


@pytest.mark.parametrize("ended", ["post", "person"])
def test_a_key_ends_with_its_post_and_person(town, at, ended):
    key = Token.fresh_key()
    Token.objects.create(
        post=town.clerk_post, name="热线", digest=Token.fingerprint(key), ends_at=at + timedelta(1)
    )
    if ended == "post":
        town.clerk_post.until_date = DAY - timedelta(days=1)
        town.clerk_post.save()
    else:
        town.clerk.is_active = False
        town.clerk.save()
    assert actor_of_token(key, at=at) is None


def test_anonymous_visitors_cost_no_query(client, town, django_assert_num_queries):
    with django_assert_num_queries(0):
        request = client.get("/accounts/login/code/").wsgi_request
    assert request.actor == ANONYMOUS
    assert request.posts == []
