"""What staff must do before they act, and when they are signed out."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from tests.people.cast import PASSWORD, post


def code_of(secret, step=0):
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + step))


def sign_in(client, username="t.sun", password=PASSWORD):
    return client.post("/accounts/login/", {"login": username, "password": password})


@pytest.fixture
def strict(settings):
    settings.STAFF_TOTP_REQUIRED = True


def test_staff_without_second_factor_are_led_to_it(client, town, strict):
    sign_in(client)
    assert client.get("/me/").headers["Location"] == "/accounts/2fa/totp/activate/"
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert secret in page.text
    assert "<svg" in page.text
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/accounts/2fa/recovery-codes/"
    codes = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    assert client.get("/me/").status_code == 200
    kept = "".join(str(row.data) for row in Authenticator.objects.all())
    assert secret not in kept
    assert codes[0] not in kept


def test_then_the_code_is_asked_at_every_sign_in(client, town, strict):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(town.clerk, secret)
    assert sign_in(client).headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/me/").headers["Location"].startswith("/accounts/login/")
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "动态码不对" in wrong.text
    answer = client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/today"
    assert client.get("/me/").status_code == 200


def test_the_code_is_asked_after_a_phone_sign_in_too(client, town, sent, strict):
    totp.TOTP.activate(town.clerk, totp.generate_totp_secret())
    client.post("/accounts/login/code/", {"phone": "13900010002"})
    answer = client.post("/accounts/login/code/confirm/", {"code": sent[-1][2]["code"]})
    assert answer.headers["Location"] == "/accounts/2fa/authenticate/"


def test_staff_cannot_switch_it_off(client, town, strict):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(town.clerk, secret)
    sign_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert "必须保留动态码" in client.get("/accounts/2fa/totp/deactivate/").text
    client.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=town.clerk).exists()


def test_after_some_minutes_the_password_is_asked_again(client, town, settings):
    settings.STAFF_TOTP_REQUIRED = False
    sign_in(client)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 600
    session.save()
    answer = client.get("/accounts/2fa/totp/activate/", follow=True)
    assert "再确认一次是您本人" in answer.text
    wrong = client.post("/accounts/reauthenticate/", {"password": "wrong"})
    assert wrong.status_code == 200
    assert "密码不对" in wrong.text
    there = "/accounts/2fa/totp/activate/"
    answer = client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": there})
    assert answer.headers["Location"] == there
    assert client.get(there).status_code == 200


def test_volunteers_are_not_asked(client, town, strict):
    client.force_login(town.member)
    assert client.get("/me/").status_code == 200


def test_staff_acting_as_residents_are_not_asked(client, town, strict):
    client.force_login(town.clerk)
    session = client.session
    session["post"] = 0
    session.save()
    assert client.get("/me/").status_code == 200


def test_htmx_is_told_to_go(client, town, strict):
    client.force_login(town.clerk)
    answer = client.get("/me/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/accounts/2fa/totp/activate/"


def test_the_api_says_what_is_missing(client, town, strict):
    client.force_login(town.clerk)
    answer = client.get("/api/anything")
    assert (answer.status_code, answer.json()["code"]) == (403, "sign_in_unfinished")


def test_a_one_time_password_is_changed_first(client, town, settings):
    settings.STAFF_TOTP_REQUIRED = False
    town.clerk.has_one_time_password = True
    town.clerk.save()
    sign_in(client)
    assert client.get("/me/").headers["Location"] == "/accounts/password/change/"
    weak = {"oldpassword": PASSWORD, "password1": "1234567890", "password2": "1234567890"}
    assert client.post("/accounts/password/change/", weak).status_code == 200
    assert client.get("/me/").status_code == 302
    own = {"oldpassword": PASSWORD, "password1": "my-own-phrase-7", "password2": "my-own-phrase-7"}
    assert client.post("/accounts/password/change/", own).headers["Location"] == "/today"
    assert client.get("/me/").status_code == 200


def test_new_passwords_must_match(client, town, settings):
    settings.STAFF_TOTP_REQUIRED = False
    client.force_login(town.clerk)
    typed = {"oldpassword": PASSWORD, "password1": "my-own-phrase-7", "password2": "other-phrase-8"}
    assert "每次输入的密码必须相同" in client.post("/accounts/password/change/", typed).text


@pytest.fixture
def later(monkeypatch):
    moment = [time.time()]
    monkeypatch.setattr("yizhan.people.guard.time.time", lambda: moment[0])

    def move(seconds):
        moment[0] += seconds

    return move


def test_idle_staff_are_signed_out(client, town, settings, later):
    settings.STAFF_TOTP_REQUIRED = False
    client.force_login(town.clerk)
    assert client.get("/me/").status_code == 200
    later(29 * 60)
    assert client.get("/me/").status_code == 200
    later(31 * 60)
    answer = client.get("/me/", follow=True)
    assert "您离开超过 30 分钟" in answer.text
    assert "用手机号登录" in answer.text


def test_residents_and_volunteers_are_not_signed_out(client, town, later):
    client.force_login(town.member)
    assert client.get("/me/").status_code == 200
    later(5 * 3600)
    assert client.get("/me/").status_code == 200


def test_a_staff_post_beside_a_volunteers_counts(client, town, strict):
    post(town.member, "keeper", town.community)
    client.force_login(town.member)
    assert client.get("/me/").headers["Location"] == "/accounts/2fa/totp/activate/"
