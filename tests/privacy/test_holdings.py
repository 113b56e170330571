"""Everything personal that is kept is named by a holding: nothing escapes a copy or an end."""

import pytest
from django.apps import apps
from django.db import models

from yizhan.base.files import StoredFile
from yizhan.base.sealed import SealedText
from yizhan.people.models import Person
from yizhan.privacy.holdings import HOLDINGS, PAPERS, Holding, Paper, register, register_paper

# Columns that point to a person or keep a sealed text and belong to no holding, with the reason.
NOT_HELD = {
    "base.step.actor": "history: the id of who acted, append-only, proves what happened",
    "privacy.look.actor": "the record of looks, append-only; it protects who was looked at",
}


def columns():
    """Sealed columns, files, and links to a person, of every installed model."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            to = field.related_model if field.is_relation else None
            personal = isinstance(field, SealedText | models.FileField)
            if personal or to in (Person, StoredFile):
                yield f"{model._meta.label_lower}.{field.name}"


def test_every_column_about_a_person_is_held_or_has_a_reason():
    held = {column for holding in HOLDINGS.values() for column in holding.columns}

    assert set(columns()) - held == set(NOT_HELD)
    assert not held & set(NOT_HELD)


def test_every_column_that_is_held_exists():
    named = [column for holding in HOLDINGS.values() for column in holding.columns]

    for column in named:
        model, field = column.rsplit(".", 1)
        assert apps.get_model(model)._meta.get_field(field), column
    assert len(named) == len(set(named))


def test_what_a_holding_says_can_be_read():
    for holding in HOLDINGS.values():
        assert all((holding.name, holding.purpose, holding.kept)), holding.code
        assert holding.goes or holding.stays, holding.code
        assert not holding.forget or holding.goes, holding.code


def test_a_code_is_registered_once():
    with pytest.raises(ValueError, match="registered twice"):
        register([next(iter(HOLDINGS.values()))])
    with pytest.raises(ValueError, match="registered twice"):
        register_paper("orders.order", PAPERS["orders.order"])
    assert isinstance(next(iter(HOLDINGS.values())), Holding)
    assert isinstance(PAPERS["orders.order"], Paper)
