"""What every address can be about: for each url with a value in it, the values of every kind.

A new url whose values are not told here fails `test_every_address_has_its_subjects`: add a row.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.urls import get_resolver

from tests import house
from tests.security.town import Town
from yizhan.callbacks.models import Callback, Rectification
from yizhan.dispatch.models import Plan
from yizhan.routing.models import RoutingRule

Values = Callable[[Town], list[str]]
VALUE = re.compile(r"<(?:\w+:)?(\w+)>|\{(\w+)\}")
NOWHERE = "ZZZZZZZZZZ"


def orders(town: Town) -> list[str]:
    """The public code of every order, and one that is nobody's."""
    return [*(fact.order.code for fact in town.facts.values()), NOWHERE]


def stations(town: Town) -> list[str]:
    """The stations that are planned only."""
    return [one.code for one in town.stations.values()]


def layers(town: Town) -> list[str]:
    return [one.code for one in town.layers.values()]


def baselines(town: Town) -> list[str]:
    return [str(one.pk) for one, _ in town.baselines.values()]


def plans(_: Town) -> list[str]:
    """The plans that stand in the town, and one that is nobody's."""
    return [*Plan.objects.order_by("pk").values_list("code", flat=True), NOWHERE]


def first(_: Town) -> list[str]:
    """The first of a short list below a subject."""
    return ["1"]


def answers(_: Town) -> list[str]:
    """None in the town: what is told is told to everybody, or to nobody."""
    return [NOWHERE]


def flags(_: Town) -> list[str]:
    """None in the town: a flag does nothing until somebody upholds it."""
    return [NOWHERE]


def kept(town: Town) -> list[str]:
    """Persons without a telephone, one who has an account, and nobody."""
    found = [one.record.code for one in town.desks.kept.values()]
    return [*found, town.world.grandpa_li.code, NOWHERE]


def guardians(town: Town) -> list[str]:
    return [*(one.record.code for one in town.desks.guardians), NOWHERE]


def wards(town: Town) -> list[str]:
    return [*(one.record.code for one in town.desks.wards), NOWHERE]


def cards(town: Town) -> list[str]:
    return [*(one.record.code.open() for one in town.desks.cards), "48271K3QX9P2W"]


def requests(town: Town) -> list[str]:
    return [*(one.record.code for one in town.desks.requests), NOWHERE]


def feedback(town: Town) -> list[str]:
    return [*(one.record.code for one in town.desks.feedback), NOWHERE]


def disputes(town: Town) -> list[str]:
    return [town.cases.dispute.code, NOWHERE]


def whistles(town: Town) -> list[str]:
    return [town.cases.whistle.code, NOWHERE]


def called_back(_: Town) -> list[str]:
    """A call in each area, because of a bad rating."""
    return [*Callback.objects.order_by("pk").values_list("code", flat=True), NOWHERE]


def put_right(_: Town) -> list[str]:
    """A rating to be put right in each area."""
    return [*Rectification.objects.order_by("pk").values_list("code", flat=True), NOWHERE]


def accounts(town: Town) -> list[str]:
    """Staff, a volunteer, a resident."""
    names = ("clerk", "volunteer", "agent")
    return [town.visitors[name].person.code for name in names]


def routing_rules(_: Town) -> list[str]:
    """The rules of the draft of the routing table, and none."""
    rules = RoutingRule.objects.filter(table__state="draft").values_list("pk", flat=True)
    return [*map(str, rules), "0"]


def templates(town: Town) -> list[str]:
    return [*(one.code for one, _ in town.templates.values()), NOWHERE]


def exports(town: Town) -> list[str]:
    """What 孙 asked for, and nobody's."""
    return [town.export.code, NOWHERE]


def few(_: Town) -> list[str]:
    """The first and the second of a short list below a subject."""
    return ["1", "2"]


def always(*values: str) -> Values:
    """The same, whatever stands in the town."""
    return lambda _: list(values)


# The beginning of a route, and the name of the value in it.
SUBJECTS: dict[tuple[str, str], Values] = {
    ("orders/", "key"): orders,
    ("orders/", "number"): first,
    ("duplicates/", "key"): orders,
    ("pendings/", "key"): orders,
    ("answers/", "key"): orders,
    ("answers/", "code"): answers,
    ("conduct/", "key"): orders,
    ("conduct/", "code"): flags,
    ("callbacks/", "code"): called_back,
    ("callbacks/rectification/", "code"): put_right,
    ("ladder/", "code"): always(NOWHERE),
    ("ladder/", "key"): orders,
    ("stations/layers/", "code"): layers,
    ("stations/", "code"): stations,
    ("insights/baselines/", "pk"): baselines,
    ("routing/tables/", "number"): few,
    ("routing/draft/", "pk"): routing_rules,
    ("dispatch/order/", "key"): orders,
    ("dispatch/", "code"): plans,
    ("orders/counter/", "who"): kept,
    ("orders/counter/", "number"): few,
    ("orders/papers/", "who"): kept,
    ("orders/papers/", "number"): few,
    ("orders/family/", "who"): kept,
    ("me/family/", "who"): kept,
    ("me/family/", "number"): few,
    ("c/", "code"): cards,
    ("privacy/", "purpose"): always("ward", "public_name", "rules"),
    ("privacy/", "number"): first,
    ("me/privacy/", "purpose"): always("public_name", "none"),
    ("me/wards/", "code"): wards,
    ("me/wards/", "ward"): wards,
    ("counter/", "code"): guardians,
    ("counter/", "purpose"): always("public_name"),
    ("counter/", "ward"): wards,
    ("wards/", "code"): wards,
    ("me/requests/", "code"): requests,
    ("requests/", "code"): requests,
    ("feedback/", "key"): feedback,
    ("disputes/", "order"): orders,
    ("disputes/", "code"): disputes,
    ("whistles/", "order"): orders,
    ("whistles/", "code"): whistles,
    ("whistles/", "unit"): always("B1", "P", "C2"),
    ("ledgers/", "ledger"): always("orders", "none"),
    ("ledgers/templates/", "code"): templates,
    ("ledgers/exports/", "code"): exports,
    ("settings/accounts/", "code"): accounts,
    ("settings/accounts/", "role"): always("clerk"),
    ("settings/accounts/", "unit"): always("C"),
    ("settings/accounts/", "since"): always("2026-01-01"),
    ("api/orders/", "code"): orders,
    ("api/stations/", "code"): stations,
}
# Leads to another company's pages, with which no test is registered.
ELSEWHERE = ("accounts/weixin",)


class Address(NamedTuple):
    """One url of the platform, filled in."""

    route: str
    name: str
    path: str


def routes() -> list[house.Page]:
    """Every url of the resolver."""
    return [
        page
        for page in house.every_url(get_resolver().url_patterns)
        if not page.route.startswith(ELSEWHERE)
    ]


def values_of(route: str, name: str) -> Values | None:
    """What this value of this route can be; the longest beginning decides."""
    fitting = [key for key in SUBJECTS if key[1] == name and route.startswith(key[0])]
    return SUBJECTS[max(fitting, key=lambda key: len(key[0]))] if fitting else None


def names_in(route: str) -> list[str]:
    """The names of the values in a route, of Django or of OpenAPI."""
    return [one or other for one, other in VALUE.findall(route)]


def filled(route: str, town: Town) -> Iterator[str]:
    """The paths of a route, for every subject it can be about."""
    names = names_in(route)
    if not names:
        yield f"/{route}"
        return
    first_values = values_of(route, names[0])
    assert first_values, route
    for value in first_values(town):
        path = VALUE.sub(value, route, count=1)
        yield from filled(path, town)


def addresses(town: Town) -> list[Address]:
    """Every address of the platform."""
    return [
        Address(page.route, page.name, path)
        for page in routes()
        for path in filled(page.route, town)
    ]


BEHALF = "for another"


def behalf(town: Town) -> list[Address]:
    """Pages opened for another person, as somebody there, on the telephone, or as family."""
    paths = []
    facts = [fact for fact in town.facts.values() if fact.kept]
    facts += [town.facts["a_placed"], town.facts["b_grandpa"]]
    for one in town.desks.kept.values():
        who = one.record.code
        pages = [f"/orders/{fact.order.code}/" for fact in facts]
        pages += [f"/orders/{name}" for name in ("place", "enter", "mine")]
        ways = [f"?for={who}{how}" for how in ("", "&how=in_person", "&how=family")]
        paths += [page + way for page in pages for way in ways]
        hows = ("in_person", "phone", "card", "family")
        paths += [f"/orders/counter/{who}/person?how={how}" for how in hows]
    return [Address("orders/<behalf>", BEHALF, path) for path in paths]


def answering(method: str, town: Town) -> list[Address]:
    """The addresses that answer this method; each route says so when asked for its options."""
    client = town.visitors["clerk"].client()
    allow: dict[str, str] = {}
    kept = []
    for address in addresses(town):
        if address.route not in allow:
            answer = client.options(address.path)
            allow[address.route] = answer.headers.get("Allow", "GET, POST")
        if method in allow[address.route]:
            kept.append(address)
    return kept


def is_single(route: str) -> bool:
    """Whether a route is one address, about no single record."""
    return not names_in(route)
