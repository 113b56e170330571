"""Invented people and orders for a first look, made by the same operations as real ones.

Everything comes from the district's pack and is marked 演示数据. Loading again changes nothing.
"""

import csv
import tomllib
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, now

from yizhan.demo import story
from yizhan.orders.models import Order
from yizhan.people.models import Person, Post, Unit
from yizhan.people.units import import_units, load_offices
from yizhan.places import operations as places
from yizhan.regions.district import pack, profile
from yizhan.regions.models import Region

PASSWORD = "yizhan-demo"
EPOCH = timedelta(days=400)


def read(name: str) -> list[dict[str, Any]]:
    """The rows of one file of the pack's `demo` folder; none when the pack has no such file."""
    path = pack() / "demo" / f"{name}.toml"
    if not path.exists():
        return []
    rows: list[dict[str, Any]] = next(iter(tomllib.loads(path.read_text("utf-8")).values()))
    return rows


@transaction.atomic
def load_units() -> int:
    """Two branches in each community and a team in each street, below their offices."""
    load_offices(phone=profile().phone)
    own = list(Region.objects.current().own().order_by("code"))
    communities = [region for region in own if region.kind == Region.Kind.COMMUNITY]
    rows = [_branch(region, number) for region in communities for number in (1, 2)]
    rows += [_team(region) for region in own if region.kind == Region.Kind.STREET]
    return import_units(rows=rows)


def _branch(region: Region, number: int) -> dict[str, str]:
    return {
        "code": f"B{region.code}-{number}",
        "kind": "branch",
        "name": f"{region.short_name}第{'一二'[number - 1]}党支部",
        "parent_code": f"C{region.code}",
        "region_code": region.code,
        "phone": "",
    }


def _team(region: Region) -> dict[str, str]:
    return {
        "code": f"T{region.code}",
        "kind": "team",
        "name": f"{region.short_name}红色先锋队",
        "parent_code": f"S{region.code}",
        "region_code": region.code,
        "phone": "",
    }


def load_stations(*, at: datetime) -> None:
    """The stations and centres of the pack."""
    for name in ("centres.csv", "stations.csv"):
        path = pack() / name
        if path.exists():
            with path.open(encoding="utf-8", newline="") as rows:
                places.import_stations(rows=csv.DictReader(rows), by=story.MAKER, at=at)


@transaction.atomic
def load_people(*, at: datetime) -> dict[str, Person]:
    """The cast: residents by phone, staff by name and password, each with a post or none."""
    return {row["key"]: _person(row, at) for row in read("people")}


def _person(row: dict[str, Any], at: datetime) -> Person:
    known = Person.objects.with_phone(row["phone"])
    if known:
        return known
    person = Person(name=row["name"], username=row.get("username"), is_demo=True)
    person.set_phone(row["phone"])
    person.phone_verified_at = at
    if row.get("username"):
        person.set_password(PASSWORD)
    else:
        person.set_unusable_password()
    if row.get("home"):
        person.home = Region.objects.current().get(code=row["home"])
    person.save()
    if row.get("role"):
        post = Post.objects.create(
            person=person,
            role=row["role"],
            unit=Unit.objects.get(code=row["unit"]),
            since_date=localdate(at - EPOCH),
            skills=row.get("skills", ""),
        )
        post.begin("appointed", by=story.MAKER, at=at, role=row["role"])
    return person


def load(at: datetime | None = None) -> None:
    """Units, people and orders of the pack's demo, relative to now. Run again, it adds nothing."""
    at = at or now()
    load_units()
    load_stations(at=at)
    people = load_people(at=at)
    if not Order.objects.exists():
        for row in read("orders"):
            story.tell(row, people, at)


def sign_ins() -> list[str]:
    """One line a demo person: what they are called, how they sign in, what they do."""
    return [f"{row['called']}  {_key(row)}  {row['says']}" for row in read("people")]


def _key(row: dict[str, Any]) -> str:
    if "username" in row:
        return f"用户名 {row['username']}，密码 {PASSWORD}"
    return f"手机 {row['phone']}，验证码见「演示短信」"
