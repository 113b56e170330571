"""Demo data in databases of their own, loaded as `yizhan demo` loads it."""

from contextlib import contextmanager

import pytest
from django.test import override_settings
from django.utils.timezone import localdate

from tests.database import NAME, copy_of, template
from tests.world import NOON
from yizhan.base.actor import CLOCK
from yizhan.config import prepare
from yizhan.demo.load import load
from yizhan.regions.district import pack
from yizhan.regions.operations import import_regions


@contextmanager
def demo_of(district, name):
    """A fresh database with the demo of a pack, as it would be at noon of the tests' day."""
    with (
        override_settings(DISTRICT=district, DEMO=True, ROOT_URLCONF="tests.demo.urls"),
        copy_of(template(), f"{NAME}_{name}"),
    ):
        source = pack() / "regions.csv"
        import_regions(source=source, valid_from=localdate(NOON), by=CLOCK, at=NOON)
        prepare.reference()
        load(NOON)
        yield


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Makes databases with a pack's demo; each lives as long as its `with` block."""
    with django_db_blocker.unblock():
        yield demo_of
