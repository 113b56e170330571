"""What each command of `yizhan` does. A command returns the exit code, or raises SystemExit."""

import sys
import textwrap
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from yizhan.config import environment, launch, prepare, stamp


@contextmanager
def ready() -> Iterator[None]:
    """A database that answers and Django loaded, for a short command."""
    environment.require()
    with launch.some_server(environment.data_folder()):
        prepare.load_django()
        prepare.reachable()
        yield


def demo(wanted: Namespace) -> int:
    """Everything at once, with demo data: database, web, worker."""
    data = environment.writable(environment.data_folder())
    launch.port_is_free(wanted.host, wanted.port)
    with launch.stoppable(), launch.only_launcher(data):
        environment.make_secrets(data)
        environment.require()
        with launch.own_server(data):
            version = stamp.mark()
            if not stamp.holds(data, version):
                print("准备数据……", flush=True)
                prepare.everything(data)
                stamp.keep(data, version)
            _serve(wanted, with_worker=True, news=(data / "sign-ins.txt").read_text("utf-8"))
    return 0


def serve(wanted: Namespace) -> int:
    """The web server, and the worker beside it where one machine does both."""
    environment.require()
    data = environment.writable(environment.data_folder())
    launch.port_is_free(wanted.host, wanted.port)
    with launch.stoppable(), launch.only_launcher(data), launch.own_server(data):
        prepare.load_django()
        prepare.reachable()
        prepare.must_be_migrated()
        prepare.collect_static(data)
        _serve(wanted, with_worker=wanted.worker, news="")
    return 0


def worker(_wanted: Namespace) -> int:
    """The jobs, in this process, until it is told to end."""
    with ready():
        from procrastinate.contrib.django import app

        prepare.must_be_migrated()
        connector: Any = app.connector
        app.with_connector(connector.get_worker_connector()).run_worker(
            name="worker", concurrency=2, shutdown_graceful_timeout=8, delete_jobs="successful"
        )
    return 0


def migrate(_wanted: Namespace) -> int:
    """Tables and rights of this version."""
    with ready():
        count = prepare.migrate()
        print(f"数据库已是这个版本（执行了 {count} 个迁移），两个角色的权限已设好。")
    return 0


def reference(_wanted: Namespace) -> int:
    """Categories, kinds of facilities and the like."""
    with ready():
        for name, count in prepare.reference().items():
            print(f"{name}：{count} 条")
    return 0


def regions(wanted: Namespace) -> int:
    """The regions of a file; every bad row is named, and then nothing is changed."""
    with ready():
        from yizhan.base.tables import BadRows

        try:
            done = prepare.regions(wanted.file)
        except BadRows as bad:
            for error in bad.errors:
                print(error)
            raise SystemExit(f"有 {len(bad.errors)} 处不对，什么都没有导入。") from None
        print(f"区划：新增 {done.added}，变更 {done.changed}，不变 {done.unchanged}。")
    return 0


def createstaff(wanted: Namespace) -> int:
    """An account with a first post; the password is shown once."""
    with ready():
        from django.utils.timezone import now

        from yizhan.base.actor import CLOCK
        from yizhan.people.models import Unit
        from yizhan.people.operations import create_staff

        unit = Unit.objects.current().filter(code=wanted.unit).first()
        if unit is None:
            raise SystemExit(f"没有代码为 {wanted.unit} 的单位")
        made = create_staff(
            name=wanted.name,
            username=wanted.username,
            phone=wanted.phone,
            unit=unit,
            role=wanted.role,
            by=CLOCK,
            at=now(),
        )
        print(f"已开账号 {wanted.username}，任 {made.post}。")
        print(f"一次性密码：{made.password}（只显示这一次，首次登录后须更换）")
    return 0


def verify(_wanted: Namespace) -> int:
    """Recompute the chain of history and name every step that is not as it was written."""
    with ready():
        from django.utils.timezone import now

        from yizhan.base import chain
        from yizhan.base.actor import CLOCK
        from yizhan.privacy.operations import keep_check

        faults = chain.verify()
        for fault in faults:
            print(fault.sentence)
        check = keep_check(faults=faults, by=CLOCK.through("command"), at=now())
        if faults:
            print(f"发现 {len(faults)} 处问题。", file=sys.stderr)
            return 1
        print(f"历史记录完好：链上共 {check.position} 条。")
    return 0


def export_chain(wanted: Namespace) -> int:
    """The chain as a file that can be checked without the platform; it holds no content."""
    with ready():
        from yizhan.base import chain

        with wanted.file.open("w", encoding="utf-8") as file:
            for line in chain.exported():
                file.write(line + "\n")
        print(f"已导出到 {wanted.file}。核验：python3 tools/check_chain.py {wanted.file}")
    return 0


def head(_wanted: Namespace) -> int:
    """The heads of the last days and the end as it is now, one a line, to be kept elsewhere."""
    with ready():
        from yizhan.privacy.proof import heads, last_seal

        for kept in heads():
            print(f"{kept.date} {kept.position}:{bytes(kept.hash).hex()}")
        last = last_seal()
        print(f"现在 {last.position}:{bytes(last.hash).hex()}" if last else "链上还没有记录。")
    return 0


def rekey(_wanted: Namespace) -> int:
    """Seal with the newest key what was sealed with an older one."""
    with ready():
        from itertools import chain as one_after_another

        from yizhan.base import rekey as base
        from yizhan.people import rekey as people

        done = 0
        for place, count in one_after_another(base.rekey(), people.rekey()):
            done += count
            print(f"{place}：{count}", flush=True)
        print(f"已用最新的密钥重新加密 {done} 项。")
    return 0


def filing(wanted: Namespace) -> int:
    """The filing pack of this installation, from what is installed and where it is on."""
    with ready():
        from django.utils.timezone import localdate

        from yizhan.portal import filing as packs

        values = packs.pack(localdate())
        for path in packs.write(wanted.folder, values):
            print(f"已写好 {path}")
        open_points = packs.still_open(values)
        if open_points:
            print(f"主办单位还要填写 {len(open_points)} 处，文中标有「待填写」。")
        if values["unregistered"]:
            print(f"有 {len(values['unregistered'])} 个加密字段未登记用途，备案前须说明。")
    return 0


def check(_wanted: Namespace) -> int:
    """Django's deployment check, then our own. A demo is not held to the former."""
    with ready():
        from django.conf import settings
        from django.core.management import CommandError, call_command

        from yizhan.config import checks

        faults = list(checks.faults())
        try:
            call_command("check", deploy=not settings.DEMO, fail_level="WARNING")
        except CommandError as error:
            faults.append(str(error))
        for fault in faults:
            print(fault)
        if not faults:
            print("检查通过。")
    return 1 if faults else 0


def _serve(wanted: Namespace, *, with_worker: bool, news: str) -> None:
    address = f"http://{wanted.host}:{wanted.port}/"
    children: list[launch.Child] = []
    try:
        children.append(launch.web(wanted.host, wanted.port, wanted.workers))
        if with_worker:
            children.append(launch.worker())
        launch.wait_ready(wanted.host, wanted.port, children)
        print(f"平台已启动：{address}   按 Ctrl-C 停止", flush=True)
        if news:
            print(f"以下全是演示数据。打开 {address}demo/ 点一下就能换身份，也可以这样登录：")
            print(textwrap.indent(news, "  "), flush=True)
        launch.watch(children)
    finally:
        launch.end(children)
