"""Subjects for the tests of the foundations: a lamp that flows, made in the test's transaction."""

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from tests.database import as_superuser
from yizhan.base.actor import Actor, Kind
from yizhan.base.flow import Flow, Flowing


@pytest.fixture
def by(world: Any) -> Actor:
    """Someone without any post."""
    return Actor(kind=Kind.PERSON, person_id=world.aunt_wang.pk)


@pytest.fixture
def other(world: Any) -> Actor:
    """Someone else."""
    return Actor(kind=Kind.PERSON, person_id=world.chen.pk)


@pytest.fixture
def lamps(db: None) -> Iterator[type[Flowing]]:
    """A model with a FLOW and a table of its own, gone after the test."""
    with isolate_apps("yizhan.base"):

        class Lamp(Flowing):
            FLOW: ClassVar[Flow] = {
                "dark": frozenset({"lit"}),
                "lit": frozenset({"dark", "broken"}),
                "broken": frozenset(),
            }
            STEPS: ClassVar[dict[str, str]] = {
                "hung": "挂上",
                "lit": "点亮",
                "dark": "熄灭",
                "broken": "损坏",
                "wished": "许愿",
            }
            PRIVATE: ClassVar[frozenset[str]] = frozenset({"wished"})
            state = models.CharField(max_length=10, default="dark")
            colour = models.CharField(max_length=10, default="")
            region_code = models.CharField(max_length=12, default="610302002002")

            class Meta:
                app_label = "base"

        with as_superuser():
            with connection.schema_editor() as editor:
                editor.create_model(Lamp)
            with connection.cursor() as cursor:
                cursor.execute("GRANT ALL ON base_lamp TO yizhan_app")
                cursor.execute("GRANT ALL ON SEQUENCE base_lamp_id_seq TO yizhan_app")
        yield Lamp


@pytest.fixture
def lamp(lamps: Any, by: Actor, at: Any) -> Any:
    """A lamp just hung."""
    row = lamps.objects.create()
    row.begin("hung", by=by, at=at)
    return row
