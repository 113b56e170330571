"""Line 3: nobody's time online is measured, kept or shown."""

import re

from django.apps import apps
from django.contrib.sessions.base_session import AbstractBaseSession

from tests import house
from tests.compliance.walk import browser
from yizhan.privacy.models import Look

COLUMNS = re.compile(
    r"(?i)online|duration|last_seen|seen_at|session_length|heartbeat|stay_|visits?_(count|time|len)"
)
SIGNALS = ("sendBeacon", "visibilitychange", "beforeunload", "pagehide", "setInterval")
PAGES = {"": ("/", "/stations/"), "aunt_wang": ("/me/", "/"), "sun": ("/today", "/orders/board")}


def test_no_column_keeps_it():
    kept = [
        f"{model._meta.label}.{field.column}"
        for model in apps.get_models()
        if model.__module__.startswith("yizhan.")
        for field in model._meta.concrete_fields
        if COLUMNS.search(field.column)
    ]

    assert kept == []


def test_no_script_reports_it():
    scripts = list(house.PRODUCT.rglob("*.js"))

    assert scripts
    for path in scripts:
        assert not [word for word in SIGNALS if word in path.read_text("utf-8")], path


def test_a_session_keeps_no_more_than_when_it_ends():
    for model in apps.get_models():
        if issubclass(model, AbstractBaseSession):
            names = {field.name for field in model._meta.concrete_fields}
            assert names == {"session_key", "session_data", "expire_date"}


def rows():
    """How many rows every table has, the looks at others' data apart."""
    kept = [model for model in apps.get_models() if model._meta.managed and model is not Look]
    return {model._meta.label: model._base_manager.count() for model in kept}


def test_coming_back_again_and_again_leaves_no_row(world, found):
    for who, pages in PAGES.items():
        client = browser(getattr(world, who) if who else None)
        for page in pages:
            client.get(page)
        before = rows()
        for page in pages * 2:
            assert client.get(page).status_code == 200
        assert rows() == before, who
