"""Every page that a person can open: readable by everyone, in every look, and light to load."""

import pytest

from tests.browser.site import DESK, PHONE

BUDGET = 28_000
PAGES = {
    "": [
        "/",
        "/stations/",
        "/stations/?open=1",
        "/stations/YZ008/",
        "/stations/YZ008/plate",
        "/orders/place",
        "/orders/place?category=emergency",
        "/orders/call_back",
        "/orders/look_up",
        "/answers/",
        "/answers/sheet",
        "/duplicates/join?same=gone",
        "/feedback/",
        "/feedback/look_up",
        "/privacy",
        "/privacy/children/",
        "/privacy/public_name/text/1",
        "/settings",
        "/c/48271K3QX9P2W",
        "/accounts/login/code/",
        "/accounts/login/",
        "/demo/",
        "/inbox/texts",
    ],
    "aunt_wang": [
        "/orders/mine",
        "/me/",
        "/me/looks/",
        "/me/family",
        "/me/privacy/",
        "/me/wards/",
        "/inbox/",
        "/orders/pool",
        "/me/requests/",
        "/me/requests/file_request?kind=correct",
        "/me/requests/copy",
        "/me/requests/forget_person",
    ],
    "chen": ["/orders/pool", "/me/times"],
    "he": ["/me/family"],
    "sun": [
        "/today",
        "/ladder/desk",
        "/summary",
        "/summary?as=paper",
        "/orders/board",
        "/orders/table",
        "/orders/table?due=late",
        "/orders/enter",
        "/orders/counter",
        "/orders/counter/register_person",
        "/orders/papers",
        "/answers/desk",
        "/conduct/desk",
        "/dispatch/queue",
        "/duplicates/pairs",
        "/inbox/",
        "/accounts/2fa/",
        "/counter/",
        "/wards/list_wards",
        "/requests/desk",
        "/requests/enter_request",
    ],
    "ma": ["/stations/kept", "/stations/YZ008/keep", "/feedback/desk"],
    "zhou": [
        "/today",
        "/orders/board",
        "/feedback/desk",
        "/ladder/desk",
        "/disputes/rulings",
        "/whistles/calls",
        "/ledgers/templates",
        "/ledgers/orders/take_out",
        "/ledgers/exports",
        "/insights/metrics?period=month",
        "/insights/metrics?as=paper",
    ],
    "fang": [
        "/insights/baselines",
        "/insights/sheet",
        "/routing/tables",
        "/routing/tables/1/table",
        "/routing/tables/1/sheet",
        "/routing/draft",
        "/routing/draft/add_rule",
        "/routing/draft/import_rules",
        "/routing/draft/publish",
        "/routing/draft/preview",
        "/routing/bench?category=facility_lift&region=610302002002&level=normal",
        "/routing/reports",
    ],
    "gu": ["/settings/modules"],
    "an": ["/settings/accounts", "/settings/accounts?q=sun"],
    "shen": ["/audit/looks/", "/audit/acts", "/audit/chain", "/audit/retention"],
}
CASES = [(who, path) for who, paths in PAGES.items() for path in paths]


@pytest.mark.parametrize(("who", "path"), CASES, ids=[f"{w or 'anyone'}:{p}" for w, p in CASES])
def test_a_page_is_open_to_everyone_s_eyes_and_hands(visitor, who, path):
    person = visitor(DESK if who in ("sun", "ma", "zhou", "fang", "gu", "an", "shen") else PHONE)
    if who:
        person.become(who)
    answer = person.page.goto(path)
    assert answer is not None
    assert answer.status == 200
    assert "演示数据" in person.page.locator("body").inner_text()
    person.check()


@pytest.mark.parametrize(
    ("who", "path"), [("", "/"), ("sun", "/orders/board")], ids=["home", "board"]
)
def test_the_first_visit_is_light(visitor, who, path):
    person = visitor(PHONE)
    if who:
        person.become(who)
        session = person.context.cookies()
        person = visitor(PHONE)
        person.context.add_cookies(session)
    sizes = []
    person.page.on("requestfinished", lambda request: sizes.append(request.sizes()))
    person.page.goto(path, wait_until="networkidle")
    total = sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes)
    assert 5_000 < total <= BUDGET, f"{total} bytes"


@pytest.mark.parametrize("path", ["/", "/orders/place", "/stations/"])
def test_large_text_on_a_narrow_screen_does_not_overflow(visitor, path):
    person = visitor((320, 640))
    person.page.goto(path)
    person.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert person.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
