"""Residents by phone and code, staff by password: the ways in, and what stops the wrong ones."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.people.cast import PASSWORD, post
from yizhan.base.models import TextMessage
from yizhan.people.models import Person

DOOR = "/accounts/login/code/"
CONFIRM = "/accounts/login/code/confirm/"


def ask(client, phone):
    return client.post(DOOR, {"phone": phone})


def code_from(sent):
    return sent[-1][2]["code"]


def test_a_resident_signs_in_by_code(client, town, sent):
    answer = ask(client, "+86 139 0001-0001")
    assert (answer.status_code, answer.headers["Location"]) == (302, CONFIRM)
    [(phone, text, values)] = sent
    assert phone == "13900010001"
    assert len(values["code"]) == 6
    assert values["code"] in text
    page = client.get(CONFIRM).text
    assert "139****0001" in page
    assert "13900010001" not in page
    answer = client.post(CONFIRM, {"code": values["code"]})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert "欧阳同志" in client.get("/me/").text
    assert Person.objects.get(pk=town.aunt.pk).phone_verified_at is not None
    assert client.session.get_expiry_age() > timedelta(days=13).total_seconds()


def wide(digits):
    """Digits as an input method for Chinese may write them."""
    return "".join(chr(ord(digit) + 0xFEE0) for digit in digits)


def test_full_width_digits_are_digits(client, town, sent):
    ask(client, wide("13900010001"))
    [(phone, _, values)] = sent
    assert phone == "13900010001"
    code = wide(values["code"])
    assert client.post(CONFIRM, {"code": f"{code[:3]} {code[3:]}"}).headers["Location"] == "/"


def test_an_unknown_phone_joins_by_the_same_door(client, town, sent):
    answer = ask(client, "13900019999")
    assert answer.headers["Location"] == CONFIRM
    assert client.post(CONFIRM, {"code": code_from(sent)}).status_code == 302
    joined = Person.objects.with_phone("13900019999")
    assert joined is not None
    assert joined.phone_verified_at is not None
    assert not joined.has_usable_password()
    assert client.get("/me/").status_code == 200


def test_known_and_unknown_phones_look_alike(town, sent):
    known, unknown = ask(Client(), "13900010001"), ask(Client(), "13900019998")
    assert known.status_code == unknown.status_code
    assert known.headers["Location"] == unknown.headers["Location"]


@pytest.mark.parametrize("typed", ["", "12345", "23900010001", "139000100011"])
def test_what_is_no_mobile_number_is_said(client, town, sent, typed):
    answer = ask(client, typed)
    assert answer.status_code == 200
    assert not sent
    assert "手机号" in str(answer.context["form"].errors["phone"])


def test_the_page_leads_back_to_where_one_was_going(client, town, sent):
    there = client.get("/me/").headers["Location"]
    assert there == f"{DOOR}?next=/me/"
    assert "我是工作人员" in client.get(there).text
    client.post(there, {"phone": "13900010001", "next": "/me/"})
    answer = client.post(CONFIRM, {"code": code_from(sent), "next": "/me/"})
    assert answer.headers["Location"] == "/me/"


def test_a_wrong_code_is_said_and_the_fifth_ends_it(client, town, sent):
    ask(client, "13900010001")
    wrong = f"{(int(code_from(sent)) + 1) % 1000000:06d}"
    answer = client.post(CONFIRM, {"code": wrong})
    assert "验证码不对" in answer.text
    for _ in range(3):
        client.post(CONFIRM, {"code": wrong})
    assert client.post(CONFIRM, {"code": wrong}).headers["Location"] == DOOR
    answer = client.post(CONFIRM, {"code": code_from(sent)})
    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session


def test_the_fourth_code_in_a_minute_is_refused(town, sent):
    answers = [ask(Client(), "13900010001") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert len(sent) == 3
    assert "请过几分钟再试" in answers[3].text


def test_a_code_can_be_sent_again(client, town, sent):
    ask(client, "13900010001")
    assert client.post(CONFIRM, {"action": "resend"}).status_code == 302
    assert len(sent) == 2
    assert client.post(CONFIRM, {"code": code_from(sent)}).headers["Location"] == "/"


def test_a_carrier_that_is_down_is_said(client, town, settings):
    settings.SMS_SENDER = "tests.people.cast.BrokenSender"
    answer = client.post(DOOR, {"phone": "13900010001"}, follow=True)
    assert answer.status_code == 200
    assert "短信没有发出去" in answer.text


def test_nothing_plain_in_the_database(client, town, sent):
    ask(client, "13900010001")
    code = code_from(sent)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone, phone_index FROM people_person")
        kept = b"".join(bytes(part or b"") for row in cursor.fetchall() for part in row)
        cursor.execute("SELECT session_data FROM django_session")
        sessions = "".join(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT cache_key, value FROM cache_row")
        cached = "".join("".join(row) for row in cursor.fetchall())
    assert "欧阳".encode() not in kept
    assert b"13900010001" not in kept
    assert "13900010001" in str(dict(client.session.items()))
    for text in (sessions, bytes.fromhex(sessions).decode("latin-1"), cached):
        assert "13900010001" not in text
        assert code not in text
    message = TextMessage.objects.get()
    assert message.text is None
    assert message.phone.open() == "13900010001"


def test_staff_sign_in_by_password(client, town, settings):
    settings.STAFF_TOTP_REQUIRED = False
    answer = client.post("/accounts/login/", {"login": "t.sun", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/today")
    assert client.session.get_expire_at_browser_close()
    assert "社区工作者" in client.get("/me/").text


@pytest.mark.parametrize(
    ("username", "role", "there"),
    [
        ("t.sun", "", "/today"),
        ("t.guard", "", "/settings/accounts"),
        ("t.guard", "keeper", "/orders/enter"),
        ("t.guard", "street_office", "/today"),
        ("t.guard", "organisation_department", "/summary"),
    ],
)
def test_staff_begin_at_the_page_of_their_post(client, town, settings, username, role, there):
    settings.STAFF_TOTP_REQUIRED = False
    if role:
        post(town.guard, role, town.office)
    answer = client.post("/accounts/login/", {"login": username, "password": PASSWORD})
    assert answer.headers["Location"] == there
    assert client.get("/accounts/login/").headers["Location"] == there


def test_a_phone_number_is_no_user_name(client, town):
    answer = client.post("/accounts/login/", {"login": "13900010002", "password": PASSWORD})
    assert "用户名或密码不对" in answer.text


def test_wrong_passwords_lock_the_account_for_a_while(client, town):
    seen = []
    for _ in range(6):
        answer = client.post("/accounts/login/", {"login": "t.sun", "password": "wrong"})
        seen.append(str(answer.context["form"].non_field_errors()))
    assert "用户名或密码不对" in seen[4]
    assert "请过几分钟再试" in seen[5]
    answer = client.post("/accounts/login/", {"login": "t.sun", "password": PASSWORD})
    assert "请过几分钟再试" in answer.text


def test_an_unknown_user_name_sounds_the_same(client, town):
    answers = [
        client.post("/accounts/login/", {"login": name, "password": "wrong"})
        for name in ("t.sun", "t.nobody")
    ]
    errors = [str(answer.context["form"].non_field_errors()) for answer in answers]
    assert errors[0] == errors[1]


def test_a_closed_account_stays_out(client, town, sent):
    town.aunt.is_active = False
    town.aunt.save()
    ask(client, "13900010001")
    answer = client.post(CONFIRM, {"code": code_from(sent)})
    assert answer.headers["Location"] == "/accounts/inactive/"
    assert "已经停用" in client.get("/accounts/inactive/").text


def test_sign_out_needs_a_post(client, town):
    client.force_login(town.aunt)
    assert "退出后" in client.get("/accounts/logout/").text
    assert client.post("/accounts/logout/").headers["Location"] == "/"
    assert client.get("/me/").status_code == 302


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "account_reset_password", "account_change_phone"],
)
def test_pages_that_must_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_residents_have_no_password_page(client, town):
    client.force_login(town.aunt)
    assert client.get("/accounts/password/change/").status_code == 404


def test_too_many_sign_ins_from_one_address_get_a_page(client, town, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client.post("/accounts/login/", {"login": "t.sun", "password": "wrong"})
    answer = client.post("/accounts/login/", {"login": "t.sun", "password": "wrong"})
    assert answer.status_code == 429
    assert "请歇一会儿再试" in answer.text
