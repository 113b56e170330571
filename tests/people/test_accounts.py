"""The security administrator's pages: accounts and posts, and nothing of residents."""

import re
from html import unescape
from itertools import count

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from yizhan.people.models import Person, Post

LIST = "/settings/accounts"
_commands = count(1)


@pytest.fixture(autouse=True)
def plain(settings):
    settings.STAFF_TOTP_REQUIRED = False


@pytest.fixture
def desk(town):
    client = Client()
    client.force_login(town.guard)
    return client


def one(person, verb="account"):
    return f"{LIST}/{person.code}/{verb}"


def send(client, path, **fields):
    return client.post(path, {"command_id": f"accounts-{next(_commands)}", **fields})


NEW = {"name": "新来的", "username": "new.one", "role": "clerk", "unit": "t-first"}


def shown_password(answer):
    return re.search(r"一次性密码 <b class=\"num\">([^<]+)<", answer.text)[1]


def test_the_list_has_staff_in_full_and_no_resident(town, desk):
    text = desk.get(LIST).text

    for words in ("孙小梅", "t.sun", town.clerk.code, "社区工作者（专干），前街社区", "陈*"):
        assert words in text
    for secret in ("陈一", "欧阳阿姨", town.aunt.code, "13900010002", "139****0002"):
        assert secret not in text


@pytest.mark.parametrize("words", ["t.sun", "前街社区"])
def test_search(town, desk, words):
    text = desk.get(LIST, {"q": words}).text
    assert "孙小梅" in text
    assert "安全员</a>" not in text


def test_search_by_code_and_in_vain(town, desk):
    assert "孙小梅" in desk.get(LIST, {"q": town.clerk.code.lower()}).text
    assert "没有找到这样的账号" in desk.get(LIST, {"q": "nobody"}).text
    assert desk.get(LIST, {"q": "\0", "before": "x"}).status_code == 200


def test_pages_go_on_by_key(town, desk, monkeypatch):
    monkeypatch.setattr("yizhan.people.staff.PAGE", 1)
    first = desk.get(LIST).text
    (before,) = re.findall(r"before=(\d+)", first)
    assert "安全员" in first
    assert f'{one(town.guard)}"' not in desk.get(LIST, {"before": before}).text


def test_create_staff_shows_the_password_once(town, desk):
    answer = send(desk, f"{LIST}/create_staff", **NEW)

    person = Person.objects.get(username="new.one")
    assert person.check_password(shown_password(answer))
    assert answer.headers["Cache-Control"] == "no-store"
    assert person.steps.get().actor_id == town.guard.pk
    assert shown_password(answer) not in desk.get(one(person)).text


def test_the_same_form_twice_opens_one_account(town, desk):
    fields = {"command_id": "twice", **NEW}
    desk.post(f"{LIST}/create_staff", fields)
    again = desk.post(f"{LIST}/create_staff", fields)

    assert "密码只在第一次显示" in again.text
    assert Person.objects.filter(username="new.one").count() == 1


def test_a_bad_form_says_what_is_missing(town, desk):
    answer = send(desk, f"{LIST}/create_staff", username="X", role="king")

    assert answer.status_code == 422
    for words in ("请填姓名", "用户名用小写字母开头", "没有这种岗位", "请选单位"):
        assert words in answer.text


def test_a_user_name_that_is_taken(town, desk):
    answer = send(desk, f"{LIST}/create_staff", **{**NEW, "username": "t.sun"})

    assert answer.status_code == 409
    assert "这个用户名已经有人用了" in answer.text
    assert 'value="新来的"' in answer.text


def test_reset_password(town, desk):
    answer = send(desk, one(town.clerk, "reset_password"))

    assert Person.objects.get(pk=town.clerk.pk).check_password(shown_password(answer))
    own = send(desk, one(town.guard, "reset_password"))
    assert (own.status_code, "自己的密码" in own.text) == (409, True)


def test_reset_second_factor(town, desk):
    totp.TOTP.activate(town.clerk, totp.generate_totp_secret())
    assert "重设动态码" in desk.get(one(town.clerk)).text

    assert "已重设动态码" in send(desk, one(town.clerk, "reset_second_factor")).text
    assert not Authenticator.objects.exists()


def test_appoint_and_relieve(town, desk):
    fields = {"role": "secretary", "unit": "t-first", "since": "2026-11-22"}
    answer = send(desk, one(town.clerk, "appoint"), **fields)
    assert answer.headers["Location"] == one(town.clerk)
    post = Post.objects.get(person=town.clerk, role="secretary")
    assert "社区书记，前街社区" in desk.get(one(town.clerk)).text

    path = f"{LIST}/{town.clerk.code}/secretary/t-first/2026-11-22/relieve"
    assert send(desk, path, until="x").status_code == 422
    early = send(desk, path, until="2026-11-01")
    assert (early.status_code, "不能早于" in early.text) == (409, True)
    assert send(desk, path, until="2026-11-30").status_code == 302
    assert str(Post.objects.get(pk=post.pk).until_date) == "2026-11-30"


def test_an_administrator_takes_no_second_post(town, desk):
    fields = {"role": "audit_admin", "unit": "t-first", "since": "2026-11-22"}
    answer = send(desk, one(town.clerk, "appoint"), **fields)

    assert answer.status_code == 409
    assert "不兼别的岗位" in unescape(answer.text)
    assert send(desk, one(town.clerk, "appoint"), role="").status_code == 422


def test_a_resident_is_no_account(town, desk):
    assert desk.get(one(town.aunt)).status_code == 404
    assert send(desk, one(town.aunt, "reset_password")).status_code == 404
    for post in ("member/t-first/2026-11-22", "clerk/t-first/2026-13-01", "clerk/t-first/x"):
        other = f"{LIST}/{town.clerk.code}/{post}/relieve"
        assert send(desk, other, until="2026-11-30").status_code == 404


VERBS = ("appoint", "reset_password", "reset_second_factor")


def test_nobody_else_gets_in(town):
    for person in (town.clerk, town.aunt):
        client = Client()
        client.force_login(person)
        for path in (LIST, one(town.clerk)):
            assert client.get(path).status_code == 404
        for path in (f"{LIST}/create_staff", *(one(town.clerk, verb) for verb in VERBS)):
            assert send(client, path, **NEW).status_code == 404
    assert Client().get(LIST).status_code == 302
    assert not Person.objects.filter(username="new.one").exists()


def test_the_number_of_queries_does_not_grow(town, desk, django_assert_max_num_queries):
    for number in range(5):
        send(desk, f"{LIST}/create_staff", **{**NEW, "username": f"one.{number}"})
    with django_assert_max_num_queries(14):
        desk.get(LIST)
