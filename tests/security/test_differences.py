"""What an outsider reads is not changed by a record that is not theirs: no count, no list."""

import re
from collections import Counter
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.conftest import LONG
from tests.security import desks, subjects
from tests.security.marks import phone
from tests.security.town import Story, Town
from tests.world import NOON, QIAONAN
from yizhan.base.codes import check_character, public_code
from yizhan.orders import operations
from yizhan.people.masking import masked_phone
from yizhan.people.roles import ROLES

SHORT_404 = False
VOLATILE = re.compile(
    r'(name="(?:csrfmiddlewaretoken|command_id)" value=")[^"]*'
    r'|("X-CSRFToken": ")[^"]*|(nonce=")[^"]*|(id="id_secret"[^>]*value=")[^"]*'
    r'|(截至)<time[^>]*>[^<]*|("at": ")[^"]*'
    r'|(查看编号 )\w+|(<p class="watermark-back num"[^>]*>\w+ )\w+'
)
QUERIES = (
    "/orders/table?state=placed", "/orders/table?state=dispatched", "/orders/table?due=late",
    "/orders/table?category=daily", "/orders/table?before=ZZZZZZZZZZ", "/orders/board",
    "/summary?period=month", "/summary?period=week&as=paper", "/api/orders?before=ZZZZZZZZZZ",
    "/insights/metrics?period=week", "/insights/metrics?as=paper",
)  # fmt: skip
SAYS_NOTHING = (
    "/accounts/", "/privacy", "/settings", "/healthz", "/complain", "/api/openapi", "/orders/place",
    "/orders/call_back", "/orders/look_up", "/orders/enter", "/inbox/texts",
)  # fmt: skip
OUTSIDERS = [
    "stranger", "aunt_wang", "chen", "building_head", "secretary", "branch_secretary",
    "keeper", "street_office", "assessment_office",
]  # fmt: skip
OUTSIDERS = [*OUTSIDERS, *(set(ROLES) - set(OUTSIDERS))] if LONG else OUTSIDERS


def plain(answer: Any) -> tuple[int, str]:
    """An answer without what is new on every page."""
    body = VOLATILE.sub("", answer.content.decode("utf-8", "replace"))
    return answer.status_code, body


def views_of(client: Client, paths: list[str]) -> dict[str, tuple[int, str]]:
    return {path: plain(client.get(path)) for path in paths}


@pytest.fixture(scope="module")
def lists(town: Town) -> list[str]:
    """Every page that is about no single record, and the filters of the lists."""
    pages = subjects.answering("GET", town)
    alone = [page.path for page in pages if not subjects.names_in(page.route)]
    return [path for path in alone if not path.startswith(SAYS_NOTHING)] + list(QUERIES)


def far_desks(town: Town) -> None:
    """Somebody without a telephone, a ward, a request, a complaint, a paper, a post: far away."""
    facts, visitors = dict(town.facts), dict(town.visitors)
    desks.area_of_town(town, desks.Desks(), "B")
    desks.deliver_papers(town)
    town.facts, town.visitors = facts, visitors


def far_away(town: Town) -> list[Any]:
    """Orders of the neighbouring area in several states, and what comes with them."""
    far_desks(town)
    world, made = town.world, []
    for unit in ("", "C2"):
        story = Story(town, world.regions[QIAONAN], world.by.feng)
        order = story.given(unit) if unit else story.begun()
        made.append(order)
    story = Story(town, world.regions[QIAONAN], world.by.feng)
    made.append(
        operations.withdraw(
            order=operations.place(wish=story.wish(), by=world.by.ma, at=NOON),
            reason="",
            by=world.by.ma,
            at=NOON,
        )
    )
    return made


@pytest.fixture(scope="module")
def before_and_after(town: Town, lists: list[str]) -> dict[str, Any]:
    """What each outsider reads without the far orders, and with them."""
    clients = {name: town.visitors[name].client() for name in OUTSIDERS}
    before = {name: views_of(client, lists) for name, client in clients.items()}
    point = transaction.savepoint()
    far_away(town)
    after = {name: views_of(client, lists) for name, client in clients.items()}
    transaction.savepoint_rollback(point)
    return {name: (before[name], after[name]) for name in OUTSIDERS}


@pytest.mark.parametrize("name", OUTSIDERS)
def test_a_far_record_changes_nothing_an_outsider_reads(
    before_and_after: Any, counted: Counter[str], name: str
) -> None:
    before, after = before_and_after[name]
    counted["pages compared with and without a foreign record"] += len(before)

    assert [path for path in before if before[path] != after[path]] == []


def test_whoever_is_concerned_does_see_the_difference(town: Town, lists: list[str]) -> None:
    client = town.visitors["feng"].client()
    before = views_of(client, lists)
    far_away(town)
    after = views_of(client, lists)
    changed = {path for path in before if before[path] != after[path]}

    assert {"/today", "/summary", "/orders/board", "/orders/table", "/api/orders"} <= changed
    assert {"/orders/counter", "/orders/papers", "/requests/desk"} <= changed
    assert {"/insights/metrics", "/api/metrics"} <= changed


@pytest.mark.parametrize("name", ["secretary", "keeper", "street_office"])
def test_a_far_record_changes_no_search(town: Town, name: str) -> None:
    client = town.visitors[name].client()
    asked = {"/wards/list_wards": {"reason": "核对报名"}, "/orders/counter": {"wanted": "REGD"}}

    def searched() -> list[tuple[int, str]]:
        return [plain(client.post(path, typed)) for path, typed in asked.items()]

    before = searched()
    far_desks(town)

    assert searched() == before


def test_whoever_is_concerned_finds_it_by_searching(town: Town) -> None:
    client, typed = town.visitors["far_secretary"].client(), {"reason": "核对报名"}
    before = plain(client.post("/wards/list_wards", typed))[1]
    far_desks(town)
    after = plain(client.post("/wards/list_wards", typed))[1]

    assert before.count("WARD") + 1 == after.count("WARD")
    found = plain(client.post("/orders/counter", {"wanted": "REGD"}))[1]
    assert found.count("/person") == 2


@pytest.mark.parametrize("name", ["aunt_wang", "sun", "chen", "system_admin"])
def test_what_exists_elsewhere_and_what_does_not_exist_answer_alike(town: Town, name: str) -> None:
    client, fact = town.visitors[name].client(), town.facts["b_accepted"]
    made_up = public_code()
    for route in ("/orders/{}/", "/orders/{}/offer", "/orders/{}/sheet", "/api/orders/{}"):
        there = plain(client.get(route.format(fact.order.code)))
        nowhere = plain(client.get(route.format(made_up)))
        assert there[0] == nowhere[0] == 404
        assert there[1].replace(fact.order.code, "") == nowhere[1].replace(made_up, "")


def test_a_wrong_receipt_and_a_made_up_one_answer_alike(town: Town) -> None:
    client, body = Client(), "00000AAAAAAA"
    wrong = body + check_character(body)
    answers = {
        client.get(f"/orders/{code}/{end}").status_code
        for code in (wrong, wrong.lower())
        for end in ("", "slip", "offer", "photo/1")
    }

    assert answers == {404}


def test_signing_in_tells_nobody_whether_a_number_is_known(town: Town) -> None:
    known, unknown = "13800000001", phone(9999)
    answers = []
    for number in (known, unknown):
        client = Client()
        answer = client.post("/accounts/login/code/", {"phone": number}, follow=True)
        answers.append(plain(answer)[1].replace(masked_phone(number), ""))

    assert answers[0] == answers[1]
