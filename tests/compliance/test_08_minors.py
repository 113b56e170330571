"""Line 8: nobody under 14 without a guardian's consent; every look at a minor has its reason.

While minors cannot be registered at all, nothing may be kept that tells somebody's age.
"""

import inspect
import re

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from tests import house
from yizhan.people.models import Person
from yizhan.privacy import models as privacy
from yizhan.privacy import operations

Ward = getattr(privacy, "Ward", None)
AGE = re.compile(r"(?i)birth|\bage\b|^age_|_age$|id_?card|id_number")
DOORS = re.compile(r"(?i)phone|password|username|login")
PICTURES = (models.FileField, models.ImageField)


def columns(model):
    return {field.name: field for field in model._meta.concrete_fields}


def test_ages_and_identity_numbers_are_kept_of_nobody_but_a_ward():
    kept = [
        f"{model._meta.label}.{name}"
        for model in apps.get_models()
        if model.__module__.startswith("yizhan.") and model is not Ward
        for name in columns(model)
        if AGE.search(name)
    ]

    assert kept == []


def test_a_ward_has_a_guardian_a_consent_and_no_way_to_sign_in():
    if Ward is None:
        assert not [one for one in house.every_operation() if "ward" in one.name]
        return
    kept = columns(Ward)

    assert not kept["guardian"].null
    assert kept["guardian"].related_model is Person
    assert not kept["consent"].null
    assert not [name for name in kept if DOORS.search(name)]
    assert not [name for name, one in kept.items() if isinstance(one, PICTURES)]
    assert "birth_date" not in kept


@pytest.mark.django_db
def test_the_database_refuses_a_ward_without_consent(world, at):
    if Ward is None:
        return
    consent = columns(Ward)["consent"]
    row = Ward(guardian=world.aunt_wang, **{consent.attname: 0})
    for name, value in (("short_name", "豆豆"), ("age_band", "8_13"), ("at", at)):
        setattr(row, name, value)

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_opening_a_ward_takes_a_reason_and_writes_a_look():
    if Ward is None:
        assert not hasattr(operations, "open_ward")
        return
    wanted = inspect.signature(operations.open_ward).parameters["reason"]

    assert wanted.default is inspect.Parameter.empty
    assert "look" in inspect.getsource(operations.open_ward)
    for verb in ("open_ward", "register_ward"):
        assert (house.ROOT / "tests/privacy" / f"test_{verb}.py").exists()
