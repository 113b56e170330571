"""What every order of the living district draws on: who is there, what may be said, who is busy."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from yizhan.base.actor import Actor
from yizhan.demo.crowd import PREFIX
from yizhan.demo.data import USUAL, Living
from yizhan.demo.dice import Deck, Dice
from yizhan.orders.rules import LOAD
from yizhan.people.acting import actor_for
from yizhan.people.models import Person, Post, Unit
from yizhan.places.models import Station
from yizhan.regions.models import Region
from yizhan.routing.models import Category

HELPERS = frozenset({"member", "volunteer", "property", "grid_worker"})


@dataclass
class Stage:
    """The district as the stories see it.

    `hands` counts what each person has in hand, `spoken` how often a matter arose in a community.
    """

    living: Living
    day: datetime
    units: dict[str, Unit]
    regions: dict[str, Region]
    categories: dict[str, Category]
    posts: dict[tuple[str, str], list[Post]]
    residents: dict[str, list[Person]]
    stations: dict[str, list[Station]]
    hands: Counter[int] = field(default_factory=Counter)
    spoken: Counter[tuple[str, str]] = field(default_factory=Counter)

    @classmethod
    def of(cls, living: Living, regions: Iterable[Region], day: datetime) -> "Stage":
        """The district as it stands in the database, in six queries."""
        communities = [one for one in regions if one.kind == Region.Kind.COMMUNITY]
        people = Person.objects.filter(is_demo=True, posts=None).exclude(home=None)
        listed = Station.objects.listed().select_related("region").order_by("code")
        return cls(
            living=living,
            day=day,
            units={one.code: one for one in Unit.objects.select_related("region")},
            regions={one.code: one for one in communities},
            categories={one.code: one for one in Category.objects.select_related("parent")},
            posts=_by_unit(Post.objects.select_related("person", "unit__region").order_by("pk")),
            residents=_by_home(people.select_related("home").order_by("pk")),
            stations=_by_region(listed),
        )

    def decks(self) -> dict[str, Deck]:
        """The cards that say, order by order, where it arises, about what, and how it goes."""
        busy = {code: self.living.busy.get(code, USUAL) for code in self.regions}
        matters = {code: row["share"] for code, row in self.living.matters.items()}
        every = {"region": busy, "matter": matters, "way": self.living.shares}
        return {name: Deck(kinds, Dice(name)) for name, kinds in every.items()}

    def actor(self, unit: str, role: str) -> Actor:
        """The first holder of a post."""
        return acting(self.posts[unit, role][0])

    def helpers(self, unit: str) -> list[Post]:
        """Who of a unit takes orders here: the crowd, never the cast, whose stories are told."""
        return [
            post
            for (code, role), posts in self.posts.items()
            if code == unit and role in HELPERS
            for post in posts
            if of_crowd(post.person)
        ]

    def words(self, region: Region, matter: str) -> str:
        """What the next order says: in one community nothing twice until all has been said."""
        here = (region.code, matter)
        says: list[str] = Dice(*here).shuffled(self.living.matters[matter]["says"])
        self.spoken[here] += 1
        return says[(self.spoken[here] - 1) % len(says)]

    def free(self, posts: Sequence[Post]) -> list[Post]:
        """Those with room in hand."""
        return [post for post in posts if self.hands[post.person_id] < LOAD]


def acting(post: Post) -> Actor:
    """The person of a post, acting in it."""
    return actor_for(post.person, post, "demo")


def of_crowd(person: Person) -> bool:
    """Whether the person is of the crowd and not of the named cast."""
    return bool(person.phone) and str(person.phone.open()).startswith(PREFIX)


def _by_unit(posts: Iterable[Post]) -> dict[tuple[str, str], list[Post]]:
    found: dict[tuple[str, str], list[Post]] = defaultdict(list)
    for post in posts:
        found[post.unit.code, post.role].append(post)
    return dict(found)


def _by_home(people: Iterable[Person]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if person.home and of_crowd(person):
            found[person.home.code].append(person)
    return dict(found)


def _by_region(stations: Iterable[Station]) -> dict[str, list[Station]]:
    found: dict[str, list[Station]] = defaultdict(list)
    for station in stations:
        if not station.is_centre:
            found[station.region.code].append(station)
    return dict(found)
