"""The town of the walk, built once a module and undone after it; and what the walk has counted."""

import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.http import HttpResponse, HttpResponseNotFound
from django.test import client, override_settings
from django.urls import get_resolver
from django.utils import timezone
from django.views import defaults

from tests.database import the_world
from tests.security import cases, desks
from tests.security.town import Town, build
from tests.world import NOON
from yizhan.people import acting

COUNTED: Counter[str] = Counter()


def hold_the_clock(patch: pytest.MonkeyPatch) -> None:
    """Every page stands at noon of the tests' day; the pages are read first."""
    assert get_resolver().url_patterns
    for name, module in list(sys.modules.items()):
        if name.startswith("yizhan.") and getattr(module, "now", None) is timezone.now:
            patch.setattr(module, "now", lambda: NOON)


def who_is_remembered(patch: pytest.MonkeyPatch) -> None:
    """Who somebody is is asked of the database once: half of what a small page costs.

    How an account becomes an actor is tested in `tests/people/test_acting.py`.
    """
    posts, person = acting.current_posts, ModelBackend.get_user
    known_posts: dict[Any, Any] = {}
    known_people: dict[Any, Any] = {}

    def remembered_posts(one: Any, day: Any) -> Any:
        if (one.pk, day) not in known_posts:
            known_posts[one.pk, day] = posts(one, day)
        return known_posts[one.pk, day]

    def remembered_person(self: Any, pk: Any) -> Any:
        if pk not in known_people:
            known_people[pk] = person(self, pk)
        return known_people[pk]

    patch.setattr(acting, "current_posts", remembered_posts)
    patch.setattr(ModelBackend, "get_user", remembered_person)


def what_is_not_there_is_said_shortly(patch: pytest.MonkeyPatch) -> None:
    """The page of a 404 costs more than finding out that there is none; it is compared whole in
    `test_differences.py`. Nobody looks at the templates that were used."""

    def not_found(request: Any, exception: Any) -> HttpResponse:
        return HttpResponseNotFound(f"404 {request.path}")

    patch.setattr(defaults, "page_not_found", not_found)
    patch.setattr(client, "store_rendered_templates", lambda *_, **__: None)


IN_MEMORY = override_settings(
    STAFF_TOTP_REQUIRED=False,
    SESSION_ENGINE="django.contrib.sessions.backends.cache",
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
)


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any, request: Any) -> Iterator[Town]:
    """The town, in a transaction that is rolled back after the last test of the module."""
    with (
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
        IN_MEMORY,
        transaction.atomic(),
    ):
        hold_the_clock(patch)
        who_is_remembered(patch)
        if getattr(request.module, "SHORT_404", True):
            what_is_not_there_is_said_shortly(patch)
        town = build(the_world())
        town.desks = desks.build(town)
        town.cases = cases.build(town)
        town.tell_codes()
        yield town
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def undone(request: Any) -> Iterator[None]:
    """What a test does in the town is undone after it."""
    if "town" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("town")
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


@pytest.fixture(scope="session")
def counted() -> Counter[str]:
    """What is printed at the end: how much was asked, by how many."""
    return COUNTED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what the walk has counted."""
    if COUNTED:
        terminalreporter.section("what the security walk has counted")
        for name, number in sorted(COUNTED.items()):
            terminalreporter.write_line(f"{number:>8,}  {name}")
