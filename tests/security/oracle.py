"""Who may read what, written down once more: role × area × state, without asking the product.

The tables follow the permission matrix of the handbook. A mark that is not in `allowed` must not
be in any answer to that visitor, whatever they ask for.
"""

from tests.security.marks import Mark
from tests.security.town import Fact, Thing, Town, Visitor

AREA_OF = {"C": "A", "S": "A", "B1": "A", "B2": "A", "P": "A", "C2": "B"}
OPEN = {
    "placed", "received", "asking", "dispatched", "accepted", "escalated", "disputed", "pending"
}  # fmt: skip
READ_THE_AREA = {"grid_worker", "clerk", "secretary", "street_office"}
READ_WHAT_IS_OPEN = {"building_head"}
READ_THE_UNIT = {"branch_secretary", "property", "partner", "mass_organisation"}
WRITE_DOWN = {"building_head", "grid_worker", "clerk", "secretary", "keeper"}
TAKE = {"volunteer", "member", "grid_worker", "clerk", "secretary"} | READ_THE_UNIT
INVITE = {"clerk", "secretary"}
DISPATCH = {"clerk", "secretary", "street_office"}
CALLED = {"B1", "P"}
SEE_STARS = READ_THE_AREA | READ_WHAT_IS_OPEN | {
    "keeper", "property", "partner", "mass_organisation"
}  # fmt: skip
SEE_STARS_WHEN_TAKEN = {"volunteer", "member", "branch_secretary"}
COUNT = {"street_office", "organisation_department", "assessment_office"}
KEEP_TEMPLATES = {"secretary", "street_office", "organisation_department"}
FILL_THEIR_OWN = {"C", "B1", "B2", "C2"}
KEEP_STATIONS = {"secretary", "keeper"}

AT_COUNTER = {"grid_worker", "clerk", "secretary", "keeper"}
OFFICE = {"clerk", "secretary"}
ANSWER_REQUESTS = {"clerk", "secretary", "street_office"}
ANSWER_FEEDBACK = {"secretary", "street_office"}
DESKS = AT_COUNTER | ANSWER_REQUESTS | ANSWER_FEEDBACK
VOLUNTEERS = {"volunteer", "member"}

ON_THE_PAGE = ("CODE", "WORD", "PLCE", "NAME", "REMK", "BRIF")
ON_AN_OFFER = ("CODE", "BRIF")
FOR_WHO_ASKED = ("PHONE", "MASKED", "RCPT")
IN_THE_API = {"CODE", "WORD", "BRIF"}
PLANS = {"STAT"}


def area_of(visitor: Visitor) -> str:
    """The area in which a visitor's post is."""
    return AREA_OF.get(visitor.unit, "")


def reads(visitor: Visitor, fact: Fact) -> bool:
    """Whether the visitor may open the page of this order."""
    mine = visitor.name in (fact.asker, fact.handler) or visitor.holds == fact.number
    wrote = visitor.name == fact.writer and visitor.role in WRITE_DOWN
    near = bool(fact.area) and area_of(visitor) == fact.area
    by_area = near and visitor.role in READ_THE_AREA
    while_open = near and visitor.role in READ_WHAT_IS_OPEN and fact.state in OPEN
    by_unit = visitor.role in READ_THE_UNIT and bool(fact.unit) and visitor.unit == fact.unit
    return mine or wrote or by_area or while_open or by_unit or stands_in(visitor, fact)


def serves(visitor: Visitor, area: str) -> bool:
    """Whether the visitor works at a counter of this area, and sits there in person."""
    return visitor.role in AT_COUNTER and area_of(visitor) == area and not visitor.has_key


def stands_in(visitor: Visitor, fact: Fact) -> bool:
    """Whether the visitor may open it for whoever asked: as family, or at the counter."""
    as_family = bool(fact.kept) and visitor.acts_for == fact.kept and not fact.is_sensitive
    return as_family or (bool(fact.kept) and serves(visitor, fact.kept) and fact.kept == fact.area)


def is_offered(visitor: Visitor, fact: Fact) -> bool:
    """Whether the visitor may read the offer of this order."""
    pooled = fact.pool and visitor.unit == fact.unit
    return visitor.role in TAKE and (pooled or visitor.name in fact.invited)


def of_order(visitor: Visitor, fact: Fact) -> set[Mark]:
    """What of one order the visitor may read, anywhere."""
    kinds: set[str] = set()
    if is_offered(visitor, fact):
        kinds |= set(ON_AN_OFFER)
    if reads(visitor, fact):
        kinds |= set(ON_THE_PAGE)
        asks = visitor.name == fact.asker or visitor.holds == fact.number
        kinds |= set(FOR_WHO_ASKED) if asks else {"SBCK"} if visitor.role else set()
        takes = visitor.name == fact.handler and visitor.role in SEE_STARS_WHEN_TAKEN
        if visitor.role in SEE_STARS or takes:
            kinds.add("MASKED")
        if visitor.name == fact.writer:
            kinds.add("RCPT")
        near = area_of(visitor) == fact.area and visitor.role in READ_THE_AREA
        if near and visitor.name != fact.handler:
            kinds.add("RATE")
    if fact.objects and visitor.unit == fact.objects and visitor.role in READ_THE_UNIT:
        kinds |= {"CODE", "SBCK"}
    if fact.on_paper and serves(visitor, fact.kept):
        kinds.add("REMK")
    return {Mark(kind, fact.number) for kind in kinds}


def of_things(visitor: Visitor, town: Town) -> set[Mark]:
    """What the visitor may read that is no order: filters, plans, layers, counts, names."""
    here, found = area_of(visitor), {Mark("PERS", visitor.number)}
    if visitor.name in town.filters:
        found.add(Mark("FILT", town.filters[visitor.name]))
    if visitor.role in COUNT and here in town.baselines:
        found.add(Mark("BASE", town.baselines[here][1]))
    if visitor.role in COUNT and visitor.unit == "D":
        found |= {Mark("BASE", number) for _, number in town.baselines.values()}
    found |= of_routing(visitor, town)
    if visitor.role in KEEP_STATIONS and here in town.stations:
        found.add(Mark("STAT", int(town.stations[here].code[2:])))
    fills = visitor.role in READ_THE_AREA | READ_THE_UNIT | KEEP_TEMPLATES
    if fills and visitor.unit in FILL_THEIR_OWN:
        found.add(Mark("TMPL", town.templates[here][1]))
    if visitor.role == "system_admin":
        found.add(Mark("LAYR", town.layer_number))
    if visitor.role == "security_admin":
        found |= of_accounts(town)
    if reads_the_whistle(visitor):
        found.add(Mark("WHIS", town.whistle_number))
    return found | of_colleagues(visitor, town) | of_desks(visitor, town)


def reads_the_whistle(visitor: Visitor) -> bool:
    """Whoever dispatches in the first area, and those of the two units that are called."""
    near = area_of(visitor) == "A" and visitor.role in DISPATCH
    return near or (visitor.unit in CALLED and visitor.role in TAKE)


def of_routing(visitor: Visitor, town: Town) -> set[Mark]:
    """Whoever dispatches reads the rules of their area; the draft is for who writes the table."""
    whole = visitor.role == "organisation_department" and visitor.unit == "D"
    readers = visitor.role in DISPATCH and not visitor.has_key
    here = {area_of(visitor)} - {""} if readers or visitor.role == "organisation_department" else ()
    return {Mark("RULE", number) for area, number in town.rules.items() if whole or area in here}


def of_accounts(town: Town) -> set[Mark]:
    """The names of staff, relieved or not; never those of volunteers and residents."""
    staff = [
        one for one in town.visitors.values()
        if one.hired_as and one.hired_as not in VOLUNTEERS and one.number
    ]  # fmt: skip
    return {Mark("PERS", one.number) for one in staff}


def of_desks(visitor: Visitor, town: Town) -> set[Mark]:
    """What lies on the desks, and what of it is the visitor's own."""
    desks, found = town.desks, set()
    for area, one in desks.kept.items():
        if serves(visitor, area):
            found |= {Mark(kind, one.number) for kind in ("WHO", "REGD", "CARD")}
        if visitor.acts_for == area:
            found.add(Mark("WHO", one.number))
    for one in desks.proxies:
        if visitor.name == one.by:
            found.add(Mark("PROX", one.number))
    for one in (*desks.wards, *desks.guardians):
        if visitor.name == one.whose:
            found |= {Mark(kind, one.number) for kind in ("WARD", "WCOD", "WHO")}
        if visitor.role in OFFICE and area_of(visitor) == one.area:
            found |= {Mark(kind, one.number) for kind in ("WCOD", "WHO", "MASKED")}
    for one in desks.requests:
        near = visitor.role in ANSWER_REQUESTS and area_of(visitor) == one.area
        if near or visitor.name == one.whose:
            found |= {Mark(kind, one.number) for kind in ("DCOD", "DREQ", "DANS")}
    for one in desks.feedback:
        found |= of_feedback(visitor, one)
    return found


def of_feedback(visitor: Visitor, one: Thing) -> set[Mark]:
    """A complaint about a community is not for that community; what names none is for a street."""
    here = one.area == area_of(visitor) and bool(one.area)
    street = visitor.role == "street_office" and (here or not one.area)
    community = visitor.role == "secretary" and here and not one.against
    kinds: set[str] = set()
    if visitor.name == one.whose:
        kinds = {"FCOD", "FEED", "FANS", "FRCP", "PHONE", "MASKED"}
    elif street or community:
        kinds = {"FCOD", "FEED", "FANS", "MASKED"}
    return {Mark(kind, one.number) for kind in kinds}


def of_colleagues(visitor: Visitor, town: Town) -> set[Mark]:
    """The full names that whoever invites, or asks a colleague to take over, may read."""
    takers = [one for one in town.visitors.values() if one.role in TAKE]
    takes = any(fact.handler == visitor.name for fact in town.facts.values())
    found = set()
    for one in takers:
        same = one.unit == visitor.unit
        leads = visitor.role == "branch_secretary" and same
        area = visitor.role in INVITE and area_of(one) == area_of(visitor)
        if leads or area or (takes and same):
            found |= {Mark("PERS", one.number)} if one.number else {Mark("PERS", 900)}
    return found if visitor.role else set()


def allowed(visitor: Visitor, town: Town) -> set[Mark]:
    """Every mark that may stand in an answer to this visitor."""
    found = of_things(visitor, town)
    for fact in town.facts.values():
        found |= of_order(visitor, fact)
    return found
