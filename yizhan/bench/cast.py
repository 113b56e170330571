"""The people who act in a measurement: in every community with branches, beside the demo's own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count, cycle

from django.utils.timezone import localdate

from yizhan.base.codes import public_code
from yizhan.demo.crowd import EPOCH
from yizhan.demo.data import read
from yizhan.people.models import Person, Post, Unit
from yizhan.regions.models import Region

RESIDENTS = 10
MEMBERS = 5
FIRST_PHONE = 13_800_100_000


@dataclass(frozen=True, slots=True)
class Lane:
    """One community at work. The first branch takes the orders that are measured.

    `past` and `past_members` belong to the rows that were there before: who has three orders in
    hand may not take a fourth, so that the two are kept apart.
    """

    region: Region
    residents: list[Person]
    clerk: Person
    office: Person
    branch: Unit
    members: list[Person]
    past: Unit
    past_members: list[Person]


class Hiring:
    """Collects people and posts, to write them in two statements."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.people: list[Person] = []
        self.posts: list[Post] = []
        self.names = cycle([row["name"] for row in read("people")])
        self.phones = count(FIRST_PHONE)

    def person(self, home: Region) -> Person:
        """Someone with an invented name and number who cannot sign in."""
        person = Person(name=next(self.names), home=home, password=f"!{public_code()}")
        person.set_phone(str(next(self.phones)))
        person.phone_verified_at, person.is_demo = self.at, True
        self.people.append(person)
        return person

    def post(self, role: str, unit: Unit) -> Person:
        """The same in a post of this unit."""
        person = self.person(unit.region)
        since = localdate(self.at - EPOCH + timedelta(days=1))
        self.posts.append(Post(person=person, role=role, unit=unit, since_date=since))
        return person

    def write(self) -> None:
        """Keep everyone."""
        Person.objects.bulk_create(self.people)
        Post.objects.bulk_create(self.posts)


def hire(at: datetime) -> list[Lane]:
    """A lane for every community that has a branch: ten residents, a clerk, five members each."""
    hiring = Hiring(at)
    units = list(Unit.objects.current().select_related("region").order_by("pk"))
    offices = {unit.region.code: unit for unit in units if unit.kind in ("community", "street")}
    branches: dict[str, list[Unit]] = {}
    for unit in units:
        if unit.kind == Unit.Kind.BRANCH:
            branches.setdefault(unit.region.code, []).append(unit)
    street = {
        code: hiring.post("street_office", offices[code])
        for code in sorted({c[:9] for c in branches})
    }
    lanes = [
        Lane(
            region=here[0].region,
            residents=[hiring.person(here[0].region) for _ in range(RESIDENTS)],
            clerk=hiring.post("clerk", offices[code]),
            office=street[code[:9]],
            branch=here[0],
            members=[hiring.post("member", here[0]) for _ in range(MEMBERS)],
            past=here[-1],
            past_members=[hiring.post("member", here[-1]) for _ in range(MEMBERS)],
        )
        for code, here in sorted(branches.items())
    ]
    hiring.write()
    return lanes
