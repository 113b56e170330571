"""Every address, asked for by somebody in every role: no answer says what it must not.

What each may read comes from `oracle.py`. That the marks are really there to be found is shown by
the same sweep: whoever may read an order does find its words.
"""

import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from tests.conftest import LONG
from tests.security import oracle, subjects
from tests.security.marks import Mark
from tests.security.town import Town, Visitor, token_of
from yizhan.people.roles import ROLES

NAMES = [
    "stranger", "aunt_wang", "grandpa_li", "sun", "chen", "he", "zhao", "qian", "feng",
    *ROLES,
    *(f"{role.code}_next_door" for role in ROLES.values() if role.reach == "unit"),
    "far_secretary", "agent", "agent_ended", "agent_until_yesterday", "guardian_a", "guardian_b",
    "organiser",
]  # fmt: skip
RELIEVED = [f"{role}_relieved" for role in ROLES]
BROKEN = 500
SHARE = 21
WHOLE = {"orders:show"}
# What whoever may read it does find.
THERE = {"WORD", "BASE", "DREQ", "DANS", "FEED", "REGD", "CARD", "PROX", "WARD", "RULE"}
AT_DESKS = {
    "orders:counter", "orders:person", "orders:card_sheet", "orders:proxy_sheet", "orders:papers",
    "orders:paper", "orders:theirs", "people:family", "people:card", "privacy:wards",
    "privacy:consents", "privacy:desk", "privacy:handle", "privacy:take_copy", "privacy:progress",
    "privacy:requests", "privacy:copy", "privacy:list_wards", "privacy:open_ward", "feedback:desk",
    "feedback:show", "feedback:look_up",
}  # fmt: skip
DESKS = {"portal:today", "portal:summary", "orders:board", "orders:table", "orders:mine"}


def test_every_address_has_its_subjects() -> None:
    unknown = [
        (page.route, name)
        for page in subjects.routes()
        for name in subjects.names_in(page.route)
        if subjects.values_of(page.route, name) is None
    ]

    assert unknown == []


OF_PERSON = "first, second, third of its person, who is named by a random code"
# Numbers in addresses, with the reason. Everything else is named by a random code or its name.
NUMBERED = {
    "orders/<str:key>/photo/<int:number>": "first, second, third of its order",
    "orders/counter/<str:who>/card/<int:number>/end_card": OF_PERSON,
    "orders/counter/<str:who>/card/<int:number>/replace_card": OF_PERSON,
    "orders/counter/<str:who>/proxy/<int:number>/proxy_sheet": OF_PERSON,
    "orders/counter/<str:who>/proxy/<int:number>/end_proxy": OF_PERSON,
    "orders/papers/<str:who>/<int:number>/paper": OF_PERSON,
    "orders/papers/<str:who>/<int:number>/hand_paper": OF_PERSON,
    "me/family/<str:who>/<int:number>/end_proxy": OF_PERSON,
    "privacy/<str:purpose>/text/<int:number>": "versions of a text that everybody reads",
    "insights/baselines/<int:pk>/correct_baseline": "counts of a district, signed, about nobody",
    **{
        f"routing/tables/<int:number>/{name}": "versions of a district's table, about nobody"
        for name in ("table", "sheet", "republish")
    },
    **{
        f"routing/draft/<int:pk>/{name}_rule": "rules of a draft, about nobody"
        for name in ("change", "move", "end", "accept", "drop")
    },
}


def test_no_address_counts_anything(town: Town) -> None:
    numbered = {page.route for page in subjects.routes() if "<int:" in page.route}
    codes = [fact.order.code for fact in town.facts.values()]

    assert numbered == set(NUMBERED)
    assert not [code for code in codes if code.isdecimal()]
    assert codes not in (sorted(codes), sorted(codes, reverse=True))


def test_everybody_of_the_matrix_walks(town: Town) -> None:
    assert set(town.visitors) == set(NAMES) | set(RELIEVED)


@pytest.fixture(scope="module")
def pages(town: Town) -> list[subjects.Address]:
    """The addresses that answer a GET."""
    return subjects.answering("GET", town) + subjects.behalf(town)


def share_of(pages: list[subjects.Address], turn: int) -> list[subjects.Address]:
    """What one visitor asks for: the page of every order, and of the rest every few.

    Another part for each visitor, so that together they ask for everything; in `make test-long`
    each asks for all of it.
    """
    kept, seen = [], Counter[str]()
    for page in pages:
        seen[page.route] += 1
        kind = "accounts" if page.route.startswith("accounts/") else page.route
        few = kind == "accounts" or not subjects.is_single(page.route)
        count = seen.total() if kind == "accounts" else seen[page.route]
        if LONG or page.name in WHOLE or not few or (count + turn) % SHARE == 0:
            kept.append(page)
    return kept


def desks_of(pages: list[subjects.Address]) -> list[subjects.Address]:
    """Every page of the desks, of family and for another person."""
    return [page for page in pages if page.name == subjects.BEHALF or page.name in AT_DESKS]


def waiting(town: Town) -> list[int]:
    """Requests that nobody has answered yet."""
    asked = [*town.desks.requests, *town.desks.feedback]
    return [one.number for one in asked if one.record.state == "received"]


def swept(town: Town, client: Client, paths: Any, headers: Any = None) -> dict[Mark, str]:
    """Every mark that was found, with the first address it was found at."""
    found: dict[Mark, str] = {}
    for path in paths:
        answer = client.get(path, headers=headers or {})
        assert answer.status_code < BROKEN, path
        for mark in town.reader.found(answer):
            found.setdefault(mark, path)
    return found


def asked_for(path: str) -> set[str]:
    """The keys that stand in an address: an answer may repeat what was asked for."""
    return set(re.split(r"[/?&=]", path))


def leaks(town: Town, visitor: Visitor, found: dict[Mark, str]) -> dict[Mark, str]:
    """What was found and must not be; a code that is only repeated from the address is none."""
    may = oracle.allowed(visitor, town)
    return {
        mark: path
        for mark, path in found.items()
        if mark not in may and not town.reader.codes_of(mark) & asked_for(path)
    }


@pytest.mark.parametrize("name", NAMES)
def test_no_page_says_what_it_must_not(
    town: Town, pages: Any, counted: Counter[str], name: str
) -> None:
    visitor = town.visitors[name]
    mine = share_of(pages, NAMES.index(name))
    if visitor.role in oracle.DESKS or not visitor.role:
        mine = list({page.path: page for page in [*mine, *desks_of(pages)]}.values())
    found = swept(town, visitor.client(), [page.path for page in mine])
    counted["pages asked for by somebody in each role"] += len(mine)
    counted["visitors of the leak matrix"] += 1

    assert leaks(town, visitor, found) == {}
    words = {mark for mark in oracle.allowed(visitor, town) if mark.kind in THERE}
    assert words <= set(found) | {Mark("DANS", one) for one in waiting(town)}


@pytest.mark.parametrize("name", RELIEVED)
def test_who_was_relieved_yesterday_reads_nothing_more(
    town: Town, pages: Any, counted: Counter[str], name: str
) -> None:
    visitor, turn = town.visitors[name], RELIEVED.index(name)
    near = [page for page in pages if not page.route.startswith("accounts/")]
    mine = [page for number, page in enumerate(near) if (number + turn) % SHARE == 0]
    lists = [page for page in near if page.name in DESKS and page not in mine]
    found = swept(town, visitor.client(), [page.path for page in [*lists, *mine]])
    counted["pages asked for by somebody relieved yesterday"] += len(lists) + len(mine)

    assert leaks(town, visitor, found) == {}
    assert {mark.kind for mark in found if not town.reader.codes_of(mark)} <= {"PERS"}


@pytest.mark.parametrize("role", ROLES)
def test_a_key_reads_what_its_post_may_and_never_a_number(
    town: Town, pages: Any, counted: Counter[str], role: str
) -> None:
    visitor = replace(town.visitors[role], has_key=True)
    headers = {"Authorization": f"Bearer {token_of(visitor)}"}
    turn = list(ROLES).index(role)
    asked = [page.path for page in pages if page.route.startswith("api/")]
    paths = [p for n, p in enumerate(asked) if LONG or p.count("/") < 3 or not (n + turn) % 2]
    found = swept(town, Client(), paths, headers)
    counted["addresses of the API asked for with a key"] += len(paths)

    assert leaks(town, visitor, found) == {}
    kinds = {mark.kind for mark in found}
    assert kinds <= oracle.IN_THE_API | oracle.PLANS
    words = {mark for mark in oracle.allowed(visitor, town) if mark.kind == "WORD"}
    assert {mark for mark in found if mark.kind == "WORD"} == words  # the list has them all


def test_a_receipt_opens_its_order_and_no_other(
    town: Town, pages: Any, counted: Counter[str]
) -> None:
    fact, other = town.facts["a_placed"], town.facts["b_placed"]
    holder = replace(town.visitors["stranger"], name="holder", holds=fact.number)
    with_receipt = [
        page.path.replace(other.order.code, key)
        for page in pages
        if other.order.code in page.path
        for key in (fact.receipt, other.order.code)
    ]
    found = swept(town, Client(), with_receipt)
    counted["pages asked for with a receipt"] += len(with_receipt)

    assert leaks(town, holder, found) == {}
    assert {Mark("WORD", fact.number), Mark("PHONE", fact.number)} <= set(found)
    assert not [mark for mark in found if mark.number == other.number and mark.kind != "CODE"]
