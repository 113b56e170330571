"""pytest plugin: one PostgreSQL for the run, one database migrated by the owner, used by the app.

The server lives in `$YIZHAN_TEST_DATA` (default `.pg-test`) and does not wait for the disk;
`DATABASE_URL` names another server, with a superuser's login. Several runs may share a server: the
last one out stops it.
"""

import atexit
import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any

import psycopg
import pytest
from psycopg import sql

from yizhan.config.database import APP, OWNER
from yizhan.config.localdb import FAST, LocalServer
from yizhan.config.roles import grant, owning, prepare_roles

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(os.environ.get("YIZHAN_TEST_DATA", ROOT / ".pg-test")).resolve()
NAME = f"test_{os.getpid()}"
ENVIRONMENT = {
    "SECRET_KEY": "only-for-tests-" + "x" * 50,
    "SEAL_KEYS": "1:" + "5a" * 32,
    "INDEX_KEY": "c3" * 32,
    "PLAIN_HTTP": "1",
    "YIZHAN_DEMO": "0",
    "DEBUG": "0",
    "YIZHAN_DISTRICT": "610302",
}
_world: list[Any] = []


class Run:
    """What one run holds: the server if it is ours, the lock that says so, a folder for files."""

    server: LocalServer | None = None
    users: IO[str] | None = None
    files: tempfile.TemporaryDirectory[str] | None = None


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: Any, parser: Any, args: Any) -> None:
    """Start the server and set the environment before Django reads its settings."""
    atexit.register(finish)
    Run.files = tempfile.TemporaryDirectory(prefix="yizhan-test-")
    (Path(Run.files.name) / "static").mkdir()
    os.environ.update(ENVIRONMENT, YIZHAN_DATA=Run.files.name)
    if "DATABASE_URL" not in os.environ:
        FOLDER.mkdir(parents=True, exist_ok=True)
        Run.users = (FOLDER / "users.lock").open("w")
        fcntl.flock(Run.users, fcntl.LOCK_SH)
        Run.server = LocalServer(FOLDER / "pg", options=FAST, outlives=True).start()
        Run.server.ensure_database("yizhan")
        os.environ["DATABASE_URL"] = Run.server.url("yizhan")
    os.environ["OWNER_DATABASE_URL"] = os.environ["DATABASE_URL"]
    prepare_roles(os.environ["DATABASE_URL"])


def finish() -> None:
    """Stop the server unless another run still uses it, however this run ended."""
    if Run.files:
        Run.files.cleanup()
    if Run.users is None or Run.server is None:
        return
    try:
        fcntl.flock(Run.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    Run.server.stop()


def administrate(statement: str, *names: str) -> None:
    """One statement about whole databases, as the superuser, outside any test database."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def shape() -> str:
    """A name for the shape of the database: it changes with any migration or dependency."""
    sources = [*ROOT.glob("yizhan/**/migrations/*.py"), *ROOT.glob("requirements/*.txt")]
    sources += [*ROOT.glob("yizhan/**/models.py"), ROOT / "yizhan/config/roles.py", Path(__file__)]
    content = b"".join(path.read_bytes() for path in sorted(sources))
    return f"shape_{sha256(content).hexdigest()[:16]}"


def migrated(name: str) -> None:
    """An empty database with every table, owned by the owner, granted to the app."""
    from django.core.management import call_command

    administrate("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    administrate(
        "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'",
        name,
        OWNER,
    )
    with named(name), owning():
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        grant()


def template() -> str:
    """The migrated database that test databases are copied from, made once per shape."""
    name = shape()
    with (Path(tempfile.gettempdir()) / "yizhan-template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if name in databases():
            return name
        for old in databases():
            if old.startswith(("shape_", "half_")) or (old.startswith("test_") and not alive(old)):
                administrate("DROP DATABASE IF EXISTS {} WITH (FORCE)", old)
        migrated(f"half_{name}")
        administrate("ALTER DATABASE {} RENAME TO {}", f"half_{name}", name)
    return name


def alive(name: str) -> bool:
    """Whether the run that made this test database is still running."""
    return Path(f"/proc/{name.split('_')[1]}").exists()


@contextmanager
def named(name: str) -> Iterator[None]:
    """Connections of every thread go to this database."""
    from django.db import connections

    serving = connections.settings["default"]
    before = serving["NAME"]
    connections.close_all()
    serving["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        serving["NAME"] = before


def databases() -> list[str]:
    """The names of the server's databases."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as server:
        return [name for (name,) in server.execute("SELECT datname FROM pg_database")]


@contextmanager
def copy_of(original: str, name: str) -> Iterator[None]:
    """A database copied in a third of a second, used by every connection, dropped afterwards."""
    from django.db import connections

    connections.close_all()
    administrate("CREATE DATABASE {} OWNER {} TEMPLATE {}", name, OWNER, original)
    try:
        with named(name):
            yield
    finally:
        administrate("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


@contextmanager
def as_superuser() -> Iterator[None]:
    """Act as the superuser whom no trigger stops, on this connection, in this transaction."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(APP)))


def load_world() -> None:
    """Load the district of `tests/world.py` once, into the run's database."""
    if find_spec("tests.world") is None:
        _world[:] = [SimpleNamespace()]
        return
    from tests import world

    _world[:] = [world.load()]


def the_world() -> Any:
    """The people and places every test knows, as a copy that a test may change."""
    return deepcopy(_world[0])


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """The run's own database with the world in it. Replaces pytest-django's."""
    with django_db_blocker.unblock(), copy_of(template(), NAME):
        load_world()
        with django_db_blocker.block():
            yield


@pytest.fixture
def race_db(django_db_setup: None, django_db_blocker: Any, request: Any) -> Iterator[Any]:
    """For contended acts: a copy of the test database in which threads really commit; the world."""
    with django_db_blocker.unblock(), copy_of(NAME, f"{NAME}_race"):
        yield the_world()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test with `race_db` may not also have the rolled-back `db`: each would hide the other."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if "race_db" in names and names & {"db", "transactional_db", "world"}:
            raise pytest.UsageError(
                f"{item.nodeid}: race_db gives the world; leave out db and world"
            )
