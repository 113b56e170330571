"""Who writes the routing table, and tables of a few rules."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.orders.traces import step as step_of
from tests.world import SINCE
from yizhan.people.acting import actor_for
from yizhan.people.models import Post
from yizhan.routing import operations
from yizhan.routing.models import Category, RoutingRule, RoutingTable
from yizhan.routing.rows import Line

STREET, OTHER_STREET = "610302002", "610302005"


@pytest.fixture(autouse=True)
def one_factor(settings: Any) -> None:
    """No second factor in these tests."""
    settings.STAFF_TOTP_REQUIRED = False


@pytest.fixture
def org(world: Any) -> Any:
    """安国强 in a post of the 社会工作部, for the whole district."""
    Post.objects.filter(person=world.anju).delete()
    post = Post.objects.create(
        person=world.anju, role="organisation_department", unit=world.units["D"], since_date=SINCE
    )
    return actor_for(world.anju, post)


@pytest.fixture
def line(world: Any) -> Callable[..., Line]:
    """`line("environment", unit="C")`: a rule about a category, a region, some conditions."""

    def make(
        category: str = "", *, region: str = "", unit: str = "", kind: str = "", **more: Any
    ) -> Line:
        note = more.pop("note", "")
        return Line(
            category_id=Category.objects.get(code=category).pk if category else None,
            region_code=region,
            conditions=more,
            unit_id=world.units[unit].pk if unit else None,
            kind=kind if kind or unit else "branch",
            note=note,
        )

    return make


@pytest.fixture
def draft(org: Any, at: Any) -> RoutingTable:
    """An empty draft."""
    return operations.begin_draft(by=org, at=at)


@pytest.fixture
def add(draft: RoutingTable, line: Any, org: Any, at: Any) -> Callable[..., RoutingRule]:
    """Add a rule to the draft."""
    return lambda *args, **more: operations.add_rule(
        table=draft, line=line(*args, **more), by=org, at=at
    )


@pytest.fixture
def publish(org: Any, at: Any) -> Callable[..., RoutingTable]:
    """Publish the draft as it stands, from today."""

    def now(**more: Any) -> RoutingTable:
        table = RoutingTable.objects.draft()
        assert table is not None
        newest = RoutingTable.objects.published().first()
        values: dict[str, Any] = {
            "from_date": at.date(),
            "why": "试行",
            "version": table.version,
            "newest": newest.number if newest else 0,
            "by": org,
            "at": at,
        }
        return operations.publish(table=table, **(values | more))

    return now


def step(kind: str, by: Any, at: Any, *, remark: str = "", **facts: Any) -> dict[str, Any]:
    """What `last` gives for an act on the table of the world's district."""
    return step_of(kind, by, at, words=remark, **facts) | {"region": "610302"}


def in_order(table: RoutingTable) -> list[int]:
    """The ids of the rules that count, in their order; their places are without gaps."""
    rows = list(table.rules.active())
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    return [row.pk for row in rows]
