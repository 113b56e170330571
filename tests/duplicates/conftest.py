"""Doors for the tests of duplicates, with the pages' clock held and no vectors kept from before."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.duplicates.door import Door, Open
from yizhan.duplicates import shelves


@pytest.fixture(autouse=True)
def empty_shelves() -> Iterator[None]:
    """What another test has put into memory is not there."""
    shelves.PUBLIC.clear()
    shelves.ALL.clear()
    yield
    shelves.PUBLIC.clear()
    shelves.ALL.clear()


@pytest.fixture
def door(world: Any, at: Any, settings: Any, monkeypatch: Any) -> Open:
    """`door("sun")` is 小孙's browser, `door()` a stranger's. The pages' clock stands at `at`."""
    settings.STAFF_TOTP_REQUIRED = False
    for name in ("duplicates.views", "orders.keys", "orders.views.opening", "orders.views.placing"):
        monkeypatch.setattr(f"yizhan.{name}.now", lambda: at)
    return lambda key="": Door(getattr(world, key) if key else None)
