"""What a demo was prepared from, so that the next start of the same thing does nothing twice."""

import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from yizhan.config.environment import ROOT
from yizhan.config.roles import connected

PACKAGE = Path(__file__).resolve().parents[1]


def fingerprint(paths: Iterable[Path]) -> str:
    """A hash over names, sizes and times of files."""
    seen = sha256()
    for path in sorted(paths):
        stat = path.stat()
        seen.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def mark() -> str:
    """This version, district and database, on one line. Another database has another mark."""
    packs = Path(os.environ.get("YIZHAN_DISTRICTS", ROOT / "districts"))
    sources = [
        path
        for folder in (PACKAGE, packs, ROOT / "requirements")
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    ]
    with connected(os.environ["DATABASE_URL"]) as server:
        database = server.execute(
            "SELECT system_identifier, oid FROM pg_control_system(), pg_database"
            " WHERE datname = current_database()"
        ).fetchone()
    return f"{database} {os.environ.get('YIZHAN_DISTRICT', '')} {fingerprint(sources)}"


def holds(data: Path, line: str) -> bool:
    """Whether the data folder was prepared from exactly this."""
    stamp = data / "demo.stamp"
    return stamp.exists() and stamp.read_text() == line


def keep(data: Path, line: str) -> None:
    """Remember it."""
    (data / "demo.stamp").write_text(line)
