"""What lies on the desks of the town: persons without a telephone, wards, requests, feedback."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.orders.stories import at_counter
from tests.privacy import papers
from tests.security.marks import Mark, phone, text
from tests.security.town import YESTERDAY, Story, Thing, Town, Visitor, resident
from tests.world import NOON, QIAONAN, WEIGONG
from yizhan.base.codes import spaced
from yizhan.base.models import Notice
from yizhan.feedback import operations as feedback
from yizhan.feedback.operations import Said
from yizhan.notices.operations import deliver
from yizhan.orders import operations as orders
from yizhan.orders.states import Source
from yizhan.people import operations as people
from yizhan.people.acting import actor_for
from yizhan.people.models import Proxy
from yizhan.privacy import operations as privacy
from yizhan.privacy.rules import Manner
from yizhan.routing.models import Category

AREAS = {"A": WEIGONG, "B": QIAONAN}
UNTIL = NOON.date() + timedelta(days=30)


@dataclass
class Desks:
    """Everything on the desks, by what it is."""

    kept: dict[str, Thing] = field(default_factory=dict)
    cards: list[Thing] = field(default_factory=list)
    proxies: list[Thing] = field(default_factory=list)
    wards: list[Thing] = field(default_factory=list)
    guardians: list[Thing] = field(default_factory=list)
    requests: list[Thing] = field(default_factory=list)
    feedback: list[Thing] = field(default_factory=list)

    def things(self) -> list[Thing]:
        """All of them."""
        lists = (self.cards, self.proxies, self.wards, self.guardians, self.requests, self.feedback)
        return [*self.kept.values(), *(one for kind in lists for one in kind)]


def build(town: Town) -> Desks:
    """The desks as they are at noon; the town is told of the codes on them."""
    privacy.load_reference()
    desks = Desks()
    for area in AREAS:
        area_of_town(town, desks, area)
    _family(town, desks)
    _feedback(town, desks, "", "")
    deliver_papers(town)
    town.reader.knows(_codes(desks))
    return desks


def area_of_town(town: Town, desks: Desks, area: str) -> None:
    """Everything that lies on the desks of one area."""
    region, clerk = AREAS[area], town.world.by.sun if area == "A" else town.world.by.feng
    _registered(town, desks, area, town.world.regions[region], clerk)
    _ward(town, desks, area, town.world.regions[region], clerk)
    _requests(town, desks.guardians[-1], clerk, desks)
    _feedback(town, desks, area, region)


def deliver_papers(town: Town) -> None:
    """What has to be brought on paper is on the lists."""
    for notice in Notice.objects.filter(sent_at=None, to__phone=None, to__isnull=False):
        deliver(notice_id=notice.pk, at=NOON)


def _registered(town: Town, desks: Desks, area: str, region: Any, clerk: Any) -> None:
    """Somebody without a telephone, with a card, a proxy not yet taken on, and three orders."""
    number, low = town.next(), area.lower()
    person = people.register_person(
        name=text("REGD", number), home=region, notice_version="1", anyway=False, by=clerk, at=NOON
    )
    desks.kept[area] = Thing(number, area, record=person)
    card = people.issue_card(person=person, by=clerk, at=NOON)
    desks.cards.append(Thing(number, area, record=card))
    given = people.entrust(principal=person, scopes=["order"], until=UNTIL, by=clerk, at=NOON)
    witness = "sun" if area == "A" else "feng"
    desks.proxies.append(Thing(town.next(), area, by=witness, record=given))
    by, kept = at_counter(clerk, person, NOON), {"kept": area, "writer": witness}
    one = Story(town, region, clerk)
    one.kept(f"{low}_kept", _entered(one, by, one.wish()), area, **kept)
    one = Story(town, region, clerk)
    private = Category.objects.get(code="errand_medicine")
    order = _entered(one, by, one.wish(category=private))
    one.kept(f"{low}_private", order, area, is_sensitive=True, **kept)
    one = Story(town, region, clerk)
    order = _entered(one, by, one.wish())
    order = orders.turn_away(order=order, words=one.marked("REMK"), by=clerk, at=NOON)
    one.kept(f"{low}_told", order, area, on_paper=True, **kept)


def _entered(story: Story, by: Any, wished: Any) -> Any:
    return orders.enter(wish=wished, source=Source.WALK_IN, by=by, at=NOON)


def _ward(town: Town, desks: Desks, area: str, region: Any, clerk: Any) -> None:
    """A guardian with a child, who agreed to something at the counter."""
    name = f"guardian_{area.lower()}"
    one = resident(town, name, region)
    desks.guardians.append(Thing(one.number, area, name, record=one.person))
    town.visitors[name] = one
    ward = privacy.register_ward(
        guardian=one.person,
        short_name=text("WARD", one.number),
        age_band="8_13",
        number=papers.newest("ward"),
        by=one.actor,
        at=NOON,
    )
    desks.wards.append(Thing(one.number, area, name, record=ward))
    privacy.give_consent(
        person=one.person,
        purpose="public_name",
        number=papers.newest("public_name"),
        manner=Manner("paper", text("PAPR", one.number)),
        by=papers.for_person(clerk, one.person),
        at=NOON,
    )


def _family(town: Town, desks: Desks) -> None:
    """Who acts for the registered person of A, and two who did: until yesterday, and ended."""
    principal = desks.kept["A"].record
    for name in ("agent", "agent_ended", "agent_until_yesterday"):
        one = resident(town, name, town.world.weigong, acts_for="A" if name == "agent" else "")
        town.visitors[name] = one
        by = town.world.by.sun
        proxy = people.entrust(
            principal=principal, scopes=["order", "rate"], until=UNTIL, by=by, at=NOON
        )
        people.take_on(proxy=proxy, by=one.actor, at=NOON)
        if name == "agent_ended":
            people.end_proxy(proxy=proxy, by=one.actor, at=NOON)
        if name == "agent_until_yesterday":
            over = {"since_date": YESTERDAY, "until_date": YESTERDAY}
            Proxy.objects.filter(pk=proxy.pk).update(**over)
    guardian = desks.guardians[0].record
    mine = people.entrust(
        principal=guardian, scopes=["order"], until=UNTIL, by=actor_for(guardian), at=NOON
    )
    desks.proxies.append(Thing(town.next(), "A", "guardian_a", by="guardian_a", record=mine))


def _requests(town: Town, guardian: Thing, clerk: Any, desks: Desks) -> None:
    """One that waits and one answered."""
    for kind in ("correct", "explain"):
        number, by = town.next(), actor_for(guardian.record)
        asked = privacy.file_request(kind=kind, words=text("DREQ", number), by=by, at=NOON)
        if kind == "explain":
            said = text("DANS", number)
            asked = privacy.answer_request(asked=asked, words=said, by=clerk, at=NOON)
        desks.requests.append(Thing(number, guardian.area, guardian.whose, record=asked))


def _feedback(town: Town, desks: Desks, area: str, region: str) -> None:
    """About an area a complaint and a suggestion by nobody known, and what a guardian left."""
    left = [("complaint", ""), ("suggestion", "")]
    left += [("fault", f"guardian_{area.lower()}")] if area else []
    for kind, whose in left:
        number = town.next()
        said = Said(
            kind=kind,
            words=text("FEED", number),
            region=town.world.regions[region] if region else None,
            contact_phone=phone(number),
        )
        by = town.visitors[whose].actor if whose else town.visitors["stranger"].actor
        one = feedback.leave_feedback(said=said, by=by, at=NOON)
        if kind == "suggestion":
            desk = town.world.by.zhou if area != "B" else town.visitors["far_secretary"].actor
            words = text("FANS", number)
            one = feedback.answer_feedback(feedback=one, words=words, by=desk, at=NOON)
        against = kind == "complaint"
        desks.feedback.append(Thing(number, area, whose, against=against, record=one))


def _codes(desks: Desks) -> list[tuple[str, Mark]]:
    """Every code by which one of the things is named or opened, with what it tells."""
    told = [(one.record.code, Mark("WHO", one.number)) for one in desks.kept.values()]
    told += [(one.record.code, Mark("WHO", one.number)) for one in desks.guardians]
    told += [(one.record.code, Mark("WCOD", one.number)) for one in desks.wards]
    told += [(one.record.code, Mark("DCOD", one.number)) for one in desks.requests]
    told += [(one.record.code, Mark("FCOD", one.number)) for one in desks.feedback]
    secret = [("CARD", one.number, one.record.code.open()) for one in desks.cards]
    secret += [("PROX", one.number, one.record.shown_code) for one in desks.proxies]
    secret += [("FRCP", one.number, one.record.receipt_code) for one in desks.feedback]
    for kind, number, code in secret:
        told += [(form, Mark(kind, number)) for form in (code, spaced(code))]
    return told


def family(town: Town) -> list[Visitor]:
    """Visitors of whom the matrix says nothing: they hold no post."""
    return [one for one in town.visitors.values() if one.name.startswith(("agent", "guardian"))]
