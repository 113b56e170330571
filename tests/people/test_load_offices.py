"""Every district has its own office, one a street or town, and one a community."""

from yizhan.people.models import Unit
from yizhan.people.units import load_offices


def test_offices_follow_the_regions_that_the_district_runs(world):
    count = load_offices(phone="0917-1234567")

    made = Unit.objects.filter(phone="0917-1234567").order_by("code")
    assert [unit.code for unit in made] == [
        "C610302002002",
        "C610302002008",
        "C610302005013",
        "D610302",
        "S610302002",
        "S610302005",
    ]
    assert count == len(made)
    community = made.get(code="C610302002002")
    assert (community.name, community.parent.code) == ("渭工路社区", "S610302002")
    assert community.path.startswith(community.parent.path)


def test_loading_again_adds_nothing(world):
    load_offices()
    before = Unit.objects.count()

    load_offices()

    assert Unit.objects.count() == before
