"""Browsers at the pages of whistles, with the pages' clock held at the tests' moment."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.disputes.stories import Desk


@pytest.fixture
def desk(world: Any, at: Any, settings: Any, monkeypatch: Any) -> Callable[..., Desk]:
    """`desk("zhou")` is 周主任's browser."""
    settings.STAFF_TOTP_REQUIRED = False
    monkeypatch.setattr("yizhan.whistles.views.now", lambda: at)
    monkeypatch.setattr("yizhan.orders.views.opening.now", lambda: at)
    return lambda key="": Desk(getattr(world, key) if key else None)
