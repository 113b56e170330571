import os

import pytest

from tests.database import administrate
from yizhan.config import stamp


def test_the_same_thing_has_the_same_mark_and_another_district_another(monkeypatch):
    first = stamp.mark()
    assert stamp.mark() == first

    monkeypatch.setenv("YIZHAN_DISTRICT", "610303")
    assert stamp.mark() != first


@pytest.mark.skipif("://postgres@" not in os.environ.get("DATABASE_URL", ""), reason="own server")
def test_a_database_made_anew_has_another_mark(django_db_setup, monkeypatch):
    name = f"anew_{os.getpid()}"
    monkeypatch.setenv("DATABASE_URL", os.environ["DATABASE_URL"].replace("/yizhan?", f"/{name}?"))
    marks = set()
    for _ in range(2):
        with monkeypatch.context() as patch:
            patch.setenv(
                "DATABASE_URL", os.environ["DATABASE_URL"].replace(f"/{name}?", "/yizhan?")
            )
            administrate("CREATE DATABASE {}", name)
        marks.add(stamp.mark())
        with monkeypatch.context() as patch:
            patch.setenv(
                "DATABASE_URL", os.environ["DATABASE_URL"].replace(f"/{name}?", "/yizhan?")
            )
            administrate("DROP DATABASE {}", name)

    assert len(marks) == 2


def test_a_changed_file_is_seen(tmp_path):
    (tmp_path / "a").write_text("1")
    first = stamp.fingerprint(tmp_path.iterdir())
    (tmp_path / "a").write_text("22")

    assert stamp.fingerprint(tmp_path.iterdir()) != first


def test_it_is_kept(tmp_path):
    assert not stamp.holds(tmp_path, "x")
    stamp.keep(tmp_path, "x")
    assert stamp.holds(tmp_path, "x")
    assert not stamp.holds(tmp_path, "y")
