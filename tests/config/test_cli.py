"""The command line as a person meets it: each error is one sentence, none a traceback."""

import fcntl
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from yizhan.config import cli
from yizhan.config.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("PATH", "HOME", "LANG", "LC_ALL")


@pytest.fixture
def yizhan(tmp_path):
    """Run the command in a clean environment; returns exit code, output and errors."""

    def run(*arguments, **variables):
        env = {name: os.environ[name] for name in KEPT if name in os.environ}
        answer = subprocess.run(
            [sys.executable, "-m", "yizhan", *arguments],
            cwd=ROOT,
            env={**env, "YIZHAN_DATA": str(tmp_path / "data"), **variables},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return answer.returncode, answer.stdout, answer.stderr

    return run


def one_sentence(answer, words):
    code, out, err = answer
    assert code == 1
    assert words in err
    assert len(err.strip().splitlines()) == 1, err
    assert out == ""


def test_a_busy_port(yizhan):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        one_sentence(yizhan("demo", "--port", port), f"端口 {port} 已被占用，请用 --port 换一个")


def test_a_second_launcher_in_the_same_folder(yizhan, tmp_path):
    (tmp_path / "data").mkdir()
    with (tmp_path / "data" / "launcher.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        one_sentence(yizhan("demo", "--port", "0"), "已有一个正在运行的平台，请先停止它")


def test_a_folder_that_cannot_be_written(yizhan, tmp_path):
    (tmp_path / "data").write_text("a file")

    one_sentence(yizhan("demo", "--port", "0"), "不能写")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql:/nonsense", "DATABASE_URL 写得不对"),
        ("postgresql://a@127.0.0.1:9/b", "连不上数据库服务器"),
    ],
)
def test_a_wrong_database_url(yizhan, url, words):
    one_sentence(yizhan("demo", "--port", "0", DATABASE_URL=url), words)


def test_missing_secrets(yizhan):
    one_sentence(yizhan("serve", "--port", "0"), "缺少环境变量 SECRET_KEY")


def test_an_unknown_command(yizhan):
    one_sentence(yizhan("explode"), "用 yizhan --help 看写法")


def test_every_command_is_explained(yizhan):
    code, out, err = yizhan("--help")

    assert (code, err) == (0, "")
    for name, (_, sentence) in COMMANDS.items():
        assert name in out
        assert sentence[:12] in out


def test_the_commands_that_were_promised():
    promised = "demo serve worker migrate reference regions createstaff verify export-chain head"

    assert list(COMMANDS) == [*promised.split(), "rekey", "filing", "check"]


@pytest.mark.parametrize("number", [13, 28])
def test_an_error_of_the_system_is_a_sentence(number):
    with pytest.raises(SystemExit, match="读写 /x 失败：(没有权限|磁盘已满)"), cli.one_sentence():
        raise OSError(number, "system's words", "/x")


def test_a_fault_of_ours_keeps_its_trace():
    with pytest.raises(ZeroDivisionError), cli.one_sentence():
        raise ZeroDivisionError
