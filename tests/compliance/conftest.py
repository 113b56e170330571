"""Records for the walks, and no second factor."""

from typing import Any

import pytest

from tests.compliance.walk import Records, records


@pytest.fixture(autouse=True)
def one_factor(settings: Any) -> None:
    """Staff sign in by `force_login` in these tests."""
    settings.STAFF_TOTP_REQUIRED = False


@pytest.fixture
def found(world: Any, at: Any) -> Records:
    """What the pages are about."""
    return records(world, at)
