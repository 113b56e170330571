"""The OpenAPI document: every act is in it, and whatever it allows never ends in an error of ours."""

from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
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

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
PEOPLE_ONLY = {"reveal": "a full telephone number is shown to a person, on a page, once"}


def acts_of(paths: Any) -> set[str]:
    """The acts on orders in the document."""
    return {
        path.removeprefix("/api/orders").split("/")[-1] or "place"
        for path, methods in paths.items()
        if path.startswith("/api/orders") and "post" in methods
    }


def test_every_act_on_orders_is_listed(client):
    document = client.get("/api/openapi.json").json()

    assert acts_of(document["paths"]) == set(operations.__all__) - set(PEOPLE_ONLY)
    assert "Idempotency-Key" in document["info"]["description"]
    for path, methods in document["paths"].items():
        for told in methods.values():
            assert told["summary"], path


@pytest.fixture
def api_schema(world: Any, at: Any) -> Any:
    """The document as schemathesis reads it, in this process, with an order to act on."""
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    schema.config.phases.update(phases=["fuzzing"])
    schema.order = dispatched(world, at)
    schema.key = key_for(world.by.sun.post_id)
    return schema


schema = schemathesis.pytest.from_fixture("api_schema")


@schema.parametrize()
@settings(
    max_examples=10,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_no_request_that_the_document_allows_ends_in_an_error(case: Any, api_schema: Any) -> None:
    """As generated, and once more on an order that exists."""
    headers = {"Authorization": f"Bearer {api_schema.key}"}
    case.call_and_validate(headers=headers, checks=CHECKS)
    if "code" in case.path_parameters:
        case.path_parameters["code"] = api_schema.order.code
        case.call_and_validate(headers=headers, checks=CHECKS)
