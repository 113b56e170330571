"""The list of an area opens with a reason, and each child on it learns of the look."""

import pytest

from tests.people.cast import refused_code
from tests.privacy.papers import browser, ward_of, withdraw
from yizhan.privacy import queries
from yizhan.privacy.models import Look
from yizhan.privacy.operations import list_wards

WHY, PAGE = "安排寒假托管的名额", "/wards/list_wards"


@pytest.fixture
def region(published):
    return published.regions["610302002002"]


def test_one_look_at_the_area_and_one_at_each_ward(published, region, at):
    first, second = ward_of(published, at), ward_of(published, at, "苗苗", "under_8")
    gone = ward_of(published, at, "小石头")
    withdraw(published, at, "ward", ward_code=gone.code)

    look = list_wards(region=region, reason=WHY, by=published.by.sun, at=at)

    assert (look.subject_type, look.subject_id, look.purpose) == ("regions.region", region.pk, WHY)
    seen = queries.looks_at_wards(at).values_list("subject_id", flat=True)
    assert set(seen) == {first.pk, second.pk}
    assert Look.objects.count() == 3


def test_refusals(published, region, at):
    for code, by, reason in (
        ("reason", published.by.sun, "看看"),
        ("no_power", published.by.qian, WHY),
        ("no_power", published.by.aunt_wang, WHY),
    ):
        values = {"region": region, "reason": reason, "by": by, "at": at}
        assert refused_code(lambda values=values: list_wards(**values)) == code
    assert not Look.objects.exists()


def test_the_page_asks_for_the_reason_first(published, at):
    ward = ward_of(published, at)
    client = browser(published.sun)
    assert "豆豆" not in client.get(f"{PAGE}?reason={WHY}").text
    assert client.post(PAGE, {"reason": "看"}).status_code == 422
    assert not Look.objects.exists()

    page = client.post(PAGE, {"reason": WHY}).text
    assert "豆豆" in page
    assert f"/wards/{ward.code}/open_ward" in page
    assert Look.objects.count() == 2


def test_the_page_lists_the_own_area_only(published, at):
    ward_of(published, at)
    page = browser(published.feng).post(PAGE, {"reason": WHY})
    assert page.status_code == 200
    assert "豆豆" not in page.text
    assert "还没有登记的孩子" in page.text
    assert not queries.looks_at_wards(at).exists()


@pytest.mark.parametrize("who", ["qian", "zhou", "chen", "aunt_wang"])
def test_the_page_is_unknown_to_others(published, who):
    assert browser(getattr(published, who)).get(PAGE).status_code == 404
    assert browser(getattr(published, who)).post(PAGE, {"reason": WHY}).status_code == 404
