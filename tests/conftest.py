"""What every test shares: one small world, one moment, and no network."""

import os
import socket
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from hypothesis import settings as hypothesis

from tests.database import django_db_setup, race_db, the_world

__all__ = ["django_db_setup", "race_db"]

LONG = os.environ.get("YIZHAN_LONG") == "1"
hypothesis.register_profile(
    "short", max_examples=200, derandomize=True, deadline=None, database=None
)
hypothesis.register_profile("long", max_examples=2500, deadline=None)
hypothesis.load_profile("long" if LONG else "short")
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture
def world(db: None) -> Any:
    """The people and places every test knows, rolled back after the test."""
    return the_world()


@pytest.fixture
def at() -> datetime:
    """The moment of the tests (`tests.world.NOON`): noon in Beijing on a Sunday."""
    from tests.world import NOON

    return NOON


@pytest.fixture(scope="session", autouse=True)
def plain_settings(django_test_environment: None) -> None:
    """No manifest of static files, quick passwords."""
    from django.conf import settings

    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Nothing leaves the machine: only loopback and local sockets connect."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise OSError(f"a test may not connect to {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield
