from collections.abc import Callable
from typing import Any

import pytest

from tests.people.conftest import guard, sent, town
from tests.privacy import papers
from tests.privacy.cases import Case
from yizhan.privacy import operations

__all__ = ["guard", "sent", "town"]


@pytest.fixture
def published(world, settings):
    """The world with the words of every purpose published, and staff without a second factor."""
    settings.STAFF_TOTP_REQUIRED = False
    operations.load_reference()
    return world


@pytest.fixture
def counter(published):
    """小孙 at the counter, writing down what 王阿姨 says."""
    return papers.for_person(published.by.sun, published.aunt_wang)


@pytest.fixture
def elsewhere(published):
    """The clerk of another community, with the same powers."""
    return published.by.feng


@pytest.fixture(autouse=True)
def no_second_factor(settings: Any) -> None:
    """Staff of the world have not set one up."""
    settings.STAFF_TOTP_REQUIRED = False


@pytest.fixture
def case(world: Any, at: Any) -> Callable[..., Case]:
    """`case("explain")`: 王阿姨 has asked why; `case("delete", who="grandpa_li")`."""
    return lambda kind="explain", who="aunt_wang": Case.of(world, at, kind, who)
