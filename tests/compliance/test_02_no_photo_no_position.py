"""Line 2: no photo, video or position is needed to bring anything about."""

import inspect
import re
from importlib import import_module

import pytest
from django.forms import FileField, Form

from tests import house
from tests.orders import stories
from yizhan.portal.api import api

NAMES = re.compile(r"(?i)photo|picture|image|video|^lat|^lon|gps|location|position|coordinates")
# Where a thing stands, told once by who looks after it; nobody's whereabouts.
OF_THINGS = {"places.import_stations"}


def module_of(path):
    """The imported module of a file of the product."""
    return import_module(".".join(path.relative_to(house.ROOT).with_suffix("").parts))


def test_no_form_asks_for_one():
    """Files that belong to a thing, as the lines of the map do, are their keeper's to give."""
    paths = [path for path in house.modules("forms") if house.domain_of(path) != "places"]
    asked = [
        f"{form.__qualname__}.{name}"
        for path in paths
        for form in vars(module_of(path)).values()
        if isinstance(form, type) and issubclass(form, Form)
        for name, one in form.base_fields.items()
        if one.required and (isinstance(one, FileField) or NAMES.search(name))
    ]

    assert paths
    assert asked == []


def test_no_operation_needs_one():
    needed = []
    for operation in house.every_operation():
        signature = inspect.signature(getattr(module_of(operation.path), operation.function.name))
        needed += [
            f"{operation.name}({name})"
            for name, one in signature.parameters.items()
            if NAMES.search(name) and one.default is inspect.Parameter.empty
        ]

    assert [one for one in needed if one.split("(")[0] not in OF_THINGS] == []


@pytest.mark.django_db
def test_the_api_requires_none():
    schemas = api.get_openapi_schema()["components"]["schemas"]
    required = [
        f"{name}.{one}"
        for name, schema in schemas.items()
        if name.endswith("In")
        for one in schema.get("required", [])
        if NAMES.search(one)
    ]

    assert required == []


def test_an_order_goes_from_end_to_end_without_any(world, at):
    order = stories.rated(world, at)

    assert order.state == "rated"
    assert not order.photos.exists()


def test_the_browser_asks_for_the_position_once_and_only_for_the_nearest_station():
    script = (house.PRODUCT / "base/static/yi/app.js").read_text("utf-8")

    assert script.count("getCurrentPosition") <= 1
    assert "watchPosition" not in script
    assert "getUserMedia" not in script
