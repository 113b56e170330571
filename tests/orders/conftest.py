"""Doors for the tests of the order pages, with the pages' clock held at the tests' moment."""

from typing import Any

import pytest

from tests.orders.door import Door, Open

CLOCKED = (
    "keys", "stand_in", "views.acting", "views.counter", "views.family", "views.filtering",
    "views.lists", "views.offering", "views.opening", "views.paper", "views.placing",
)  # fmt: skip


@pytest.fixture
def door(world: Any, at: Any, settings: Any, monkeypatch: Any) -> Open:
    """`door("sun")` is 小孙's browser, `door()` a stranger's. The pages' clock stands at `at`."""
    settings.STAFF_TOTP_REQUIRED = False
    for name in CLOCKED:
        monkeypatch.setattr(f"yizhan.orders.{name}.now", lambda: at)
    return lambda key="": Door(getattr(world, key) if key else None)
