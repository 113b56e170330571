"""Every text column that people without an account can read is guarded, or there is a reason.

Each column of free text is given a mark of its own, in every row; then the open pages and the open
API are read. A mark that is seen there belongs to a column of GUARDED or of NOT_FREE.
"""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from tests import house
from tests.answers.conftest import published
from tests.places.conftest import upload
from tests.test_house_doors import OPEN_IN_THE_API, OPEN_TO_ALL
from yizhan.answers.models import Answer
from yizhan.base.steps import AppendOnly
from yizhan.places.operations import add_layer
from yizhan.privacy.operations import load_reference
from yizhan.reading.forms import PublicText

# Columns that people write into, and the fields of forms through which they do.
GUARDED = {
    "answers.answer.title": ["answers.Write.title"],
    "answers.answer.asked": ["answers.Write.asked"],
    "answers.answer.done": ["answers.Write.done"],
    "places.station.indoor_note": ["places.EditForm.indoor_note"],
    "places.station.partners": ["places.EditForm.partners"],
    "places.station.tenants": ["places.EditForm.tenants"],
    "places.datedexception.reason": ["places.CloseForm.reason"],
}
# Read by people of the platform who have nothing to do with the case: staff or invited persons.
GUARDED_INSIDE = {
    "orders.order.brief": ["orders.Amend.brief"],
    "places.layer.name": ["places.LayerForm.name"],
    "places.layer.source": ["places.LayerForm.source", "places.ReplaceForm.source"],
    "whistles.whistle.matter": ["whistles.Blow.matter"],
    "whistles.whistle.place": ["whistles.Blow.place"],
    "whistles.assessment.words": ["whistles.Assess.words"],
    "base.remark.text": [
        "whistles.AnswerCall.words",
        "whistles.Explain.words",
        "whistles.CompletePart.words",
        "whistles.CancelCall.words",
        "whistles.ChangeLead.words",
        "whistles.CloseWhistle.words",
    ],
    "insights.baseline.source": [
        "insights.EnterBaseline.source",
        "insights.CorrectBaseline.source",
    ],
    "routing.routingrule.note": ["routing.RuleForm.note"],
    "insights.baseline.reason": ["insights.CorrectBaseline.reason"],
}
LISTED = {one for many in (*GUARDED.values(), *GUARDED_INSIDE.values()) for one in many}
BASES = ("places.ShapesForm.", "insights.State.")  # forms that others are made of
NOT_FREE = {
    "places.station.name": "the public register of stations, by command from a list",
    "places.station.address": "a public building is at this address; by command from a list",
    "places.station.phone": "the station's own number, asked for as such, to be called by anybody",
    "places.facility.hours_note": "no page and no command writes it",
    "places.facilitykind.name": "our vocabulary",
    "places.servicekind.name": "our vocabulary",
    "places.stationtype.name": "our vocabulary",
    "places.audience.name": "our vocabulary",
    "regions.region.name": "the national list of regions",
    "routing.category.exit_words": "where else a matter is dealt with, as the pack says it",
    "routing.category.name": "our categories and the district pack's, by command",
}
# The demo's, or no page. What `suggest` answers to a POST is compared in test_join.
NOT_READ = {
    "demo:become", "demo:cast", "notices:texts", "portal:prefer", "orders:suggest_category",
    "duplicates:suggest",
}  # fmt: skip
# Columns that are no text a person reads: keys, codes, paths.
KEYS = re.compile(r"(^|_)(code|path|index|key|digest|kind|type|state|status|role|weekdays|icon)$")
NAMED = {"purpose": "public_name", "number": "1"}  # what else stands in an address
pytestmark = pytest.mark.django_db


def columns():
    """The columns of free text of our models: neither choices nor keys."""
    for model in apps.get_models():
        if not model.__module__.startswith("yizhan.") or model._meta.label_lower == "people.person":
            continue
        for field in model._meta.concrete_fields:
            text = isinstance(field, models.CharField | models.TextField)
            if text and not (field.choices or field.unique or KEYS.search(field.name)):
                yield model, field


def marked():
    """Write a mark into every column that takes one; the names of the columns by their marks."""
    marks = {}
    for number, (model, field) in enumerate(columns()):
        if (field.max_length or 99) < 6 or not model._meta.managed:
            continue
        mark = f"Qz{number:02}x"
        if not issubclass(model, AppendOnly):
            model._default_manager.update(**{field.name: mark})
            marks[mark] = f"{model._meta.label_lower}.{field.name}"
    return marks


def addresses():
    """Every page and every address of the API that needs no account."""
    pages = {page.name: page.route for page in house.own_pages()}
    open_pages = [pages[name] for name in OPEN_TO_ALL if name not in NOT_READ]
    routes = [f"/{route}" for route in open_pages] + [path for _, path in OPEN_IN_THE_API]
    return [re.sub(r"<(\w+:)?(\w+)>|{[^}]*}", _named, route) for route in routes]


def _named(part):
    return NAMED.get(part[2], "YZ001")


@pytest.fixture
def seen(stations, world, keeper, at):
    """The columns whose marks stand on an open page or in the open API."""
    region = world.regions["610302"]
    add_layer(region=region, upload=upload(), by=keeper.by, at=at)
    station = stations["YZ001"]
    station.exceptions.create(
        first_date="2026-01-01", last_date="2099-12-31", reason="x", spans=[[60, 600]]
    )
    station.facilities.update(hours_note="x")
    load_reference()
    told = published(world, at)
    Answer.objects.filter(pk=told.pk).update(code="YZ001")
    marks, client = marked(), Client()
    text = ""
    for page in addresses():
        answer = client.get(page, follow=True)
        assert answer.status_code == 200, page
        text += answer.text
    return {name for mark, name in marks.items() if mark in text}


def test_every_open_column_is_guarded_or_has_a_reason(seen):
    assert seen - set(GUARDED) - set(NOT_FREE) == set()
    assert set(GUARDED) | set(NOT_FREE) == seen


@pytest.mark.parametrize("field", sorted(LISTED))
def test_a_guarded_column_is_written_through_a_public_field(field):
    app, form, name = field.split(".")
    forms = import_module(f"yizhan.{app}.forms")

    assert isinstance(getattr(forms, form).base_fields[name], PublicText)


def test_every_public_field_is_listed():
    found = {
        f"{app}.{form.__name__}.{name}"
        for app in ("orders", "places", "insights", "routing", "whistles", "answers")
        for form in vars(import_module(f"yizhan.{app}.forms")).values()
        if isinstance(form, type)
        and ".forms" in form.__module__
        and "reading" not in form.__module__
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, PublicText)
    }

    assert {one for one in found if not one.startswith(BASES)} == LISTED
