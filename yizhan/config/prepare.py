"""What has to be in place before the platform serves: tables, rights, data, static files."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.timezone import localdate, now

from yizhan.base.actor import CLOCK
from yizhan.config.roles import connected, grant, owning, prepare_roles
from yizhan.config.stamp import fingerprint


def load_django() -> None:
    """Read the settings and load every app.

    Raises SystemExit when a variable is missing or the district's pack says something impossible.
    """
    try:
        _ = settings.INSTALLED_APPS
    except KeyError as missing:
        raise SystemExit(f"缺少环境变量 {missing.args[0]}，写法见 .env.example") from None
    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        raise SystemExit(str(wrong)) from None


def migrate() -> int:
    """Bring the database to this version as its owner, and give the serving role its rights.

    Returns how many migrations were waiting.
    """
    from django.core.management import call_command

    url, owner_url = os.environ["DATABASE_URL"], settings.OWNER_DATABASE_URL
    if url == owner_url:
        prepare_roles(url)
    else:
        prepare_roles(owner_url, "yizhan_owner")
        prepare_roles(url, "yizhan_app")
    with owning():
        waiting = waiting_migrations()
        if waiting:
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
        grant()
    return waiting


def reachable() -> None:
    """Raise SystemExit with one sentence unless the database answers and is new enough."""
    connected(os.environ["DATABASE_URL"]).close()


def waiting_migrations() -> int:
    """How many migrations of this version the database has not seen."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def must_be_migrated() -> None:
    """Raise SystemExit while the database waits for migrations."""
    if count := waiting_migrations():
        raise SystemExit(f"数据库有 {count} 个迁移没有执行，请先运行 yizhan migrate")


def everything(data: Path, *, living: bool = True) -> None:
    """Tables, data and static files of a demo, in order; each part may run again.

    `living` adds what happened in the district in the last 30 days.
    """
    load_django()
    migrate()
    regions()
    reference()
    demo(living=living)
    collect_static(data)
    from yizhan.demo.load import sign_ins

    (data / "sign-ins.txt").write_text("\n".join(sign_ins()), "utf-8")


def reference() -> dict[str, int]:
    """Load the reference data of every domain; returns how many rows each has."""
    from yizhan.places.operations import load_reference as facilities
    from yizhan.privacy.operations import load_reference as texts
    from yizhan.routing.operations import load_reference as categories

    loaders: dict[str, Callable[[], Any]] = {
        "点单类别": categories,
        "设施与服务": facilities,
        "授权文字": texts,
    }
    return {name: counted(load()) for name, load in loaders.items()}


def counted(answer: Any) -> int:
    """Loaders return a number, or rows."""
    return answer if isinstance(answer, int) else len(answer or ())


def regions(file: Path | None = None) -> Any:
    """Load the regions of a file, or of the district's pack with its outline, and their offices."""
    from yizhan.people.units import load_offices
    from yizhan.places.coordinates import Point
    from yizhan.places.operations import load_layers
    from yizhan.regions.district import profile
    from yizhan.regions.models import Region
    from yizhan.regions.operations import import_boundary, import_regions

    pack = settings.PACKS / settings.DISTRICT
    at = now()
    result = import_regions(
        source=file or pack / "regions.csv", valid_from=localdate(at), by=CLOCK, at=at
    )
    outline = pack / "boundary.geojson"
    if file is None and outline.exists():
        import_boundary(source=outline, by=CLOCK, at=at)
    load_offices(phone=profile().phone)
    load_layers(
        path=pack / "lines.geojson",
        region=Region.objects.current().get(code=profile().code),
        centre=Point(profile().centre[1], profile().centre[0]),
        by=CLOCK,
        at=at,
    )
    return result


def demo(*, living: bool = True) -> None:
    """Load the demo data, unless the database holds a district's real data.

    `living` adds its last 30 days.
    """
    from yizhan.demo.load import load
    from yizhan.people.models import Person

    people = Person.objects.all()
    if people.exists() and not people.filter(is_demo=True).exists():
        raise SystemExit(
            "这个库里已有正式数据，不能载入演示数据。请换一个库，或用 yizhan serve 启动"
        )
    load(with_life=living)


def collect_static(data: Path) -> None:
    """Put the static files of every app into the data folder when any of them has changed."""
    from django.contrib.staticfiles import finders
    from django.core.management import call_command

    paths = [
        Path(storage.path(name))
        for finder in finders.get_finders()
        for name, storage in finder.list([])
    ]
    mark = fingerprint(paths)
    stamp = data / "static.stamp"
    if stamp.exists() and stamp.read_text() == mark and settings.STATIC_ROOT.is_dir():
        return
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(mark)
