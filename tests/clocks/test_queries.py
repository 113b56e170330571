"""Clocks of a whole list in one query, and those that have come to a mark."""

import pytest

from tests.clocks.conftest import MONDAY
from tests.clocks.slow import moment
from yizhan.clocks import operations, queries
from yizhan.clocks.allowances import Allowance
from yizhan.clocks.models import Clock, Reason
from yizhan.clocks.operations import Promise

LABEL = "regions.region"


@pytest.mark.parametrize("number", [1, 3])
def test_one_query_for_a_list(world, number, django_assert_num_queries):
    regions = list(world.regions.values())[:number]
    promises = [Promise(kind, Allowance(1, "days")) for kind in ("sign", "resolve")]
    for region in regions:
        operations.start(subject=region, promises=promises, at=MONDAY)

    with django_assert_num_queries(1):
        found = queries.of_many(regions)
    assert {pk: [one.kind for one in clocks] for pk, clocks in found.items()} == {
        region.pk: ["sign", "resolve"] for region in regions
    }


def test_nothing_for_nobody(db):
    assert queries.of_many([]) == {}


@pytest.mark.parametrize(
    ("share", "before", "then"),
    [
        (0.5, "2026-11-23 11:29", "2026-11-23 11:30"),
        (0.6, "2026-11-23 11:59", "2026-11-23 12:00"),
        (1.0, "2026-11-23 15:59", "2026-11-23 16:00"),
    ],
)
def test_a_mark_is_reached_at_its_moment(subject, started, share, before, then):
    (clock,) = started(resolve=(300, "minutes"))

    assert list(queries.reached(LABEL, ["resolve"], share, moment(before))) == []
    assert list(queries.reached(LABEL, ["resolve"], share, moment(then))) == [clock]
    assert list(queries.reached(LABEL, ["sign"], share, moment(then))) == []
    assert list(queries.reached("orders.order", ["resolve"], share, moment(then))) == []


@pytest.mark.parametrize("end", ["meet", "stop", "pause"])
def test_nothing_that_does_not_tick(subject, started, end):
    started(resolve=(300, "minutes"))
    given = {
        "meet": {"kinds": ("resolve",)},
        "stop": {},
        "pause": {"kinds": ("resolve",), "reason": Reason.PENDING},
    }[end]
    getattr(operations, end)(subject=subject, at=MONDAY, **given)

    late = moment("2026-12-23 10:00")
    assert list(queries.reached(LABEL, ["resolve"], 0.5, late)) == []
    assert not Clock.objects.red(late).exists()


def test_the_limit_behind_the_due(subject, started):
    (clock,) = started(sign=(240, "minutes"))

    assert list(queries.over_the_limit(LABEL, moment("2026-11-24 17:59"))) == []
    assert list(queries.over_the_limit(LABEL, moment("2026-11-24 18:00"))) == [clock]


def test_amber_and_red_in_the_database_agree_with_the_rule(subject, started):
    started(resolve=(300, "minutes"))

    for at, amber, red in (
        ("2026-11-23 11:59", False, False),
        ("2026-11-23 12:00", True, False),
        ("2026-11-23 16:00", False, True),
    ):
        assert Clock.objects.amber(moment(at)).exists() is amber
        assert Clock.objects.red(moment(at)).exists() is red
