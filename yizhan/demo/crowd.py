"""The people of the living district: staff, members and residents, made many at a time.

The numbers follow a rule (the pack's README.md tells it): 154, six digits of the place, two of the
person. No operator hands out numbers that begin with 154.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.utils.timezone import localdate

from yizhan.base import crypto
from yizhan.base.actor import Actor
from yizhan.base.steps import Step
from yizhan.demo.data import Living
from yizhan.demo.dice import Dice
from yizhan.people.models import PHONE, Person, Post, Unit
from yizhan.regions.models import Region

PREFIX = "154"
EPOCH = timedelta(days=400)
COMMUNITY = (("clerk", "c", 1), ("secretary", "s", 2), ("keeper", "k", 3), ("grid_worker", "g", 4))
STREET = (("street_office", "o", "S", 1), ("property", "p", "P", 11), ("partner", "j", "J", 21))


@dataclass(frozen=True, slots=True)
class Seat:
    """One person to be: where they live or work, which number of the place, and their post."""

    region: Region
    number: int
    unit: str = ""
    role: str = ""
    username: str | None = None
    skilled: bool = False

    @property
    def phone(self) -> str:
        """The telephone number of the person in this seat."""
        return f"{PREFIX}{place_of(self.region)}{self.number:02}"


def place_of(region: Region) -> str:
    """Six digits that name a street or community inside its district."""
    return region.code[6:].ljust(6, "0")


def seats(regions: Iterable[Region], living: Living) -> Iterator[Seat]:
    """Every seat of the district, in the order of the codes."""
    for region in regions:
        if region.kind == Region.Kind.COMMUNITY:
            yield from _of_community(region, living)
        elif region.kind in (Region.Kind.STREET, Region.Kind.TOWN):
            yield from _of_street(region, living)


def _of_community(region: Region, living: Living) -> Iterator[Seat]:
    place = place_of(region)
    for role, letter, number in COMMUNITY:
        yield Seat(region, number, f"C{region.code}", role, f"{letter}{place}")
    for branch in (1, 2):
        unit, first = f"B{region.code}-{branch}", branch * 10 + 1
        yield Seat(region, first, unit, "branch_secretary", f"b{place}-{branch}")
        for number in range(first + 1, first + 1 + living.members):
            yield Seat(region, number, unit, "member", skilled=True)
    for number in range(31, 31 + living.residents):
        yield Seat(region, number)


def _of_street(region: Region, living: Living) -> Iterator[Seat]:
    place = place_of(region)
    for role, letter, unit, first in STREET:
        for number in range(first, first + (1 if role == "street_office" else 2)):
            username = f"{letter}{place}" + ("" if number == first else f"-{number}")
            yield Seat(region, number, f"{unit}{region.code}", role, username)
    for number in range(31, 31 + living.volunteers):
        yield Seat(region, number, f"T{region.code}", "volunteer", skilled=True)


def gather(
    regions: Iterable[Region], living: Living, *, hashed: str, by: Actor, at: datetime
) -> int:
    """Make everyone who is not there yet, with posts and their first steps; returns how many.

    Staff share one hashed password. A seat that the cast holds already stays theirs.
    """
    wanted = {crypto.index(seat.phone, use=PHONE): seat for seat in seats(regions, living)}
    known = Person.objects.filter(phone_index__in=list(wanted)).values_list(
        "phone_index", flat=True
    )
    there = {bytes(index) for index in known if index}
    held = set(Post.objects.exclude(role="member").values_list("unit__code", "role"))
    names = _names(living)
    new: list[tuple[Seat, Person]] = []
    for index, seat in wanted.items():
        name = next(names)
        if index not in there and (seat.role == "member" or (seat.unit, seat.role) not in held):
            new.append((seat, _person(seat, name, hashed, at)))
    Person.objects.bulk_create([person for _, person in new])
    _appoint(new, living, by=by, at=at)
    return len(new)


def _names(living: Living) -> Iterator[str]:
    """Every name that the parts give, each once."""
    every = [family + own for family in living.surnames for own in living.given]
    return iter(Dice("names").shuffled(every))


def _person(seat: Seat, name: str, hashed: str, at: datetime) -> Person:
    person = Person(name=name, username=seat.username, is_demo=True, phone_verified_at=at)
    person.set_phone(seat.phone)
    person.password = hashed if seat.username else make_password(None)
    if not seat.username and seat.region.kind == Region.Kind.COMMUNITY:
        person.home = seat.region
    return person


def _appoint(
    new: Iterable[tuple[Seat, Person]], living: Living, *, by: Actor, at: datetime
) -> None:
    units = {unit.code: unit for unit in Unit.objects.select_related("region")}
    since, dice = localdate(at - EPOCH), Dice("skills")
    posts = [
        _post(seat, person, units[seat.unit], since, living, dice)
        for seat, person in new
        if seat.unit
    ]
    Post.objects.bulk_create(posts)
    Step.objects.bulk_create(
        [post.first("appointed", by=by, at=at, role=post.role, unit=post.unit_id) for post in posts]
    )


def _post(seat: Seat, person: Person, unit: Unit, since: date, living: Living, dice: Dice) -> Post:
    skills = "、".join(dice.shuffled(living.skills)[: dice.number(1, 2)]) if seat.skilled else ""
    return Post(person=person, role=seat.role, unit=unit, since_date=since, skills=skills)
