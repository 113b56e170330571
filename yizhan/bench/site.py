"""A platform of its own to measure: data folder, database, web and worker, removed afterwards."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from yizhan.config import environment, launch, prepare
from yizhan.config.localdb import LocalServer

HOST = "127.0.0.1"
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Site:
    """Where the database of a measurement is."""

    server: LocalServer

    @property
    def url(self) -> str:
        """The platform's database, as the superuser."""
        return self.server.url(launch.DATABASE)

    @property
    def version(self) -> str:
        """The version of PostgreSQL."""
        with psycopg.connect(self.url) as server:
            return ".".join(str(part) for part in divmod(server.info.server_version, 10_000))

    @property
    def postmaster(self) -> int:
        """The id of the server's first process."""
        return int((self.server.folder / "postmaster.pid").read_text().split("\n")[0])


@dataclass(frozen=True, slots=True)
class Served:
    """The processes that serve."""

    port: int
    web: int
    worker: int


@contextmanager
def site() -> Iterator[Site]:
    """A fresh database that waits for the disk, with the district's pack and the demo's people.

    Requests come as from a proxy, so that each visitor has an address and no limit is reached.
    """
    with TemporaryDirectory(prefix="yizhan-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        environment.set_apart(
            folder, BEHIND_PROXY="1", STAFF_TOTP_REQUIRED="0", DEBUG="0", LOG_LEVEL="ERROR"
        )
        environment.require()
        with launch.own_server(folder):
            prepare.everything(folder, living=False)
            yield Site(LocalServer(folder / "pg"))
            _leave()


def _leave() -> None:
    from django.db import connections

    connections.close_all()


@contextmanager
def served() -> Iterator[Served]:
    """Web and worker, started and stopped as `yizhan serve --worker` does."""
    port = _free_port()
    children = [launch.web(HOST, port, WORKERS), launch.worker()]
    try:
        launch.wait_ready(HOST, port, children)
        yield Served(port, children[0].pid, children[1].pid)
    finally:
        launch.end(children)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
