"""The rules of docs/STYLE.md about pages, their addresses, and the API."""

import ast
import re

import pytest
from django.test import RequestFactory

from tests import house
from yizhan.portal.api import api

WRITES = {
    "save", "create", "get_or_create", "update", "update_or_create", "bulk_create", "bulk_update",
    "delete", "note", "move", "begin", "tell", "defer",
}  # fmt: skip
METHODS = ("require_GET", "require_safe", "require_POST", "require_http_methods")
ANSWERS_BOTH = "require_http_methods(['GET', 'POST'])"

# Pages of ours that need no account.
OPEN_TO_ALL = {
    "answers:answers", "answers:sheet", "answers:show",
    "demo:become", "demo:cast",
    "duplicates:join", "duplicates:suggest",
    "feedback:leave_feedback", "feedback:look_up", "feedback:show",
    "notices:texts",
    "orders:call_back", "orders:look_up", "orders:place", "orders:suggest_category",
    "people:card",
    "places:plate", "places:station", "places:stations",
    "portal:healthz", "portal:home", "portal:prefer", "portal:privacy",
    "portal:settings",
    "privacy:children", "privacy:text",
}  # fmt: skip
# Pages of one order: open to whoever holds its receipt; `by_key` sends everyone else to sign in.
OPEN_BY_RECEIPT = {
    "duplicates:attach",
    "orders:show", "orders:slip", "orders:photo", "orders:offer", "orders:reveal",
    "orders:admit", "orders:ask", "orders:answer", "orders:amend", "orders:turn_away",
    "orders:dispatch", "orders:invite", "orders:accept", "orders:decline", "orders:send_back",
    "orders:hand_over", "orders:finish", "orders:rate", "orders:reopen", "orders:withdraw",
    "orders:undo", "orders:escalate", "orders:send_down", "orders:call_in",
    "pendings:show", "pendings:pend", "pendings:review", "pendings:exclude",
    "pendings:propose_strike_off", "pendings:strike_off", "pendings:refuse_strike_off",
    "pendings:resume", "ladder:choose", "answers:write", "answers:take_down",
    "conduct:flag", "conduct:appeal",
    "orders:contact", "orders:ask_extension", "orders:grant_extension", "orders:refuse_extension",
}  # fmt: skip
# What the API tells without a key: where the stations are.
OPEN_IN_THE_API = {
    ("get", "/api/stations"),
    ("get", "/api/stations.geojson"),
    ("get", "/api/stations/{code}"),
}
# Pages whose url ends in the name of a thing instead of a verb.
PAGES_OF_A_THING = {
    "answers:show", "callbacks:rectification", "callbacks:show", "conduct:show", "demo:cast",
    "disputes:show", "feedback:leave_feedback", "feedback:show", "ladder:supervision",
    "orders:show", "pendings:show", "people:card",
    "places:station", "places:stations", "portal:home", "privacy:agreements", "whistles:show",
}  # fmt: skip


def layer(name):
    return pytest.mark.parametrize("path", house.modules(name), ids=house.shown)


@layer("views")
def test_views_never_write(path):
    found = [
        f"{call.lineno}: {ast.unparse(call.func)}"
        for call in house.calls(house.tree(path))
        if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES
    ]

    assert found == []


@layer("views")
def test_views_never_catch_a_refusal(path):
    caught = [
        ast.unparse(node.type) if node.type else "everything"
        for node in ast.walk(house.tree(path))
        if isinstance(node, ast.ExceptHandler)
    ]

    assert not [name for name in caught if re.search(r"Refused|Exception|everything", name)]


def test_url_view_and_name_agree():
    wrong = []
    for page in house.own_pages():
        parts = [part for part in page.route.split("/") if part]
        words = [part for part in parts if not part.startswith("<")]
        segment = "" if page.name in PAGES_OF_A_THING else words[-1]
        name = page.name.split(":")[-1]
        if page.view.__name__ != name or segment not in ("", name):
            wrong.append((page.route, page.name, page.view.__name__))

    assert wrong == []


def test_no_two_pages_share_an_address():
    routes = [re.sub(r"<[^>]*>", "<>", page.route) for page in house.every_url()]
    pages = [route for route in routes if not route.startswith("api/")]

    assert sorted({route for route in pages if pages.count(route) > 1}) == []
    assert [route for route in pages if re.search(r"\b(\w+)/\1(/|$)", route)] == []


def test_every_page_asks_for_an_account_unless_listed():
    open_pages = {
        page.name for page in house.own_pages() if not getattr(page.view, "login_required", True)
    }

    assert open_pages == OPEN_TO_ALL | OPEN_BY_RECEIPT


@layer("views")
def test_every_view_says_which_methods_it_answers(path):
    views = {page.view.__name__ for page in house.own_pages()}
    for function in house.public(path):
        methods = [text for text in house.decorators(function) if text.startswith(METHODS)]
        if function.name in views and is_view(function):
            assert len(methods) == 1, function.name
            assert methods[0] in (*METHODS[:3], ANSWERS_BOTH), function.name


def is_view(function):
    return bool(function.args.args) and function.args.args[0].arg == "request"


def test_no_act_can_be_done_by_following_a_link():
    reachable = []
    acts = {operation.name.replace(".", ":") for operation in house.every_operation()}
    for page in house.own_pages():
        if page.name not in acts or answers_both(page):
            continue
        names = re.findall(r"<(?:\w+:)?(\w+)>", page.route)
        answer = page.view(RequestFactory().get("/"), **dict.fromkeys(names, "0"))
        if answer.status_code != 405:
            reachable.append(page.name)

    assert reachable == []


def answers_both(page):
    """Pages with a form of their own answer both methods, and act only on a POST."""
    path = house.ROOT / f"{page.view.__module__.replace('.', '/')}.py"
    (view,) = [one for one in house.public(path) if one.name == page.view.__name__]
    both = ANSWERS_BOTH in house.decorators(view)
    assert not both or "request.method == 'GET'" in ast.unparse(view), page.name
    return both


@layer("api")
def test_the_api_changes_nothing_on_get(path):
    for function in house.public(path):
        reads = any(text.startswith("router.get") for text in house.decorators(function))
        assert not (reads and "operations." in ast.unparse(function)), function.name


@pytest.mark.django_db
def test_the_api_asks_for_a_key_unless_listed():
    open_to_all = {
        (method, path)
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method, operation in methods.items()
        if not operation.get("security")
    }

    assert open_to_all == OPEN_IN_THE_API


@layer("api")
def test_the_api_knows_the_same_acts_by_the_same_names(path):
    domain = house.domain_of(path)
    known = {one.function.name for one in house.every_operation() if one.name.startswith(domain)}
    acts = {
        function.name
        for function in house.public(path)
        if any(text.startswith("router.post") for text in house.decorators(function))
    }

    assert acts <= known
