"""One order of the living district: the acts that carry it on, each at the moment `at`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils.timezone import localtime

from yizhan.base.actor import ANONYMOUS, Actor, holder_of
from yizhan.clocks.calendar import add_working
from yizhan.demo.dice import Deck, Dice
from yizhan.demo.stage import Stage, acting
from yizhan.orders import operations
from yizhan.orders.models import Order
from yizhan.orders.operations.placing import Wish
from yizhan.orders.promises import CONTACT
from yizhan.orders.states import Source
from yizhan.orders.timing import clock_of
from yizhan.people.acting import actor_for
from yizhan.people.models import Person, Post
from yizhan.ratings.models import Level, Solved
from yizhan.regions.district import profile
from yizhan.regions.models import Region

STRANGER = "15400000000"
DOORS = {"account": 60, "phone": 15, "walk_in": 10, "caller": 8, "call_back": 7}
SOLVED = {5: ("yes",), 4: ("yes", "yes", "partly"), 3: ("yes", "partly"), 2: ("partly", "no")}


@dataclass
class Tale:
    """An order on its way. The dice are its own, so that no other order changes its luck."""

    stage: Stage
    region: Region
    matter: str
    dice: Dice
    levels: Deck
    at: datetime
    order: Order
    taker: Post | None = None

    # when

    def office(self, low: float, high: float) -> datetime:
        """So many working hours from now, while the office is open."""
        hours = self.dice.number(int(low * 60), int(high * 60)) / 60
        return add_working(self.at, hours=hours, office_hours=profile().office_hours)

    def days(self, low: int, high: int) -> datetime:
        """Some time of the day, so many days from now; later today when it would be past."""
        day = localtime(self.at) + timedelta(days=self.dice.number(low, high))
        clock = timedelta(hours=8, minutes=30 + self.dice.number(0, 690))
        moment = day.replace(hour=0, minute=0, second=0, microsecond=0) + clock
        return max(moment, self.at + timedelta(minutes=self.dice.number(15, 90)))

    # who

    @cached_property
    def clerk(self) -> Actor:
        """The community's clerk."""
        return self.stage.actor(f"C{self.region.code}", "clerk")

    @property
    def asker(self) -> Actor:
        """Who asked: by account, or as the holder of the receipt."""
        if self.order.author:
            return actor_of(self.order.author)
        return holder_of("orders.order", self.order.pk).through("demo")

    @property
    def hand(self) -> Actor:
        """Who has taken the order."""
        if self.taker is None:
            raise LookupError("nobody has taken the order")
        return acting(self.taker)

    def leader(self) -> Actor:
        """Who speaks for the unit: the secretary of a branch, otherwise the community's clerk."""
        unit = self.order.unit
        posts = self.stage.posts.get((unit.code if unit else "", "branch_secretary"))
        return acting(posts[0]) if posts else self.clerk

    # what is said

    def said(self, kind: str) -> str:
        """A sentence of this kind, of the matter itself or common to all."""
        matter = self.stage.living.matters[self.matter]
        words: str | list[str] = matter.get(kind) or self.stage.living.common[kind]
        return words if isinstance(words, str) else self.dice.one_of(words)

    # the acts

    def admit(self) -> None:
        operations.admit(order=self.order, by=self.clerk, at=self.at)

    def amend(self) -> None:
        """Put the right category in place of the one that a call-back begins with."""
        category = self.stage.categories[self.matter]
        order = Order.objects.get(pk=self.order.pk)
        self.order = operations.amend(
            order=order,
            category=category,
            brief=category.brief,
            version=order.version,
            by=self.clerk,
            at=self.at,
        )

    def ask(self) -> None:
        operations.ask(order=self.order, question=self.said("ask"), by=self.clerk, at=self.at)

    def answer(self) -> None:
        operations.answer(order=self.order, words=self.said("told"), by=self.asker, at=self.at)

    def turn_away(self) -> None:
        words = self.said("turned_away")
        operations.turn_away(order=self.order, words=words, by=self.clerk, at=self.at)

    def withdraw(self) -> None:
        words = self.said("withdrawn")
        operations.withdraw(order=self.order, reason=words, by=self.asker, at=self.at)

    def dispatch(self, unit: str, *, pool: bool = True) -> None:
        self.order = operations.dispatch(
            order=self.order, unit=self.stage.units[unit], pool=pool, by=self.clerk, at=self.at
        )

    def invite(self, posts: list[Post]) -> None:
        people = [post.person for post in posts]
        operations.invite(order=self.order, people=people, by=self.leader(), at=self.at)

    def decline(self, post: Post) -> None:
        operations.decline(order=self.order, by=acting(post), at=self.at)

    def accept(self, post: Post) -> None:
        if self.taker:
            self.stage.hands[self.taker.person_id] -= 1
        self.order = operations.accept(order=self.order, by=acting(post), at=self.at)
        self.taker = post
        self.stage.hands[post.person_id] += 1

    def hand_over(self, post: Post) -> None:
        operations.hand_over(order=self.order, to=post.person, by=self.hand, at=self.at)

    def send_back(self, kind: str) -> None:
        """The unit gives the order back, or its taker does."""
        by = self.hand if self.taker else self.leader()
        operations.send_back(order=self.order, reason=self.said(kind), by=by, at=self.at)
        self._let_go()

    def finish(self, kind: str = "done") -> None:
        operations.finish(order=self.order, result=self.said(kind), by=self.hand, at=self.at)
        self._let_go()

    def contact(self) -> None:
        """Call the person or go there, unless they have been reached in this round."""
        order = Order.objects.get(pk=self.order.pk)
        clock = clock_of(order, CONTACT)
        if clock is not None and clock.is_running:
            how = self.dice.one_of(["phone", "phone", "visit"])
            operations.contact(order=order, how=how, by=self.hand, at=self.at)

    def ask_extension(self) -> bool:
        """Ask for more time before it is over; whether there was any left."""
        order = Order.objects.get(pk=self.order.pk)
        if order.finish_by <= self.at:
            return False
        days, words = self.dice.number(2, 5), self.said("extension_asked")
        operations.ask_extension(order=order, days=days, reason=words, by=self.hand, at=self.at)
        return True

    def grant_extension(self) -> None:
        """The community's secretary agrees, and says so in words for the person."""
        by = self.stage.actor(f"C{self.region.code}", "secretary")
        words = self.said("extension_granted")
        operations.grant_extension(order=self.order, words=words, by=by, at=self.at)

    def rate(self, level: int = 0) -> None:
        level = level or int(self.levels.deal())
        operations.rate(
            order=self.order,
            level=Level(level),
            solved=Solved(self.dice.one_of(SOLVED.get(level, ("no",)))),
            words=self.said(f"rated_{level}"),
            by=self.asker,
            at=self.at,
        )

    def reopen(self) -> None:
        words = self.said("reopened")
        operations.reopen(order=self.order, reason=words, by=self.asker, at=self.at)

    def _let_go(self) -> None:
        if self.taker:
            self.stage.hands[self.taker.person_id] -= 1
        self.taker = None


def actor_of(person: Person) -> Actor:
    """A resident, acting for themselves."""
    return actor_for(person, None, "demo")


def placed(stage: Stage, region: Region, matter: str, dice: Dice, at: datetime) -> Order:
    """A new order, through one of the doors."""
    door = Deck(DOORS, dice).deal()
    resident = dice.one_of(stage.residents[region.code])
    if door == "call_back":
        other = stage.categories["other_other"]
        return operations.call_back(
            phone=STRANGER, name="", region=region, category=other, by=_anyone(), at=at
        )
    if door in ("walk_in", "caller"):
        role, source = ("keeper", Source.WALK_IN) if door == "walk_in" else ("clerk", Source.CALLER)
        wish = _wish(stage, region, matter, dice, name=resident.full_name)
        by = stage.actor(f"C{region.code}", role)
        return operations.enter(wish=wish, source=source, by=by, at=at)
    mine = door == "account"
    wish = _wish(stage, region, matter, dice, name=resident.full_name if mine else "")
    return operations.place(wish=wish, by=actor_of(resident) if mine else _anyone(), at=at)


def _anyone() -> Actor:
    return ANONYMOUS.through("demo")


def _wish(stage: Stage, region: Region, matter: str, dice: Dice, *, name: str) -> Wish:
    row: Any = stage.living.matters[matter]
    category, stations = stage.categories[matter], stage.stations.get(region.code)
    at_station = bool(stations) and (row.get("at_station") or dice.chance(15))
    home = f"{dice.one_of(stage.living.estates)} {dice.number(1, 18)} 号楼 {dice.number(1, 4)} 单元"
    if category.needs_visit:
        home += f" {dice.number(1, 6)}0{dice.number(1, 4)}"
    return Wish(
        words=stage.words(region, matter),
        category=category,
        region=region,
        station=dice.one_of(stations) if stations and at_station else None,
        place="" if row.get("at_station") else home,
        contact_name=name,
        contact_phone=STRANGER if dice.chance(85) else "",
    )
