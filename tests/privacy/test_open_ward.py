"""A minor's record opens for staff with a written reason, and each sight of it is kept."""

from datetime import timedelta

import pytest

from tests.people.cast import refused_code
from tests.privacy.papers import browser, ward_of, withdraw
from yizhan.privacy import queries
from yizhan.privacy.models import Look
from yizhan.privacy.operations import open_ward

WHY = "核对周六手工课的报名"


@pytest.fixture
def ward(published, at):
    return ward_of(published, at)


def test_a_reason_opens_it_and_is_kept(published, ward, at):
    look = open_ward(ward=ward, reason=f" {WHY} ", by=published.by.sun, at=at)

    assert (look.kind, look.subject_type, look.subject_id) == ("open", "privacy.ward", ward.pk)
    assert (look.purpose, look.actor_id, look.post_id, look.at) == (
        WHY,
        published.sun.pk,
        published.by.sun.post_id,
        at,
    )


def test_refusals(published, ward, at):
    world = published
    wrong = (
        ("reason", world.by.sun, "看看"),
        ("reason", world.by.sun, "   "),
        ("outside", world.by.feng, WHY),
        ("no_power", world.by.qian, WHY),
        ("no_power", world.by.zhou, WHY),
        ("no_power", world.by.chen, WHY),
        ("no_power", world.by.grandpa_li, WHY),
    )
    for code, by, reason in wrong:
        values = {"ward": ward, "reason": reason, "by": by, "at": at}
        assert refused_code(lambda values=values: open_ward(**values)) == code
    withdraw(world, at, "ward", ward_code=ward.code)
    assert refused_code(lambda: open_ward(ward=ward, reason=WHY, by=world.by.sun, at=at)) == "ended"
    assert not Look.objects.exists()


def test_the_auditor_s_year(published, ward, at):
    year = timedelta(days=365)
    open_ward(ward=ward, reason="去年的一次查看", by=published.by.sun, at=at - year)
    open_ward(ward=ward, reason=WHY, by=published.by.ma, at=at)

    (look,) = queries.looks_at_wards(at - timedelta(days=1))
    assert (look.purpose, look.actor) == (WHY, published.ma)
    assert queries.looks_at_wards(at - year).count() == 2
    newest, oldest = queries.explained(queries.looks_at_wards(at - year))
    assert (newest.ward, newest.post.role) == (ward, "secretary")
    assert (oldest.look.purpose, oldest.post.role) == ("去年的一次查看", "clerk")


# The page


def test_the_page_shows_nothing_until_a_reason_is_sent(published, ward):
    client, path = browser(published.sun), f"/wards/{ward.code}/open_ward"
    page = client.get(f"{path}?reason={WHY}")
    assert page.status_code == 200
    assert "豆豆" not in page.text
    assert not Look.objects.exists()

    for reason in ("", "看看"):
        answer = client.post(path, {"reason": reason})
        assert answer.status_code == 422
        assert "豆豆" not in answer.text
    assert not Look.objects.exists()

    answer = client.post(path, {"reason": WHY, "command_id": "1"})
    assert answer.status_code == 200
    assert "豆豆" in answer.text
    assert "王*" in answer.text
    assert "13800000001" not in answer.text
    client.post(path, {"reason": WHY, "command_id": "1"})
    assert [look.purpose for look in Look.objects.all()] == [WHY, WHY]

    mine = browser(published.aunt_wang).get("/me/wards/").text
    assert WHY in mine
    assert "渭工路社区" in mine


@pytest.mark.parametrize("who", ["feng", "qian", "zhou", "chen", "grandpa_li", "aunt_wang"])
def test_the_page_is_unknown_to_others(published, ward, who):
    client, path = browser(getattr(published, who)), f"/wards/{ward.code}/open_ward"
    assert client.get(path).status_code == 404
    assert client.post(path, {"reason": WHY}).status_code == 404
    assert not Look.objects.exists()


def test_a_guardian_among_the_staff_does_not_open_the_own_child_as_staff(published, at):
    ward = ward_of(published, at, guardian=published.sun, by=published.by.sun)
    assert (
        browser(published.sun).post(f"/wards/{ward.code}/open_ward", {"reason": WHY}).status_code
        == 404
    )
    assert (
        browser(published.ma).post(f"/wards/{ward.code}/open_ward", {"reason": WHY}).status_code
        == 200
    )


def test_an_ended_ward_is_unknown(published, ward, at):
    withdraw(published, at, "ward", ward_code=ward.code)
    answer = browser(published.sun).post(f"/wards/{ward.code}/open_ward", {"reason": WHY})
    assert answer.status_code == 404


@pytest.mark.django_db
def test_the_api_knows_no_wards_and_no_consents(client):
    paths = client.get("/api/openapi.json").json()["paths"]
    assert not [path for path in paths if "ward" in path or "consent" in path]
