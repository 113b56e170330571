"""The OpenAPI document: every act is in it, and nothing it allows ends in an error of ours."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.conftest import key_for
from tests.orders.stories import dispatched
from yizhan.orders import operations
from yizhan.orders.models import Order

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
with patch("yizhan.portal.api.runs", return_value=True):  # no database yet: all modules are on
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
schema.config.phases.update(phases=["fuzzing"])
PEOPLE_ONLY = {
    "reveal": "a full telephone number is shown to a person, on a page, once",
    "keep_filter": "a person's own way to look at a page",
    "drop_filter": "a person's own way to look at a page",
    "hand_paper": "paper is printed and brought by people of a counter",
    "forget_photos": "due by the clock",
    "forget_asker": "inside retention and requests about one's own data",
    "erase_words": "inside requests about one's own data",
    "forget_filters": "inside requests about one's own data",
    "recompute_provisional": "due by the clock",
    "open_pool": "due by the clock",
    **dict.fromkeys(
        ["answer_folded", "turn_folded_away", "release_folded", "part"], "inside another act"
    ),
    **dict.fromkeys(["dispute", "settle"], "inside a dispute and its ruling"),
    **dict.fromkeys(["set_aside", "take_up", "conclude"], "inside the pending list"),
    **dict.fromkeys(["fold_in", "fold_out"], "inside a merge or a joining"),
}


class Standing(NamedTuple):
    """What every request of the document finds there."""

    key: str
    order: Order


def acts_of(paths: Any) -> set[str]:
    """The acts on orders in the document."""
    return {
        path.removeprefix("/api/orders").split("/")[-1] or "place"
        for path, methods in paths.items()
        if path.startswith("/api/orders") and "post" in methods
    }


@pytest.mark.django_db
def test_every_act_on_orders_is_listed(client):
    document = client.get("/api/openapi.json").json()

    assert acts_of(document["paths"]) == set(operations.__all__) - set(PEOPLE_ONLY)
    assert "Idempotency-Key" in document["info"]["description"]
    for path, methods in document["paths"].items():
        for told in methods.values():
            assert told["summary"], path


@pytest.fixture
def standing(world: Any, at: Any) -> Iterator[Standing]:
    """A clerk's key and an order to act on; requests may not close the test's connection."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield Standing(key_for(world.by.sun.post_id), dispatched(world, at))
    for signal in ends:
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(max_examples=10, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_request_that_the_document_allows_ends_in_an_error(
    case: Any, standing: Standing
) -> None:
    """As generated, and once more on an order that exists."""
    headers = {"Authorization": f"Bearer {standing.key}", "Accept-Encoding": "identity"}
    case.call_and_validate(headers=headers, checks=CHECKS)
    if "/orders/{code}" in case.path:
        case.path_parameters["code"] = standing.order.code
        case.call_and_validate(headers=headers, checks=CHECKS)


@pytest.mark.parametrize(
    "path", ["/api/stations/%00", "/api/orders/%00", "/api/orders/%F0%9F%8F%AE"]
)
def test_odd_codes_are_simply_not_found(client: Any, standing: Standing, path: str) -> None:
    answer = client.get(f"/api/{path}", headers={"Authorization": f"Bearer {standing.key}"})

    assert answer.status_code in (400, 404)
