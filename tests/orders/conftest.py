"""Doors for the tests of the order pages, and one clock for both sides of them."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.orders.door import Door

CLOCKED = ("acting", "lists", "offering", "opening", "placing")


@pytest.fixture
def door(world: Any, at: Any, settings: Any, monkeypatch: Any) -> Callable[..., Door]:
    """`door("sun")` is 小孙's browser, `door()` a stranger's. The pages' clock stands at `at`."""
    settings.STAFF_TOTP_REQUIRED = False
    for name in CLOCKED:
        if name != "x":
            monkeypatch.setattr(f"yizhan.orders.views.{name}.now", lambda: at)
    return lambda key="": Door(getattr(world, key) if key else None)
