"""The API as its own document allows it, with the keys of several roles, on orders that exist.

`tests/api/test_schema.py` asks as a clerk; here everybody asks about everything. `make fuzz` asks
longer: `YIZHAN_FUZZ` is the number of examples for each operation.
"""

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings

from tests.api.test_schema import CHECKS, schema
from tests.security.town import Town, token_of

EXAMPLES = int(os.environ.get("YIZHAN_FUZZ", "4"))
KEYS = ("clerk", "member", "street_office", "keeper", "system_admin", "property", "")
STATES = ("a_placed", "a_asking", "a_accepted", "a_finished", "b_dispatched", "a_invited")


@pytest.fixture(scope="module")
def keys(town: Town) -> Iterator[list[str]]:
    """A key for each role, and none; requests may not close the connection of the test."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield [token_of(town.visitors[role]) if role else "" for role in KEYS]
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture
def turn() -> Iterator[Any]:
    """Counts the examples of one operation."""
    return iter(range(10**6))


@schema.parametrize()
@settings(max_examples=EXAMPLES, derandomize=True, suppress_health_check=list(HealthCheck))
def test_nothing_the_document_allows_ends_in_an_error_for_any_role(
    case: Any, town: Town, keys: list[str], turn: Any, counted: Counter[str]
) -> None:
    number = next(turn)
    key = keys[number % len(keys)]
    headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {key}"} if key else {})
    if "/orders/{code}" in case.path:
        fact = town.facts[STATES[number % len(STATES)]]
        case.path_parameters["code"] = fact.order.code
    with transaction.atomic():
        case.call_and_validate(headers=headers, checks=CHECKS)
        transaction.set_rollback(True)
    counted["requests made from the document of the API"] += 1
