import ast
import os
import re
import shutil
import stat
from collections import namedtuple
from pathlib import Path

import pytest

from yizhan.config import environment

ROOT = Path(__file__).resolve().parents[2]
READERS = {"flag", "words", "get"}
GOOD = {"SECRET_KEY": "x" * 50, "SEAL_KEYS": "1:" + "aa" * 32, "INDEX_KEY": "bb" * 32}


def variables_read(path):
    """Names given to `os.environ[...]`, `os.environ.get(...)`, `flag(...)` and `words(...)`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            yield node.slice
        if isinstance(node, ast.Call) and node.args:
            called = ast.unparse(node.func)
            if called in ("flag", "words", "os.environ.get", "os.environ.setdefault"):
                yield node.args[0]


def test_the_example_lists_every_variable_and_no_other():
    read = {
        name.value
        for path in sorted((ROOT / "yizhan").rglob("*.py"))
        for name in variables_read(path)
        if isinstance(name, ast.Constant)
    }
    listed = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)

    assert sorted(listed) == sorted(read - {"DJANGO_SETTINGS_MODULE"})


def test_only_config_reads_the_environment():
    readers = {
        path.relative_to(ROOT / "yizhan").parts[0]
        for path in (ROOT / "yizhan").rglob("*.py")
        if "os.environ" in path.read_text("utf-8")
    }

    assert readers <= {"config", "bench"}


@pytest.fixture
def variables(monkeypatch):
    """The environment with good values, put back afterwards."""
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_good_values_pass(variables):
    environment.require()


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_missing_variable_is_named(variables, name):
    variables.delenv(name)

    with pytest.raises(SystemExit, match=f"缺少环境变量 {name}（.*写法见 .env.example"):
        environment.require()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SEAL_KEYS", "abc"),
        ("SEAL_KEYS", "0:" + "aa" * 32),
        ("SEAL_KEYS", "1:aa"),
        ("INDEX_KEY", "zz"),
    ],
)
def test_a_malformed_key_is_named(variables, name, value):
    variables.setenv(name, value)

    with pytest.raises(SystemExit, match=f"环境变量 {name} 写得不对"):
        environment.require()


def test_secrets_of_a_demo_add_what_is_missing(variables, tmp_path):
    (tmp_path / "secrets.env").write_text("# words\nSECRET_KEY=kept\nINDEX_KEY=other\nDEBUG=\n")
    variables.setenv("YIZHAN_DATA", str(tmp_path))
    variables.delenv("SECRET_KEY")
    variables.delenv("DEBUG", raising=False)
    environment.read_files()

    assert os.environ["SECRET_KEY"] == "kept"
    assert os.environ["INDEX_KEY"] == GOOD["INDEX_KEY"]
    assert "DEBUG" not in os.environ


def test_real_secrets_leave_those_of_a_demo_alone(variables, tmp_path):
    (tmp_path / "secrets.env").write_text("YIZHAN_DEMO=1\n")
    variables.setenv("YIZHAN_DATA", str(tmp_path))
    variables.delenv("YIZHAN_DEMO", raising=False)
    environment.read_files()

    assert "YIZHAN_DEMO" not in os.environ


def test_a_demo_is_a_demo_whatever_is_configured(variables, tmp_path):
    variables.setenv("YIZHAN_DEMO", "0")
    environment.make_secrets(tmp_path)

    assert os.environ["YIZHAN_DEMO"] == "1"


def test_a_demo_makes_its_secrets_once_and_for_nobody_else(variables, tmp_path):
    for name in GOOD:
        variables.delenv(name)
    variables.delenv("YIZHAN_DEMO", raising=False)
    environment.make_secrets(tmp_path)
    environment.require()
    first = {name: os.environ.pop(name) for name in (*GOOD, "YIZHAN_DEMO")}
    environment.make_secrets(tmp_path)

    assert {name: os.environ.pop(name) for name in first} == first
    assert stat.S_IMODE((tmp_path / "secrets.env").stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(SystemExit, match="不能写：.*可用 YIZHAN_DATA 换一个"):
        environment.writable(tmp_path / "file" / "data")


def test_a_full_disk_is_one_sentence(tmp_path, monkeypatch):
    usage = namedtuple("usage", "total used free")(10, 9, 40 * 2**20)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)

    with pytest.raises(SystemExit, match="磁盘空间不足：.*只剩 40 MB，至少需要 300 MB"):
        environment.writable(tmp_path)
