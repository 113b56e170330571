"""The walk around the house: headers, cookies, what is kept, redirects, methods, odd bytes."""

import json
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.conftest import LONG
from tests.people.cast import PASSWORD
from tests.security import subjects
from tests.security.test_acts import digest
from tests.security.town import Town
from tests.world import WEIGONG
from yizhan.base.codes import check_character
from yizhan.orders.models import Order
from yizhan.people.models import Person

SHORT_404 = False
POLICY = (
    "default-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=()",
}
EVIL = ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)",
        "https:evil.example", "\t//evil.example", "http://testserver.evil.example/")  # fmt: skip


def browser(town: Town, name: str = "stranger", **more: Any) -> Client:
    client = Client(raise_request_exception=False, **more)
    if town.visitors[name].person is not None:
        client.force_login(town.visitors[name].person)
    return client


@pytest.fixture
def answers(town: Town, monkeypatch: Any) -> dict[str, Any]:
    """One answer of every kind."""
    clerk, stranger, fact = browser(town, "clerk"), browser(town), town.facts["a_placed"]
    strict = browser(town, enforce_csrf_checks=True)
    page = f"/orders/{fact.order.code}"
    kept = {
        "200": clerk.get("/orders/board"),
        "302": stranger.get("/orders/board"),
        "403": strict.post("/orders/place", {}),
        "404": stranger.get("/nothing/"),
        "405": clerk.get(f"{page}/admit"),
        "409": clerk.post(f"/orders/{town.facts['a_finished'].order.code}/admit"),
        "413": stranger.post("/orders/place", b"0" * 10, "text/plain", CONTENT_LENGTH=str(10**9)),
        "422": stranger.post("/orders/place", {}),
        "400": stranger.post("/orders/place", {str(n): "" for n in range(1001)}),
        "photo": clerk.get(f"{page}/photo/1"),
        "file": clerk.get("/summary?as=docx"),
        "api 200": clerk.get("/api/orders"),
        "api 401": stranger.get("/api/orders"),
        "api 404": clerk.get("/api/orders/ZZZZZZZZZZ"),
    }
    monkeypatch.setattr("yizhan.orders.views.lists.queries.board", lambda *_: 1 / 0)
    kept["500"] = clerk.get("/orders/board")
    return kept


def test_every_kind_of_answer_carries_every_header(answers: dict[str, Any]) -> None:
    wrong = {
        (kind, name): answer.headers.get(name)
        for kind, answer in answers.items()
        for name, value in HEADERS.items()
        if answer.headers.get(name) != value
    }

    assert wrong == {}
    for kind, answer in answers.items():
        if kind[-3:].isdigit():
            assert (kind, answer.status_code) == (kind, int(kind[-3:]))
        assert "Strict-Transport-Security" not in answer.headers


def test_nothing_about_a_person_is_kept_by_a_browser(town: Town, answers: Any) -> None:
    for kind in ("200", "409", "photo", "file", "api 200", "api 404", "405"):
        assert answers[kind].headers["Cache-Control"] == "no-store, private", kind
    for kind in ("404", "422", "403"):
        assert answers[kind].headers["Cache-Control"] == "no-cache, private", kind
    receipt = town.facts["a_placed"].receipt
    for page in ("", "slip", "photo/1"):
        answer = browser(town).get(f"/orders/{receipt}/{page}")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store, private")
    assert browser(town, "aunt_wang").get("/me/").headers["Cache-Control"] == "no-store, private"


def test_a_secure_site_says_so(town: Town) -> None:
    with override_settings(
        SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000,
        SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_HSTS_PRELOAD=True,
    ):  # fmt: skip
        safe, plain = browser(town).get("/", secure=True), browser(town).get("/")

    assert (
        safe.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    )
    assert (plain.status_code, plain.headers["Location"]) == (301, "https://testserver/")


def test_every_cookie_is_for_the_server_alone(town: Town) -> None:
    with override_settings(SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True):
        client = browser(town, "aunt_wang")
        client.post("/prefer", {"care": "1", "theme": "dark"})
        client.get("/orders/place")
        client.post("/me/describe_self", {"name": "王桂兰", "home": WEIGONG})
        client.post("/accounts/logout/")
        client.post("/accounts/login/code/", {"phone": "13800000001"})
        cookies: SimpleCookie = client.cookies

    assert {"care", "theme", "csrftoken", "messages", "sessionid"} <= set(cookies)
    for name, cookie in cookies.items():
        assert (name, cookie["httponly"], cookie["samesite"]) == (name, True, "Lax")
        assert (name, cookie["secure"]) == (name, True)
        assert (name, cookie["domain"], cookie["path"]) == (name, "", "/")


def test_the_session_is_a_new_one_after_signing_in_and_gone_after_leaving(town: Town) -> None:
    client = browser(town)
    client.post("/accounts/login/code/", {"phone": "13800000001"})
    before = client.cookies["sessionid"].value
    person = Person.objects.get(pk=town.visitors["aunt_wang"].person.pk)
    client.force_login(person)
    after = client.cookies["sessionid"].value
    assert client.get("/me/").status_code == 200
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/me/").status_code == 200

    client.post("/accounts/logout/")
    old = Client()
    old.cookies["sessionid"] = after

    assert before != after
    assert old.get("/me/").status_code == 302


def test_a_session_of_ones_own_choice_is_not_taken_up(town: Town) -> None:
    client = browser(town)
    client.cookies["sessionid"] = "a" * 32
    client.post("/accounts/login/code/", {"phone": "13800000001"})

    assert client.cookies["sessionid"].value != "a" * 32


@pytest.mark.parametrize("there", EVIL)
def test_no_address_leads_elsewhere(town: Town, there: str) -> None:
    aunt = browser(town, "aunt_wang")
    person = Person(username="a.b")
    person.set_password(PASSWORD)
    person.save()
    named = {"login": "a.b", "password": PASSWORD, "next": there}
    answers = [
        browser(town).post("/accounts/login/", named),
        browser(town).post("/prefer", {"care": "1", "next": there}),
        aunt.post("/me/take_up", {"post": "0", "next": there}),
        aunt.get("/accounts/login/code/", {"next": there}),
        aunt.get("/accounts/login/", {"next": there}),
        aunt.post("/accounts/logout/", {"next": there}),
        browser(town).get("//evil.example/orders/board"),
    ]

    for answer in answers:
        assert "evil" not in answer.headers.get("Location", "").partition("?")[0]
        assert not answer.headers.get("Location", "/").startswith(("//", "javascript", "\\"))


def test_other_hosts_are_refused_and_never_repeated(town: Town) -> None:
    for host in ("evil.example", "a@b", "x\\y"):
        assert browser(town).get("/", HTTP_HOST=host).status_code == 400
    answer = browser(town).get("/stations/", HTTP_X_FORWARDED_HOST="evil.example")
    assert "evil.example" not in answer.content.decode()
    spoofed = browser(town).get("/stations/", HTTP_X_FORWARDED_PROTO="https")
    assert "Strict-Transport-Security" not in spoofed.headers


def test_a_method_is_what_it_is(town: Town) -> None:
    code = town.facts["a_placed"].order.code
    clerk, before = browser(town, "clerk"), digest()
    for headers in ({"X-HTTP-Method-Override": "POST"}, {"X-Method-Override": "POST"}):
        assert clerk.get(f"/orders/{code}/admit", headers=headers).status_code == 405
        assert clerk.get(f"/orders/{code}/admit?_method=POST", headers=headers).status_code == 405
    for verb in ("PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "GE\u0301T"):
        for path in ("/", "/orders/place", f"/orders/{code}/", f"/orders/{code}/admit"):
            assert clerk.generic(verb, path).status_code == 405, (verb, path)
        assert clerk.generic(verb, "/api/orders").status_code in (403, 405)
    assert digest() == before


@pytest.mark.parametrize("path", [
    "/static/../yizhan/config/settings.py", "/static/%2e%2e/%2e%2e/etc/passwd",
    "/static/..%2f..%2fetc/passwd", "/static/....//....//etc/passwd", "/static//etc/passwd",
    "/static/%00", "/static/yi/..%5c..%5cx", "/orders/../../etc/passwd",
    "/orders/..%2f..%2fx/photo/1", "/stations/..%2fkept/plate", "/media/x", "/.git/config", "/.env",
])  # fmt: skip
def test_no_path_leads_out_of_the_house(town: Town, path: str) -> None:
    answer = browser(town, "clerk").get(path)

    assert answer.status_code in (400, 403, 404)
    assert "SECRET_KEY" not in answer.content.decode()


def test_fields_that_no_form_has_are_ignored(town: Town) -> None:
    code = town.facts["a_placed"].order.code
    extra = {
        "state": "rated", "author": "1", "author_id": "1", "handler": "1", "entered_by": "1",
        "code": "AAAAAAAAAA", "receipt": "x", "is_staff": "1", "is_superuser": "1", "role": "clerk",
        "region_code": "610302", "username": "admin", "password": "x" * 12, "is_active": "0",
        "pk": "1", "id": "1", "round": "9", "door_word": "0000", "source": "walk_in",
    }  # fmt: skip
    aunt = browser(town, "aunt_wang")
    aunt.post("/orders/place", {"words": "三单元的楼道灯不亮", "region": WEIGONG, **extra})
    order = Order.objects.latest("pk")
    assert (order.state, order.author_id, order.source, order.round) == (
        "placed", town.visitors["aunt_wang"].person.pk, "phone_page", 1,
    )  # fmt: skip
    assert order.code != "AAAAAAAAAA"
    aunt.post("/me/describe_self", {"name": "王桂兰", "home": WEIGONG, **extra})
    person = Person.objects.get(pk=town.visitors["aunt_wang"].person.pk)
    assert (person.username, person.is_active, person.posts.count()) == (None, True, 0)
    browser(town, "clerk").post(f"/orders/{code}/admit", extra)
    assert Order.objects.get(code=code).state == "received"


def test_the_last_of_two_values_counts_everywhere(town: Town) -> None:
    """The check and the act read the same one."""
    body = "region=610302005013&region=610302002002&words=aaaaaa&words=三单元的楼道灯不亮"
    browser(town).post("/orders/place", body, "application/x-www-form-urlencoded")
    order = Order.objects.latest("pk")

    assert (order.region_code, order.words.open()) == (WEIGONG, "三单元的楼道灯不亮")


ODD = ("\0", "a\0b", "\ud7ff", "\U0010ffff", "\u202e", "‮", "'\"><", "{{7*7}}", "%s%n", "9" * 400,
       "-1",
       "9" * 19, "1e999", "NaN", "[]", "x" * 70_000, "\r\nX: y", "../..", "=1+1", "٣")  # fmt: skip
ASKED = ("period", "of", "as", "state", "before", "layer", "need", "who", "region", "area", "lat",
         "lon", "station", "category", "due", "sheet")  # fmt: skip
ASKED_AT = ("/summary", "/orders/table", "/stations/", "/stations/layers", "/orders/place",
            "/api/orders", "/api/stations", "/api/stations.geojson", "/insights/metrics",
            "/api/metrics", "/ledgers/orders/take_out")  # fmt: skip
RAW = (b"%ff%fe", b"%ed%a0%80", b"%c0%80", b"%00", b"%u0041", b"%", b"\xff\xfe", b"+%0a%0d")


def fields_of(value: str) -> dict[str, str]:
    names = (
        "words", "region", "category", "place", "contact_name", "contact_phone", "station", "name",
        "phone", "receipt", "question", "reason", "result", "version", "unit", "people", "to",
        "level", "solved", "brief", "notice", "post", "next", "care", "theme", "module", "on",
        "metric", "amount", "as_of_date", "facility", "state", "closing", "first", "last",
        "purpose", "command_id", "ledger", "template", "since", "until", "since_date",
        "with_words", "sheet", "first_row", "last_row", "col_brief", "at_maker", "home", "login",
        "password", "code", "file", "kind", "due",
    )  # fmt: skip
    return dict.fromkeys(names, value)


@pytest.fixture(scope="module")
def acts(town: Town) -> list[str]:
    """One address of every route that takes a POST."""
    found = {one.route: one.path for one in subjects.answering("POST", town)}
    return [path for route, path in found.items() if not route.startswith("api/")]


@pytest.mark.parametrize("turn", range(len(ODD)))
def test_odd_values_never_end_in_an_error_of_ours(town: Town, acts: Any, turn: int) -> None:
    value, wrong = ODD[turn], []
    for place, who in enumerate(("stranger", "secretary", "system_admin")):
        client = browser(town, who)
        mine = [path for number, path in enumerate(acts) if LONG or not (number + turn) % 6]
        wrong += [p for p in mine if client.post(p, fields_of(value)).status_code >= 500]
        if LONG or (turn + place) % 3 == 0:
            query = dict.fromkeys(ASKED, value)
            wrong += [p for p in ASKED_AT if client.get(p, query).status_code >= 500]
    assert wrong == []


@pytest.mark.parametrize("raw", RAW)
def test_odd_bytes_never_end_in_an_error_of_ours(town: Town, raw: bytes) -> None:
    clerk, text = browser(town, "clerk"), raw.decode("latin-1")
    kind = "application/x-www-form-urlencoded"
    asked = [
        clerk.generic("POST", "/orders/place", b"words=" + raw + b"&region=" + raw, kind),
        clerk.generic("POST", "/orders/look_up", b"receipt=" + raw, kind),
        clerk.generic("POST", "/me/describe_self", b"name=" + raw, kind),
        clerk.generic("POST", "/api/orders", b'{"words": "' + raw + b'"}', "application/json"),
        clerk.generic("POST", "/api/orders", raw, "application/json"),
        clerk.get(f"/orders/table?category={text}&before={text}"),
        clerk.get(f"/stations/?region={text}&lat={text}"),
        clerk.get(f"/orders/{text}/"),
        clerk.get(
            "/", HTTP_COOKIE=f'sessionid="\\000{text}aaaaaaaa"; care={text}; messages={text}'
        ),
        clerk.get("/api/orders", HTTP_AUTHORIZATION=f"Bearer {text}"),
        clerk.post("/orders/place", {}, HTTP_HX_CURRENT_URL=text, HTTP_HX_REQUEST="true"),
    ]

    assert [answer.status_code for answer in asked if answer.status_code >= 500] == []


@pytest.mark.parametrize("body", [
    {"words": "\ud800\ud800\ud800", "region": WEIGONG}, {"words": "灯不亮了", "region": "\0"},
    {"words": ["灯"], "region": {}}, [], None, "x",
    {"words": "灯不亮了", "region": WEIGONG, "x": 1},
    {"words": "灯" * 20_000, "region": WEIGONG}, {"words": 1e400}, {"place": "\ud83c" * 3},
])  # fmt: skip
def test_odd_json_never_ends_in_an_error_of_ours(town: Town, body: Any) -> None:
    aunt, kind = browser(town, "aunt_wang"), "application/json"
    for path in ("/api/orders", "/api/orders/call_back", "/api/orders/ZZZZZZZZZZ/answer"):
        assert aunt.post(path, json.dumps(body), kind).status_code < 500
    deep = "[" * 200_000
    assert aunt.post("/api/orders", deep, kind).status_code < 500
    key = {"Idempotency-Key": "\u0100".encode().decode("latin-1") * 90}
    assert aunt.post("/api/orders", json.dumps(body), kind, headers=key).status_code < 500


def test_wrong_receipts_are_limited_and_right_ones_cost_nothing(town: Town) -> None:
    right = town.facts["a_placed"].receipt
    client = browser(town)
    with override_settings(
        ACCOUNT_RATE_LIMITS={**settings.ACCOUNT_RATE_LIMITS, "wrong_receipt": "3/10m/ip"}
    ):
        for _ in range(9):
            assert client.get(f"/orders/{right}/").status_code == 200
        wrong = [body + check_character(body) for body in (f"0000{n}AAAAAAA" for n in range(4))]
        assert [client.get(f"/orders/{one}/").status_code for one in wrong] == [404] * 3 + [429]
        assert client.get(f"/orders/{right}/").status_code == 429
        assert client.post(f"/orders/{wrong[0]}/withdraw").status_code == 429
        assert client.post("/orders/look_up", {"receipt": right}).status_code == 409
        other = browser(town, REMOTE_ADDR="192.0.2.7")
        assert other.get(f"/orders/{right}/").status_code == 200


def test_wrong_passwords_lock_the_name(town: Town) -> None:
    person = Person(name="甲", username="a.b", phone_verified_at=None)
    person.set_password(PASSWORD)
    person.save()
    client = browser(town, REMOTE_ADDR="192.0.2.9")
    said = [
        client.post("/accounts/login/", {"login": "a.b", "password": f"wrong-{n}-wrong"}).content
        for n in range(5)
    ]
    right = client.post("/accounts/login/", {"login": "a.b", "password": PASSWORD})

    assert len(said) == 5
    assert right.status_code == 200
    assert "试的次数太多了" in right.content.decode()


def test_codes_are_sent_three_times_a_minute_and_no_more(town: Town) -> None:
    said = [
        browser(town, REMOTE_ADDR=f"192.0.2.{number}")
        .post("/accounts/login/code/", {"phone": "13900007777"})
        .status_code
        for number in range(4)
    ]

    assert said[:3] == [302] * 3
    assert said[3] in (200, 429)


def test_a_download_is_named_by_us_alone(town: Town) -> None:
    named = browser(town, "clerk").get("/summary?as=docx&period=month&of=2026-11-22%0d%0aX:y")
    disposition = named.headers["Content-Disposition"]

    assert disposition.startswith("attachment; ")
    assert "X:y" not in str(named.headers)
