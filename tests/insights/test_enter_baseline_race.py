"""Two offices state the same count at once: one is kept, the other hears that it is taken."""

from functools import partial
from typing import Any

from tests.insights.conftest import said
from tests.orders.test_accept_race import at_once
from tests.world import SINCE
from yizhan.base.verdict import Refused
from yizhan.insights.models import Baseline
from yizhan.insights.operations import enter_baseline
from yizhan.people.acting import actor_for
from yizhan.people.models import Post


def test_the_district_and_its_streets_at_once(race_db: Any, at: Any) -> None:
    world = race_db
    post = Post.objects.create(
        person=world.anju, role="organisation_department", unit=world.units["D"], since_date=SINCE
    )
    org = actor_for(world.anju, post)

    def enter(code: str) -> Any:
        return enter_baseline(
            metric="mediations", region=world.regions[code], statement=said(), by=org, at=at
        )

    places = ("610302", "610302002", "610302002002", "610302") * 2
    outcomes = at_once([partial(enter, code) for code in places])

    refused = [one for one in outcomes if isinstance(one, Refused)]
    assert len(outcomes) - len(refused) == Baseline.objects.count() == 1
    assert {one.code for one in refused} == {"taken"}
