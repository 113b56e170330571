"""Every act, tried by everybody who may not do it: refused, and not one row is changed.

`MAY` says once more, without asking the rules, who may do what to an order in which state.
"""

from collections import Counter
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.conftest import LONG
from tests.security import oracle, subjects
from tests.security.marks import Mark
from tests.security.town import Fact, Town, Visitor, token_of
from tests.world import QIAONAN, WEIGONG
from yizhan.orders.models import Order
from yizhan.people.roles import ROLES

NAMES = [
    "far_secretary", "agent", "agent_ended", "agent_until_yesterday", "guardian_a", "guardian_b",
    "stranger", "aunt_wang", "grandpa_li", "chen", "he", "zhao", "qian", "feng", *ROLES,
]  # fmt: skip
# What is written beside an act or instead of it: looks, answers kept, sign-in and its counters.
BESIDE = {
    "privacy_look", "base_command", "django_session", "cache_row", "people_token",
    "procrastinate_periodic_defers",
}  # fmt: skip
REFUSED = {302, 403, 404, 405, 409, 422}
TRIAGE = {"placed", "received"}
TRIAGERS = {"grid_worker", "clerk", "secretary", "street_office"}
DISPATCHERS = {"clerk", "secretary", "street_office"}
SEND_BACK = {"branch_secretary", "property", "partner", "mass_organisation"}
REVEAL = {"grid_worker", "clerk", "secretary", "street_office"}
# Whoever is not in one of these sets of a verb may not do it: roles in the area, roles in the unit,
# and whether who asked or who has it in hand may.
MAY: dict[str, tuple[set[str], set[str], bool, bool]] = {
    "admit": (TRIAGERS, set(), False, False),
    "ask": (TRIAGERS, set(), False, True),
    "answer": (oracle.WRITE_DOWN, set(), True, False),
    "amend": (TRIAGERS, set(), False, False),
    "turn_away": (TRIAGERS, set(), False, False),
    "dispatch": (DISPATCHERS, set(), False, False),
    "invite": ({"clerk", "secretary"}, {"branch_secretary"}, False, False),
    "accept": (set(), oracle.TAKE, False, False),
    "decline": (set(), set(), False, False),
    "send_back": (set(), SEND_BACK, False, True),
    "hand_over": (set(), set(), False, True),
    "finish": ({"clerk", "secretary"}, set(), False, True),
    "rate": (set(), set(), True, False),
    "reopen": (set(), set(), True, False),
    "withdraw": (set(), set(), True, False),
    "reveal": (REVEAL, set(), False, True),
    "undo": (TRIAGERS, set(), False, False),
    "contact": (TRIAGERS, set(), False, True),
    "ask_extension": (set(), SEND_BACK, False, True),
    "grant_extension": (DISPATCHERS, set(), False, False),
    "refuse_extension": (DISPATCHERS, set(), False, False),
    "escalate": ({"secretary"}, set(), False, False),
    "send_down": ({"street_office"}, set(), False, False),
    "call_in": (DISPATCHERS, set(), False, False),
}
# The same for acts on the pages of cases beside an order.
CASES: dict[str, tuple[set[str], set[str], bool, bool]] = {
    "attach": (set(), set(), True, False),
    "blow": ({"street_office"}, set(), False, False),
    "raise_dispute": ({"secretary"}, SEND_BACK, False, False),
    "merge": (TRIAGERS, set(), False, False),
    "fold_out": (TRIAGERS, set(), False, False),
    "tell_apart": (TRIAGERS, set(), False, False),
}
TYPED: dict[str, dict[str, str]] = {
    "orders:contact": {"how": "phone"},
    "orders:ask_extension": {"days": "2"},
    "orders:register_person": {"name": "钱大妈"},
    "privacy:enter_request": {"phone": "13800000011", "kind": "copy"},
    "privacy:refuse_request": {"reason": "法律规定要留着"},
}
# What has been done already answers 409, which only those who may do it are told.
DONE = {"orders:issue_card", "privacy:give_consent", "people:reset_password"}
# Acts that are about no single record of somebody else's: everybody's own, or open to all.
FOR_ALL = {
    "duplicates:join",
    "duplicates:suggest",
    "orders:place",
    "orders:call_back",
    "orders:enter",
    "orders:look_up",
    "orders:suggest_category",
    "portal:prefer",
    "people:describe_self",
    "people:take_up",
    "notices:read_all",
    "orders:keep_filter",
    "feedback:leave_feedback",
    "feedback:look_up",
}
OWN = ("me/privacy/", "me/wards/register_ward", "me/requests/file_request",
       "me/requests/forget_person", "me/family/entrust", "me/family/take_on",
       "me/times/")  # fmt: skip
SHARE = 24
KEEPERS = {"secretary", "keeper"}
OF_THE_UNIT = {"answer_call", "report_in", "explain", "complete_part", "assess_whistle"}


def may(visitor: Visitor, verb: str, fact: Fact) -> bool:
    """Whether this visitor has anything to do with this act on this order, in whatever state."""
    if verb not in MAY | CASES:
        return False
    area, unit, asks, takes = (MAY | CASES)[verb]
    near = oracle.area_of(visitor) == fact.area
    return (
        (near and visitor.role in area)
        or (visitor.unit == fact.unit and visitor.role in unit)
        or (asks and visitor.name == fact.asker)
        or (takes and visitor.name == fact.handler)
        or (verb in ("accept", "decline") and visitor.name in fact.invited)
    )


def digest() -> dict[str, str]:
    """Every row of every table as one sum a table; without what is written beside an act."""
    tables = [name for name in connection.introspection.table_names() if name not in BESIDE]
    one = "SELECT '{0}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {0} t"
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(one.format(name) for name in tables))
        return dict(cursor.fetchall())


@pytest.fixture(scope="module")
def fields(town: Town) -> dict[str, Any]:
    """Whatever any form asks for, filled in rightly: nothing is refused for want of a word."""
    return {
        "question": "住几楼？", "words": "楼道的灯不亮了", "reason": "不需要了", "result": "办好了",
        "category": "daily_repair", "brief": "修灯", "version": "2", "unit": "B1", "pool": "1",
        "people": town.world.he.code, "to": town.world.he.code, "level": "5", "solved": "yes",
        "purpose": "联系点单人办理本单", "region": QIAONAN, "phone": "13900009999", "name": "甲",
        "source": "年度台账", "metric": "desk_sessions", "amount": "7", "as_of_date": "2025-12-31",
        "signer": "甲", "signer_post": "乙", "first": "2026-11-23", "last": "2026-11-23",
        "facility": "seat", "state": "fault", "closing": "1", "is_shown": "1",
        "until": "2026-12-31", "since": "2026-12-01", "datum": "wgs84", "kind": "river",
        "scopes": ["order"], "days": "30", "signed": "1", "ending": "lost", "wanted": "REGD",
        "home": WEIGONG, "told": "1", "channel": "paper", "paper": "1", "number": "1",
        "short_name": "小宝", "age_band": "8_13", "is_guardian": "1", "sure": "1",
        "identity": "in_person", "role": "clerk", "username": "new.name", "receipt": "",
        "module": "orders", "on": "0", "notice": "1", "indoor_note": "一层", "data": "{}",
        "where": "up", "target": "kind:branch", "from_date": "2026-12-01", "why": "试行",
        "newest": "1",
    }  # fmt: skip


@pytest.fixture(scope="module")
def acts(town: Town) -> list[subjects.Address]:
    """Every address that takes a POST, but for signing in and the acts open to all."""
    found = subjects.answering("POST", town)
    return [
        one for one in found
        if not one.route.startswith(("accounts/", "api/", *OWN)) and one.name not in FOR_ALL
    ]  # fmt: skip


def forbidden(town: Town, visitor: Visitor, acts: list[subjects.Address]) -> list[Any]:
    """The acts that this visitor may in no state do, each with the order it is about, if any."""
    kept = []
    orders = {fact.order.code: fact for fact in town.facts.values()}
    for act in acts:
        code = next((part for part in act.path.split("/") if part in orders), "")
        fact, verb = orders.get(code), act.name.partition(":")[2]
        if fact and may(visitor, verb, fact):
            continue
        if not fact and (concerned(visitor, act) or at_desk(town, visitor, act)):
            continue
        kept.append((act, fact))
    return kept


def concerned(visitor: Visitor, act: subjects.Address) -> bool:
    """Who keeps stations, layers, counts from before, modules."""
    if act.name.startswith("portal:") or "layer" in act.name:
        return visitor.role == "system_admin"
    if act.name.startswith("places:"):
        return visitor.role in KEEPERS or visitor.name == "qian"
    if act.name.startswith("dispatch:"):
        return visitor.role in oracle.INVITE | {"branch_secretary"}
    if act.name.startswith("insights:"):
        return visitor.role in ("street_office", "organisation_department")
    if act.name.startswith("documents:"):
        return about_ledgers(visitor, act)
    if act.name.startswith("callbacks:"):
        return visitor.role in TRIAGERS
    if act.name.startswith(("whistles:", "disputes:")):
        return about_whistles(visitor, act)
    return False


def about_whistles(visitor: Visitor, act: subjects.Address) -> bool:
    """The street that has blown it steers; a called unit, named in the address, does its part."""
    if act.name.partition(":")[2] in OF_THE_UNIT:
        acts_for_unit = visitor.role in oracle.TAKE | SEND_BACK | {"secretary", "clerk"}
        return acts_for_unit and visitor.unit in act.path.split("/")
    return visitor.role == "street_office" and oracle.area_of(visitor) == "A"


def about_ledgers(visitor: Visitor, act: subjects.Address) -> bool:
    """Who reads the rows takes them out; who keeps templates uploads; the rest is the owner's."""
    if act.name == "documents:take_out":
        return visitor.role in oracle.READ_THE_AREA | oracle.READ_THE_UNIT
    if act.name == "documents:upload_template":
        return visitor.role in oracle.KEEP_TEMPLATES
    keeps = visitor.role in oracle.KEEP_TEMPLATES and visitor.unit in oracle.FILL_THEIR_OWN
    return visitor.name == "sun" if "export" in act.name else keeps


def at_a_desk(act: subjects.Address) -> bool:
    """Whether an act belongs to one of the desks: to all others it does not exist."""
    return act.route.startswith(
        ("orders/counter", "orders/papers", "counter/", "wards/", "requests/", "feedback/", "me/",
         "settings/accounts")
    )  # fmt: skip


def at_desk(town: Town, visitor: Visitor, act: subjects.Address) -> bool:
    """Who works at the counter or desk that an act belongs to, or is who it is about."""
    here, route = oracle.area_of(visitor), act.route
    about = [one for one in town.desks.things() if one.code in act.path.split("/")]
    near = all(one.area == here for one in about)
    mine = bool(about) and all(one.whose == visitor.name for one in about)
    if route.startswith("settings/accounts"):
        return visitor.role == "security_admin"
    if route.startswith("me/family/"):
        return visitor.name.startswith("agent") or mine
    if route.startswith("me/"):
        return mine
    if route.startswith(("orders/counter", "orders/papers")):
        return visitor.role in oracle.AT_COUNTER and near
    if route.startswith(("counter/", "wards/")):
        return visitor.role in oracle.OFFICE and near
    if route.startswith("requests/"):
        return visitor.role in oracle.ANSWER_REQUESTS and near
    if route.startswith("feedback/"):
        return any(Mark("FCOD", one.number) in oracle.of_feedback(visitor, one) for one in about)
    return False


def sent(client: Client, act: subjects.Address, fields: Any, number: int) -> Any:
    return client.post(act.path, {**fields, "command_id": f"walk-{number}"})


@pytest.mark.parametrize("name", NAMES)
def test_nobody_does_what_is_not_theirs_to_do(
    town: Town, acts: Any, fields: Any, counted: Counter[str], name: str
) -> None:
    visitor, turn = town.visitors[name], NAMES.index(name)
    client, before, wrong = visitor.client(), digest(), []
    tried = forbidden(town, visitor, acts)
    mine = [
        one
        for number, one in enumerate(tried)
        if LONG or (number + turn) % (SHARE if one[1] else 2) == 0
    ]
    for number, (act, fact) in enumerate(mine):
        status = sent(client, act, fields, number).status_code
        blind = fact and not oracle.reads(visitor, fact) and not oracle.is_offered(visitor, fact)
        wanted = {302} if visitor.person is None else {404} if blind else REFUSED - {302}
        wanted = {404} if not fact and visitor.person and at_a_desk(act) else wanted
        if status not in wanted:
            wrong.append((act.path, act.name, status))
    counted["acts tried by somebody who may not"] += len(mine)

    assert wrong == []
    assert {k: v for k, v in digest().items() if before.get(k) != v} == {}


MAY_AT_DESKS = ("qian", "sun", "secretary", "street_office", "security_admin", "agent",
                "guardian_a")  # fmt: skip


def test_whoever_may_does_get_through_with_the_same_fields(
    town: Town, acts: Any, fields: Any
) -> None:
    """So that a refusal above is for who asks, not for what was typed."""
    through, tried = set(), set()
    for number, act in enumerate(acts):
        if not at_a_desk(act) or act.route in through:
            continue
        tried.add(act.route)
        for name in MAY_AT_DESKS:
            visitor = town.visitors[name]
            point = transaction.savepoint()
            if at_desk(town, visitor, act) and act.route not in through:
                typed = fields | TYPED.get(act.name, {})
                answer = sent(visitor.client(), act, typed, number)
                well = (200, 302, 409) if act.name in DONE else (200, 302)
                through |= {act.route} if answer.status_code in well else set()
            transaction.savepoint_rollback(point)

    assert "\n".join(sorted(tried - through)) == ""


def test_the_acts_are_all_known(acts: Any) -> None:
    verbs = {act.name.partition(":")[2] for act in acts if act.route.startswith("orders/<")}

    assert verbs == set(MAY)


def test_a_row_that_changes_is_noticed(town: Town) -> None:
    before = digest()
    Order.objects.filter(pk=town.facts["a_placed"].order.pk).update(brief="x")

    assert {name for name, sum_ in digest().items() if before[name] != sum_} == {"orders_order"}


JSON_ACTS = {
    "ask": {"words": "住几楼？"}, "answer": {"words": "三楼"}, "turn_away": {"words": "请到大厅"},
    "amend": {"category": "daily_repair", "brief": "修灯", "version": 2}, "admit": {},
    "dispatch": {"unit": "B1", "pool": True}, "accept": {}, "decline": {}, "undo": {},
    "send_back": {"words": "人手不够"}, "finish": {"words": "办好了"}, "withdraw": {"words": ""},
    "rate": {"level": 5, "solved": "yes"}, "reopen": {"words": "没办好"},
}  # fmt: skip


@pytest.mark.parametrize("name", ["feng", "zhao", "property_next_door", "system_admin", "keeper"])
def test_no_key_does_what_is_not_its_posts_to_do(
    town: Town, counted: Counter[str], name: str
) -> None:
    visitor, before, wrong = town.visitors[name], digest(), []
    headers = {"Authorization": f"Bearer {token_of(visitor)}"}
    codes = {"invite": {"people": [town.world.he.code]}, "hand_over": {"to": town.world.he.code}}
    far = [f for f in town.facts.values() if not oracle.reads(visitor, f)]
    tried = [(f, *act) for f in far for act in {**JSON_ACTS, **codes}.items()]
    tried = [one for one in tried if not oracle.is_offered(visitor, one[0])][:: 1 if LONG else 12]
    for fact, verb, body in tried:
        path = f"/api/orders/{fact.order.code}/{verb}"
        answer = Client().post(path, body, content_type="application/json", headers=headers)
        if answer.status_code != 404:
            wrong.append((path, answer.status_code))
    counted["acts tried with a key that may not"] += len(tried)

    assert tried
    assert wrong == []
    assert {k: v for k, v in digest().items() if before.get(k) != v} == {}
