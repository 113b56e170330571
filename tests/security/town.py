"""A town for the walk: orders in every state in two neighbouring areas, somebody in every role.

Nothing here is shown to a reader of the tests as it is to a resident: every text is a mark.
"""

import io
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client
from PIL import Image

from tests.api.conftest import key_for
from tests.insights.conftest import said
from tests.places.conftest import upload
from tests.security.marks import Mark, Reader, phone, text
from tests.world import NOON, QIAONAN, SINCE, WEIGONG, wish
from yizhan.base.actor import ANONYMOUS, CLOCK, Actor, holder_of
from yizhan.base.codes import spaced
from yizhan.base.fields import clean_photo
from yizhan.demo import ledger_sample
from yizhan.dispatch.operations import draw_up
from yizhan.documents import operations as documents
from yizhan.documents.ledgers import LEDGERS, Taking
from yizhan.documents.models import LedgerTemplate
from yizhan.documents.operations.templates import Upload
from yizhan.insights.operations import enter_baseline
from yizhan.orders import operations
from yizhan.orders.models import Order
from yizhan.orders.states import Source
from yizhan.people.acting import actor_for
from yizhan.people.models import Person, Post
from yizhan.people.roles import ROLES
from yizhan.places.models import Layer, Station, StationType
from yizhan.places.operations import add_layer, load_reference
from yizhan.ratings.models import Level, Solved
from yizhan.routing import operations as routing
from yizhan.routing.models import Category
from yizhan.routing.rows import Line

YESTERDAY = NOON.date() - timedelta(days=1)
# Where each role of the matrix works in the town: 渭工路社区, its street, or its first branch.
HOME = {"region": "C", "unit": "B1", "none": "D"}
WIDER = {"street_office": "S"}


@dataclass(frozen=True)
class Visitor:
    """Somebody at the door. `role` is empty for who holds no post; `holds` is of a receipt."""

    name: str
    person: Any = None
    role: str = ""
    unit: str = ""
    actor: Actor = ANONYMOUS
    number: int = 0
    holds: int = -1
    acts_for: str = ""
    has_key: bool = False
    hired_as: str = ""

    def client(self) -> Client:
        """Their browser."""
        client = Client(raise_request_exception=False)
        if self.person is not None:
            client.force_login(self.person)
        return client


@dataclass(frozen=True)
class Fact:
    """What the oracle is told of an order: where, in whose hands, and how it stands."""

    number: int
    area: str
    state: str
    unit: str = ""
    pool: bool = False
    asker: str = ""
    writer: str = ""
    handler: str = ""
    invited: frozenset[str] = frozenset()
    kept: str = ""
    is_sensitive: bool = False
    on_paper: bool = False
    objects: str = ""
    order: Any = field(default=None, compare=False)

    @property
    def receipt(self) -> str:
        """The code that opens it."""
        code: str = self.order.receipt_code
        return code


@dataclass(frozen=True)
class Thing:
    """A record on a desk, as the oracle is told of it: whose it is, and whose desk it lies on.

    `area` is where it belongs, empty for the whole district; `whose` is the visitor it is about,
    `by` the member of staff who alone may read it. `against` says that the area may not read it.
    """

    number: int
    area: str
    whose: str = ""
    by: str = ""
    against: bool = False
    record: Any = field(default=None, compare=False)

    @property
    def code(self) -> str:
        """How an address names it; a card and a proxy are named by their person."""
        return str(getattr(self.record, "code", ""))


class Town:
    """Everything that was built, by name."""

    def __init__(self, world: Any) -> None:
        self.world = world
        self.reader = Reader()
        self.facts: dict[str, Fact] = {}
        self.visitors: dict[str, Visitor] = {}
        self.stations: dict[str, Station] = {}
        self.layers: dict[str, Layer] = {}
        self.baselines: dict[str, Any] = {}
        self.filters: dict[str, int] = {}
        self.templates: dict[str, tuple[LedgerTemplate, int]] = {}
        self.export: Any = None
        self.layer_number = 0
        self.rules: dict[str, int] = {}
        self.desks: Any = None
        self.cases: Any = None
        self.whistle_number = 0
        self._number = 0

    def next(self) -> int:
        """A number that no other record has."""
        self._number += 1
        return self._number

    def tell_codes(self) -> None:
        """Public codes and receipts of the orders are marks from now on."""
        told = [(fact.order.code, Mark("CODE", fact.number)) for fact in self.facts.values()]
        for fact in self.facts.values():
            both = (fact.receipt, spaced(fact.receipt))
            told += [(form, Mark("RCPT", fact.number)) for form in both]
        self.reader.knows(told)

    def fact_of(self, code: str) -> Fact:
        """What is known of the order with this public code."""
        return next(fact for fact in self.facts.values() if fact.order.code == code)


def build(world: Any) -> Town:
    """The town as it stands at noon."""
    town = Town(world)
    load_reference()
    Person.objects.filter(pk=world.chen.pk).update(name="PERS900X")
    for area, region, unit in (("A", WEIGONG, "B1"), ("B", QIAONAN, "C2")):
        _orders(town, area, world.regions[region], unit)
    _others(town)
    _cast(town)
    _things(town)
    _routing(town)
    ledgers(town)
    return town


class Story:
    """One order on its way, with a mark in every text that is said on it."""

    def __init__(self, town: Town, region: Any, clerk: Actor) -> None:
        self.town, self.region, self.clerk, self.number = town, region, clerk, town.next()

    def marked(self, kind: str) -> str:
        return text(kind, self.number)

    def wish(self, **more: Any) -> Any:
        return wish(
            self.town.world,
            words=f"{self.marked('WORD')}不亮",
            region=self.region,
            place=self.marked("PLCE"),
            contact_name=self.marked("NAME"),
            contact_phone=phone(self.number),
            **more,
        )

    def begun(self, by: Actor = ANONYMOUS, **more: Any) -> Order:
        order = operations.place(wish=self.wish(**more), by=by, at=NOON)
        return operations.amend(
            order=order,
            category=Category.objects.get(code="daily_repair"),
            brief=self.marked("BRIF"),
            version=order.version,
            by=self.clerk,
            at=NOON,
        )

    def given(self, unit: str, *, pool: bool = True, by: Actor = ANONYMOUS, **more: Any) -> Order:
        order, to = self.begun(by, **more), self.town.world.units[unit]
        return operations.dispatch(order=order, unit=to, pool=pool, by=self.clerk, at=NOON)

    def taken(self, unit: str, by: Actor) -> Order:
        return operations.accept(order=self.given(unit), by=by, at=NOON)

    def done(self, unit: str, by: Actor) -> Order:
        result = self.marked("REMK")
        return operations.finish(order=self.taken(unit, by), result=result, by=by, at=NOON)

    def kept(self, name: str, order: Order, area: str, **known: Any) -> None:
        order = Order.objects.with_names().get(pk=order.pk)
        self.town.facts[name] = Fact(self.number, area, order.state, order=order, **known)


def picture() -> bytes:
    """A small photo."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (90, 120, 90)).save(out, "JPEG")
    return clean_photo(out.getvalue())


def _orders(town: Town, area: str, region: Any, unit: str) -> None:
    """One order in each state: placed by 王阿姨 or by nobody known, taken by the area's own."""
    by = town.world.by
    clerk, doer, hand = (by.sun, by.chen, "chen") if area == "A" else (by.feng, by.feng, "feng")
    asker, mine = (by.aunt_wang, "aunt_wang") if area == "A" else (ANONYMOUS, "")
    low = area.lower()
    unit_of = {"unit": unit, "pool": True}

    def story() -> Story:
        return Story(town, region, clerk)

    one = story()
    one.kept(f"{low}_placed", one.begun(photos=[picture()]), area)
    one = story()
    one.kept(f"{low}_received", operations.admit(order=one.begun(), by=clerk, at=NOON), area)
    one = story()
    asked = operations.ask(order=one.begun(asker), question=one.marked("REMK"), by=clerk, at=NOON)
    one.kept(f"{low}_asking", asked, area, asker=mine)
    one = story()
    one.kept(f"{low}_dispatched", one.given(unit), area, **unit_of)
    one = story()
    one.kept(f"{low}_accepted", one.taken(unit, doer), area, handler=hand, **unit_of)
    one = story()
    one.kept(f"{low}_finished", one.done(unit, doer), area, handler=hand, **unit_of)
    one = story()
    given_back = (
        operations.send_back(
            order=one.given(unit), reason=one.marked("SBCK"), by=town.world.by.liu, at=NOON
        )
        if area == "A"
        else operations.admit(order=one.begun(), by=clerk, at=NOON)
    )
    one.kept(f"{low}_sent_back", given_back, area)
    _ended(town, area, region, unit, clerk, doer, hand)


def _ended(
    town: Town, area: str, region: Any, unit: str, clerk: Actor, doer: Actor, hand: str
) -> None:
    """Rated, withdrawn, turned away."""
    low, one = area.lower(), Story(town, region, clerk)
    order = operations.rate(
        order=one.done(unit, doer),
        level=Level.GOOD,
        solved=Solved.NO,
        words=one.marked("RATE"),
        by=holder_of("orders.order", Order.objects.latest("pk").pk),
        at=NOON,
    )
    one.kept(f"{low}_rated", order, area, handler=hand, unit=unit, pool=True)
    one = Story(town, region, clerk)
    order = one.begun()
    holder = holder_of("orders.order", order.pk)
    words = one.marked("REMK")
    order = operations.withdraw(order=order, reason=words, by=holder, at=NOON)
    one.kept(f"{low}_withdrawn", order, area)
    one = Story(town, region, clerk)
    order = operations.turn_away(order=one.begun(), words=one.marked("REMK"), by=clerk, at=NOON)
    one.kept(f"{low}_turned_away", order, area)


def _others(town: Town) -> None:
    """By invitation, under way to a colleague, given to another branch, written down by staff."""
    world, by, at = town.world, town.world.by, NOON
    one = Story(town, world.weigong, by.sun)
    order = one.given("B1", pool=False)
    operations.invite(order=order, people=[world.chen], by=by.sun, at=at)
    one.kept("a_invited", order, "A", unit="B1", invited=frozenset({"chen"}))
    one = Story(town, world.weigong, by.sun)
    order = operations.hand_over(order=one.taken("B1", by.chen), to=world.he, by=by.chen, at=at)
    invited = frozenset({"he"})
    one.kept("a_handing", order, "A", unit="B1", pool=True, handler="chen", invited=invited)
    one = Story(town, world.weigong, by.sun)
    one.kept("a_rivals", one.given("B2"), "A", unit="B2", pool=True)
    one = Story(town, world.weigong, by.sun)
    entered = operations.enter(wish=one.wish(), source=Source.WALK_IN, by=by.qian, at=at)
    one.kept("a_entered", entered, "A", writer="qian")
    one = Story(town, world.regions[QIAONAN], by.feng)
    mine = operations.place(wish=one.wish(), by=by.grandpa_li, at=at)
    one.kept("b_grandpa", mine, "B", asker="grandpa_li")


def _cast(town: Town) -> None:
    """Somebody in each role at home and in another branch, those of the world, and nobody."""
    world = town.world
    for name in ("aunt_wang", "grandpa_li", "sun", "chen", "he", "zhao", "qian", "feng"):
        by = getattr(world.by, name)
        post = Post.objects.filter(pk=by.post_id or 0).select_related("unit").first()
        unit = post.unit.code if post else ""
        town.visitors[name] = Visitor(name, getattr(world, name), by.role, unit, by)
    for role in ROLES.values():
        unit = WIDER.get(role.code, HOME[role.reach])
        _hired(town, role.code, role.code, unit)
        if role.reach == "unit":
            _hired(town, f"{role.code}_next_door", role.code, "B2")
        _hired(town, f"{role.code}_relieved", role.code, unit, relieved=True)
    _hired(town, "far_secretary", "secretary", "C2")
    town.visitors["stranger"] = Visitor("stranger")


def resident(town: Town, name: str, home: Any, **more: Any) -> Visitor:
    """Somebody with a telephone and no post."""
    number = town.next()
    person = Person(name=text("PERS", number), home=home, phone_verified_at=NOON)
    person.set_phone(f"137{number:08}")
    person.set_unusable_password()
    person.save()
    return Visitor(name, person, actor=actor_for(person), number=number, **more)


def _hired(town: Town, name: str, role: str, unit: str, *, relieved: bool = False) -> None:
    one = resident(town, name, town.world.weigong)
    person, number = one.person, one.number
    until = YESTERDAY if relieved else None
    post = Post.objects.create(
        person=person,
        role=role,
        unit=town.world.units[unit],
        since_date=SINCE,
        until_date=until,
    )
    by = actor_for(person) if relieved else actor_for(person, post)
    held = "" if relieved else role
    town.visitors[name] = Visitor(
        name, person, held, "" if relieved else unit, by, number, hired_as=role
    )


def token_of(visitor: Visitor) -> str:
    """A key for another system that acts in this visitor's post."""
    return key_for(visitor.actor.post_id or 0)


def _things(town: Town) -> None:
    """Saved filters, stations that are planned only, a hidden layer, counts from before."""
    world, at = town.world, NOON
    for name in ("sun", "feng"):
        number = town.next()
        by = getattr(world.by, name)
        operations.keep_filter(name=text("FILT", number), query="state=placed", by=by, at=at)
        town.filters[name] = number
    for area, region, unit in (("A", WEIGONG, "C"), ("B", QIAONAN, "C2")):
        number = town.next()
        town.stations[area] = _planned(number, world.regions[region], world.units[unit])
        number = town.next()
        given = said(source=text("BASE", number), signer="甲", signer_post="乙")
        town.baselines[area] = (
            enter_baseline(
                metric="desk_sessions",
                region=world.regions[region],
                statement=given,
                by=CLOCK,
                at=at,
            ),
            number,
        )
    draw_up(by=world.by.sun, at=at, asked_too=True)
    number = town.next()
    shown, keeper = upload(name=text("LAYR", number)), town.visitors["system_admin"].actor
    town.layers["D"] = add_layer(region=world.regions["610302"], upload=shown, by=keeper, at=at)
    town.layer_number = number


def _routing(town: Town) -> None:
    """A routing table with a rule for each area, and a draft with one more."""
    _hired(town, "organiser", "organisation_department", "D")
    by, at = town.visitors["organiser"].actor, NOON
    table = routing.begin_draft(by=by, at=at)
    for area, region in (("A", WEIGONG), ("B", QIAONAN), ("", "")):
        number = town.rules[area] = town.next()
        line = Line(region_code=region, kind="branch", note=text("RULE", number))
        if not area:
            table.refresh_from_db()
            since, version = at.date(), table.version
            routing.publish(
                table=table, from_date=since, why="x", version=version, newest=0, by=by, at=at
            )
            table = routing.begin_draft(by=by, at=at)
        routing.add_rule(table=table, line=line, by=by, at=at)


def ledgers(town: Town) -> None:
    """A template in use in each area, and a long ledger that 孙 waits for."""
    world, ledger = town.world, LEDGERS["orders"]
    for area, region in (("A", WEIGONG), ("B", QIAONAN)):
        number = town.next()
        given = Upload(text("TMPL", number), SINCE, ledger_sample.workbook())
        one = documents.upload_template(
            ledger=ledger, region=world.regions[region], upload=given, by=CLOCK, at=NOON
        )
        one = documents.map_template(template=one, layout=one.mapping, version=1, by=CLOCK, at=NOON)
        town.templates[area] = (one, number)
    town.export = documents.ask_export(
        ledger=ledger, template=None, taking=Taking(), by=world.by.sun, at=NOON
    )


def _planned(number: int, region: Any, unit: Any) -> Station:
    kind = StationType.objects.get(code="kiosk")
    return Station.objects.create(
        code=f"PL{number:03}",
        name=text("STAT", number),
        type=kind,
        build=Station.Build.NEW,
        status=Station.Status.PLANNED,
        region=region,
        keeper_unit=unit,
        address="路口",
        latitude=34.36,
        longitude=107.15,
        calendar=Station.CalendarChoice.DAILY,
    )
