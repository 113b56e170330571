"""A demo started by its own command, for walks and pictures."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
PHONE, DESK = (390, 844), (1366, 768)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
NOT_OURS = ("DATABASE_URL", "OWNER_DATABASE_URL", "SECRET_KEY", "SEAL_KEYS", "INDEX_KEY")
READY = "平台已启动"


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path) -> dict[str, str]:
    """The environment of a demo: ours, without the database and keys of the tests."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    return kept | {"YIZHAN_DATA": str(data), "YIZHAN_DEMO": "1", "PYTHONUNBUFFERED": "1"}


@contextmanager
def running(data: Path) -> Iterator[str]:
    """The address of a fresh demo: its own database, web and worker, ended by Ctrl-C."""
    for folder in (data, *data.parents[:2]):
        if folder.owner() == Path.home().owner() and folder != Path("/tmp"):
            folder.chmod(0o755)
    port, log = free_port(), data / "demo.log"
    command = [sys.executable, "-m", "yizhan", "demo", "--port", str(port)]
    with log.open("w") as out:
        demo = subprocess.Popen(command, cwd=ROOT, env=environment(data), stdout=out, stderr=out)
    try:
        for _ in range(1800):
            if READY in log.read_text() or demo.poll() is not None:
                break
            time.sleep(0.1)
        assert demo.poll() is None, log.read_text()
        yield f"http://127.0.0.1:{port}"
    finally:
        demo.send_signal(signal.SIGINT)
        ended = demo.wait(timeout=30)
    assert ended == 0, log.read_text()
    assert "Traceback" not in log.read_text(), log.read_text()
