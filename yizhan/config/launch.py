"""Start database, web and worker as children; stop them together, whatever ends the launcher."""

import fcntl
import http.client
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

from yizhan.config.environment import ROOT
from yizhan.config.localdb import LocalServer, die_with_parent

DATABASE = "yizhan"
PATIENCE = 12
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
Child = subprocess.Popen[bytes]


class Stopped(KeyboardInterrupt):
    """Someone pressed Ctrl-C, or the system asked us to end."""


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise Stopped


@contextmanager
def stoppable() -> Iterator[None]:
    """Ctrl-C, a closed terminal and the system's request end the block quietly, and only once."""
    for number in SIGNALS:
        signal.signal(number, _stop)
    try:
        yield
    except Stopped:
        print("\n平台已停止。", flush=True)


@contextmanager
def only_launcher(data: Path) -> Iterator[None]:
    """Hold the data folder. Raises SystemExit when another launcher holds it."""
    with (data / "launcher.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(f"{data} 已有一个正在运行的平台，请先停止它") from None
        yield


@contextmanager
def own_server(data: Path) -> Iterator[None]:
    """The server of the data folder when no DATABASE_URL is given, stopped afterwards."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    server = LocalServer(data / "pg").start()
    try:
        server.ensure_database(DATABASE)
        os.environ["DATABASE_URL"] = server.url(DATABASE)
        yield
    finally:
        server.stop()


@contextmanager
def some_server(data: Path) -> Iterator[None]:
    """For a short command: the given server, the one a launcher runs here, or one of our own."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    server = LocalServer(data / "pg")
    if server.answers():
        os.environ["DATABASE_URL"] = server.url(DATABASE)
        yield
        return
    with only_launcher(data), own_server(data):
        yield


def port_is_free(host: str, port: int) -> None:
    """Raise SystemExit unless the port is free.

    granian shares a port with whoever listens there (SO_REUSEPORT), so we have to ask.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise SystemExit(f"没有权限使用端口 {port}，请用 --port 换一个 1024 以上的") from None
        except OverflowError:
            raise SystemExit(f"没有 {port} 这个端口，应在 1 到 65535 之间") from None
        except socket.gaierror:
            raise SystemExit(f"不认识地址 {host}，请用 --host 换一个") from None
        except OSError as error:
            if error.errno == 99:
                raise SystemExit(f"这台机器没有地址 {host}，请用 --host 换一个") from None
            raise SystemExit(f"端口 {port} 已被占用，请用 --port 换一个") from None


def _child(name: str, *command: str) -> Child:
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        env={**os.environ, "PGAPPNAME": name},
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: die_with_parent(signal.SIGTERM),
    )


def web(host: str, port: int, workers: int) -> Child:
    """The web server: granian with so many processes of two threads each."""
    return _child(
        "web",
        *("granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "2", "--no-ws", "--http", "1"),
        *("--backpressure", "64", "--blocking-threads-idle-timeout", "600"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5", "--log-level", "warning"),
        "yizhan.config.wsgi:application",
    )


def worker() -> Child:
    """The process that does the jobs."""
    return _child("worker", "yizhan", "worker")


def wait_ready(host: str, port: int, children: list[Child]) -> None:
    """Return when the web server answers a request, or when a child has ended."""
    everywhere = ipaddress.ip_address(host).is_unspecified if host[:1] in "0123456789:" else False
    asked = ("::1" if ":" in host else "127.0.0.1") if everywhere else host
    while all(process.poll() is None for process in children):
        connection = http.client.HTTPConnection(asked, port, timeout=30)
        try:
            connection.request("GET", "/")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()


def watch(children: list[Child]) -> None:
    """Return only when a child has ended by itself: then the platform stops with a sentence."""
    while all(process.poll() is None for process in children):
        time.sleep(0.3)
    raise SystemExit("有一个进程意外退出，平台已停止。原因见上面的输出")


def end(children: list[Child]) -> None:
    """Ask the children to end, and end what is left of them after a while."""
    for process in children:
        process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in children:
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
        _kill_group(process.pid)


def _kill_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
