"""The `yizhan` command: each command is one function; every error is one sentence."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from yizhan.config import commands, environment

OUTDATED = ("42501", "42P01", "42703")  # no right, no such table, no such column
COMMANDS = {
    "demo": (commands.demo, "用演示数据启动整个平台，不需要别的软件"),
    "serve": (commands.serve, "启动网页服务；加 --worker 同时启动后台任务"),
    "worker": (commands.worker, "启动后台任务：发送消息、封存历史、到期处理"),
    "migrate": (commands.migrate, "把数据库升级到这个版本，并设好两个角色的权限"),
    "reference": (commands.reference, "载入或更新类别、设施等基础数据，可重复执行"),
    "regions": (commands.regions, "载入行政区划；不写文件名时载入数据包中的"),
    "createstaff": (commands.createstaff, "开一个工作人员账号并任岗，显示一次性密码"),
    "verify": (commands.verify, "核验历史记录的链，发现改动时逐条说明"),
    "export-chain": (commands.export_chain, "把链导出成文件，供 tools/check_chain.py 在别处核验"),
    "head": (commands.head, "显示链头，抄下来放在别处；以后核验时对照"),
    "rekey": (commands.rekey, "用最新的密钥重新加密全部数据，可中断后再继续"),
    "filing": (commands.filing, "写出备案材料：filing.docx 和 filing.json"),
    "check": (commands.check, "检查配置、权限、密钥是否适合正式运行"),
}


def main(arguments: list[str] | None = None) -> None:
    """Run one command. Ends the process: 0 when all is well, 1 with a sentence otherwise."""
    wanted = _parser().parse_args(arguments)
    environment.read_files()
    with one_sentence():
        raise SystemExit(COMMANDS[wanted.command][0](wanted))


class Parser(argparse.ArgumentParser):
    """Says in one Chinese sentence what is wrong with a command line."""

    def error(self, message: str) -> NoReturn:
        raise SystemExit(f"命令写得不对（{message}），用 yizhan --help 看写法")


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="yizhan", description="城市驿站平台")
    group = parser.add_subparsers(dest="command", required=True, metavar="命令")
    parsers = {
        name: group.add_parser(name, help=sentence, description=sentence)
        for name, (_, sentence) in COMMANDS.items()
    }
    for name in ("demo", "serve"):
        parsers[name].add_argument("--host", default="127.0.0.1", help="网页服务的地址")
        parsers[name].add_argument("--port", type=int, default=8000, help="网页服务的端口")
        parsers[name].add_argument("--workers", type=int, default=2, help="网页服务的进程数")
    parsers["serve"].add_argument("--worker", action="store_true", help="同时启动后台任务")
    parsers["regions"].add_argument("file", nargs="?", type=Path, help="CSV 文件")
    parsers["filing"].add_argument("folder", type=Path, help="写到哪个文件夹")
    parsers["export-chain"].add_argument("file", type=Path, help="写到这个文件")
    staff = parsers["createstaff"]
    staff.add_argument("--name", required=True, help="姓名")
    staff.add_argument("--username", required=True, help="登录用的用户名")
    staff.add_argument("--role", required=True, help="岗位代码，见 people/reference/roles.toml")
    staff.add_argument("--unit", required=True, help="单位代码")
    staff.add_argument("--phone", default="", help="手机号，可不写")
    return parser


@contextmanager
def one_sentence() -> Iterator[None]:
    """Tell the errors a person can put right in one sentence; a fault of ours keeps its trace."""
    try:
        yield
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        raise SystemExit(f"读写{place} 失败：{environment.reason(error)}") from None
    except Exception as error:
        sentence = _of_the_database(error)
        if sentence is None or os.environ.get("DEBUG") == "1":
            raise
        raise SystemExit(sentence) from None


def _of_the_database(error: Exception) -> str | None:
    if "django.db" not in sys.modules:
        return None
    from django.db import OperationalError, ProgrammingError

    from yizhan.base.verdict import Refused
    from yizhan.config.roles import unreachable

    if isinstance(error, Refused):
        return error.reason
    if isinstance(error, ProgrammingError) and getattr(error.__cause__, "sqlstate", "") in OUTDATED:
        return "数据库的表或权限与这个版本不符，请先运行 yizhan migrate"
    return unreachable(error) if isinstance(error, OperationalError) else None
