"""The server we start ourselves ends with its launcher, however that ended."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from yizhan.config import launch, localdb
from yizhan.config.localdb import FAST, LocalServer

ROOT = Path(__file__).resolve().parents[2]
LAUNCHER = """
import sys, time
from pathlib import Path
from yizhan.config.localdb import FAST, LocalServer
server = LocalServer(Path(sys.argv[1]), options=FAST).start()
server.ensure_database("yizhan")
print(server.process.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def folder(tmp_path):
    """A data folder that the system account of the database can reach."""
    for parent in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        parent.chmod(0o755)
    return tmp_path / "pg"


@pytest.fixture
def locked(folder):
    """A folder into which only its owner gets."""
    folder = folder.parent / "locked"
    folder.mkdir(mode=0o700)
    return folder


def gone(pid, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if (
            not Path(f"/proc/{pid}").exists()
            or "Z" in Path(f"/proc/{pid}/stat").read_text().split()[2]
        ):
            return True
        time.sleep(0.05)
    return False


def test_nothing_is_left_after_kill_9_and_the_next_start_keeps_the_data(folder):
    launcher = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with launcher:
        pid = int(launcher.stdout.readline())
        server = LocalServer(folder, options=FAST)
        with psycopg.connect(server.url("yizhan")) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS seven")
        launcher.send_signal(signal.SIGKILL)
    assert gone(pid, 10)

    server.start()
    try:
        with psycopg.connect(server.url("yizhan")) as connection:
            assert connection.execute("SELECT seven FROM kept").fetchone() == (7,)
            collation = connection.execute(
                "SELECT datcollate FROM pg_database WHERE datname = 'yizhan'"
            )
            assert collation.fetchone() == ("C.UTF-8",)
    finally:
        server.stop()
    assert not server.answers()


def test_the_socket_of_a_deep_folder_lies_elsewhere(folder):
    deep = folder / ("x" * 60) / ("y" * 60)

    assert len(str(LocalServer(deep).sockets)) < 100


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs a system account")
def test_root_keeps_the_data_where_the_system_account_can_reach_them(locked, monkeypatch):
    elsewhere = locked.parent / "elsewhere"
    monkeypatch.setattr(localdb, "ELSEWHERE", elsewhere)
    wanted = locked / "pg"

    kept = LocalServer(wanted).folder
    assert kept.is_relative_to(elsewhere)
    assert wanted.resolve() == kept
    assert LocalServer(wanted).folder == kept


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs a system account")
def test_data_that_became_unreachable_are_not_replaced_by_empty_ones(locked):
    (locked / "pg").mkdir()
    (locked / "pg" / "PG_VERSION").write_text("18")

    with pytest.raises(SystemExit, match="进不了 .*请放开上级目录的进入权限"):
        LocalServer(locked / "pg")


def test_a_free_port_is_free_and_a_taken_one_is_not():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"端口 {port} 已被占用"):
            launch.port_is_free("127.0.0.1", port)
    launch.port_is_free("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port", "words"),
    [
        ("127.0.0.1", 70000, "没有 70000 这个端口"),
        ("203.0.113.7", 0, "这台机器没有地址 203.0.113.7"),
    ],
)
def test_an_address_that_cannot_be_is_one_sentence(host, port, words):
    with pytest.raises(SystemExit, match=words):
        launch.port_is_free(host, port)


def test_children_end_with_all_they_started():
    child = subprocess.Popen(
        ["sh", "-c", "trap '' TERM; sleep 60 & echo $!; wait"],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    grandchild = int(child.stdout.readline())
    before, launch.PATIENCE = launch.PATIENCE, 0.2
    try:
        launch.end([child])
    finally:
        launch.PATIENCE = before
        child.stdout.close()

    assert child.wait() < 0
    assert gone(grandchild, 5)
