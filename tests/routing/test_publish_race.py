"""Two people publish, or begin, at once: one wins, the other hears why not."""

import pytest

from tests.orders.test_accept_race import act, at_once, codes
from tests.world import SINCE
from yizhan.base.actor import CLOCK
from yizhan.people.acting import actor_for
from yizhan.people.models import Post
from yizhan.routing import operations
from yizhan.routing.models import RoutingTable
from yizhan.routing.rows import Line

RUNS = 5


def writers(world):
    """Two people in posts that write the table."""
    return [
        actor_for(
            person,
            Post.objects.create(
                person=person,
                role="organisation_department",
                unit=world.units["D"],
                since_date=SINCE,
            ),
        )
        for person in (world.anju, world.grandpa_li)
    ]


@pytest.fixture
def at_day(at):
    return {"from_date": at.date(), "why": "试行", "at": at}


def test_two_publishers(race_db, at, at_day):
    for run in range(RUNS):
        table = operations.begin_draft(by=CLOCK, at=at)
        if not run:
            operations.add_rule(table=table, line=Line(kind="branch"), by=CLOCK, at=at)
        table.refresh_from_db()
        values = {"table": table, "version": table.version, "newest": run, **at_day}
        outcomes = at_once([act(operations.publish, by=by, **values) for by in writers(race_db)])

        assert codes(outcomes) == {"won": 1, "wrong_state": 1}
        assert RoutingTable.objects.published().count() == run + 1
        assert table.steps.filter(kind="published").count() == 1


def test_two_begin(race_db, at):
    outcomes = at_once([act(operations.begin_draft, by=by, at=at) for by in writers(race_db)])

    assert codes(outcomes) == {"won": 1, "draft_there": 1}


def test_published_and_rolled_back_at_once(race_db, at, at_day):
    """Both happen one after another with numbers of their own, or the publisher sees it first."""
    one, other = writers(race_db)
    first = operations.begin_draft(by=one, at=at)
    operations.add_rule(table=first, line=Line(kind="branch"), by=one, at=at)
    first.refresh_from_db()
    first = operations.publish(table=first, version=2, newest=0, by=one, **at_day)
    second = operations.begin_draft(by=one, at=at)
    second = operations.publish(table=second, version=1, newest=1, by=one, **at_day)
    draft = operations.begin_draft(by=one, at=at)
    outcomes = at_once(
        [
            act(operations.publish, table=draft, version=1, newest=2, by=one, **at_day),
            act(operations.republish, table=first, by=other, **at_day),
        ]
    )

    found = codes(outcomes)
    assert found["won"] + found["newer"] == 2
    numbers = sorted(RoutingTable.objects.published().values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_two_editors_of_one_rule(race_db, at):
    one, other = writers(race_db)
    table = operations.begin_draft(by=one, at=at)
    row = operations.add_rule(table=table, line=Line(kind="branch"), by=one, at=at)
    outcomes = at_once(
        [
            act(operations.change_rule, rule=row, line=Line(kind=kind), version=1, by=by, at=at)
            for kind, by in (("team", one), ("community", other))
        ]
    )

    assert codes(outcomes) == {"won": 1, "stale": 1}
