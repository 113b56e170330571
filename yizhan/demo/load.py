"""Invented people and orders for a first look, made by the same operations as real ones.

Everything comes from the district's pack and is marked 演示数据. Loading again changes nothing.
"""

import csv
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.timezone import localdate, localtime, now

from yizhan.demo import (
    agreed,
    asks,
    beside,
    counter,
    crowd,
    flagged,
    glances,
    ledgers,
    plans,
    play,
    routed,
    story,
    told,
    urged,
    voices,
)
from yizhan.demo.data import Living, living, read
from yizhan.insights import pack as baselines
from yizhan.orders.models import Order
from yizhan.people.models import Person, Post, Unit
from yizhan.people.units import import_units, load_offices
from yizhan.places import operations as places
from yizhan.regions.district import pack, profile
from yizhan.regions.models import Region

PASSWORD = "yizhan-demo"
STREETS = (Region.Kind.STREET, Region.Kind.TOWN)


def own_regions() -> list[Region]:
    """The regions that the district runs itself, in the order of their codes."""
    return list(Region.objects.current().own().order_by("code"))


@transaction.atomic
def load_units(made: Living | None) -> int:
    """Below their offices: two branches in each community, a team in each street and town.

    In a living district each street and town has a property company and a partner unit too.
    """
    load_offices(phone=profile().phone)
    own = own_regions()
    communities = [region for region in own if region.kind == Region.Kind.COMMUNITY]
    streets = [region for region in own if region.kind in STREETS]
    rows = [_branch(region, number) for region in communities for number in (1, 2)]
    rows += [_below_street("T", "team", f"{one.short_name}红色先锋队", one) for one in streets]
    if made:
        rows += [row for n, one in enumerate(streets) for row in _companies(made, one, n)]
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


def _companies(made: Living, street: Region, number: int) -> list[dict[str, str]]:
    company = f"{made.companies[number % len(made.companies)]}物业"
    partner = f"{street.short_name}{made.partners[number % len(made.partners)]}"
    return [
        _below_street("P", "property", company, street),
        _below_street("J", "partner", partner, street),
    ]


def _below_street(letter: str, kind: str, name: str, region: Region) -> dict[str, str]:
    return {
        "code": f"{letter}{region.code}",
        "kind": kind,
        "name": name,
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
def load_people(*, hashed: str, at: datetime) -> dict[str, Person]:
    """The cast: residents by phone, staff by name and password, each with a post or none."""
    return {row["key"]: _person(row, hashed, at) for row in read("people")}


def _person(row: dict[str, Any], hashed: str, at: datetime) -> Person:
    known = Person.objects.with_phone(row["phone"])
    if known:
        return known
    person = Person(name=row["name"], username=row.get("username"), is_demo=True)
    person.set_phone(row["phone"])
    person.phone_verified_at = at
    if row.get("username"):
        person.password = hashed
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
            since_date=localdate(at - crowd.EPOCH),
            skills=row.get("skills", ""),
        )
        post.begin("appointed", by=story.MAKER, at=at, role=row["role"])
    return person


def load(at: datetime | None = None, *, with_life: bool = True) -> None:
    """Everything of the pack's demo, relative to now. Run again, it adds nothing.

    Without its life the district has its offices, its stations and the cast with their orders.
    """
    at, hashed = at or now(), make_password(PASSWORD)
    made = living() if with_life else None
    load_units(made)
    load_stations(at=at)
    people = load_people(hashed=hashed, at=at)
    if made:
        crowd.gather(own_regions(), made, hashed=hashed, by=story.MAKER, at=at)
    agreed.load(people, at=at)
    baselines.load(by=story.MAKER, at=at)
    routed.load(people, at=at)
    ledgers.load(at)
    if not Order.objects.exists():
        tell_all(made, people, at)
    voices.load(people, at)
    told.load(people, at)
    flagged.load(people, at)


@transaction.atomic
def tell_all(made: Living | None, people: dict[str, Person], at: datetime) -> None:
    """Every order, all or none: first those of the crowd, then the ones told of the cast."""
    if made:
        midnight = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
        play.play(made, own_regions(), midnight)
    known = people | counter.gather(people, at)
    for row in read("orders"):
        story.tell(row, known, at)
    beside.tell(people, at)
    for row in read("requests"):
        asks.ask(row, people, at)
    plans.draw(known, at)
    urged.climb(at)
    glances.tell()


def sign_ins() -> list[str]:
    """One line a demo person: what they are called, how they sign in, what they do."""
    return [f"{row['called']}  {_key(row)}  {row['says']}" for row in read("people")]


def _key(row: dict[str, Any]) -> str:
    if "username" in row:
        return f"用户名 {row['username']}，密码 {PASSWORD}"
    return f"手机 {row['phone']}，验证码见「演示短信」"
