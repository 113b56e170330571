"""Someone of the organisation department, and what they state."""

from datetime import date
from typing import Any

import pytest

from tests.world import SINCE
from yizhan.insights.operations import Statement
from yizhan.people.acting import actor_for
from yizhan.people.models import Post


@pytest.fixture(autouse=True)
def one_factor(settings: Any) -> None:
    """No second factor in these tests."""
    settings.STAFF_TOTP_REQUIRED = False


@pytest.fixture
def org(world: Any) -> Any:
    """安国强 in a post of the organisation department, for the whole district."""
    Post.objects.filter(person=world.anju).delete()
    post = Post.objects.create(
        person=world.anju,
        role="organisation_department",
        unit=world.units["D"],
        since_date=SINCE,
    )
    return actor_for(world.anju, post)


def said(amount: int = 800, **more: Any) -> Statement:
    """A count from last year's register."""
    values: dict[str, Any] = {
        "as_of_date": date(2025, 12, 31),
        "source": "年度台账第 3 页",
        "signer": "方敬言",
        "signer_post": "组织部干事",
    }
    return Statement(amount=amount, **(values | more))


def typed(**more: Any) -> dict[str, Any]:
    """What is typed into the form."""
    return {
        "metric": "desk_sessions",
        "region": "610302",
        "amount": "800",
        "as_of_date": "2025-12-31",
        "source": "年度台账第 3 页",
        "signer": "方敬言",
        "signer_post": "组织部干事",
    } | more
