"""Sign-in with WeChat, with WeChat's own answers played back."""

import json
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp

from yizhan.people.models import Person
from yizhan.people.weixin.provider import WeixinProvider

PHONE_BROWSER = "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50"


class WeixinServer:
    """Answers like api.weixin.qq.com: UTF-8 without saying so."""

    def __init__(self, profile):
        self.profile = profile

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def request(self, method, url, **kwargs):
        token = {"access_token": "t", "openid": "o-1", "expires_in": 7200}
        return SimpleNamespace(status_code=200, json=lambda: token, content=b"")

    def get(self, url, params):
        content = json.dumps(self.profile, ensure_ascii=False).encode()
        return SimpleNamespace(raise_for_status=lambda: None, content=content)


@pytest.fixture
def weixin(town, settings, monkeypatch):
    settings.SOCIALACCOUNT_PROVIDERS = {
        "weixin": {
            **settings.SOCIALACCOUNT_PROVIDERS["weixin"],
            "APPS": [{"client_id": "wx1", "secret": "s"}],
        }
    }
    profile = {"openid": "o-1", "unionid": "u-1", "nickname": "小太阳"}
    monkeypatch.setattr(
        DefaultSocialAccountAdapter, "get_requests_session", lambda _: WeixinServer(profile)
    )
    return profile


def start(client):
    answer = client.get("/accounts/weixin/login/")
    assert answer.status_code == 302
    return urlsplit(answer.headers["Location"])


def come_back(client):
    state = parse_qs(start(client).query)["state"][0]
    return client.get("/accounts/weixin/login/callback/", {"code": "c", "state": state})


def test_it_starts_at_the_page_for_phones(client, weixin):
    url = start(client)
    asked = parse_qs(url.query)
    assert (url.netloc, url.path) == ("open.weixin.qq.com", "/connect/oauth2/authorize")
    assert (asked["appid"], asked["scope"]) == (["wx1"], ["snsapi_userinfo"])
    assert asked["response_type"] == ["code"]
    assert url.fragment == "wechat_redirect"
    assert asked["redirect_uri"][0].endswith("/accounts/weixin/login/callback/")


def test_someone_new_shows_a_phone_once_and_is_remembered(client, weixin, sent):
    answer = come_back(client)
    assert answer.headers["Location"] == "/accounts/login/code/"
    assert "第一次用微信登录" in client.get("/accounts/login/code/").text
    client.post("/accounts/login/code/", {"phone": "13900010001"})
    client.post("/accounts/login/code/confirm/", {"code": sent[-1][2]["code"]})
    account = SocialAccount.objects.get()
    assert account.user == Person.objects.with_phone("13900010001")
    assert account.extra_data == {}
    assert "u-1" not in account.uid
    assert len(account.uid) == 64
    client.logout()
    assert come_back(client).headers["Location"] == "/"
    assert client.get("/me/").status_code == 200


def test_one_person_by_unionid_else_by_openid(weixin, rf):
    provider = WeixinProvider(rf.get("/"), app=SocialApp(provider="weixin"))
    uid = provider.extract_uid
    assert uid({"openid": "a", "unionid": "u"}) == uid({"openid": "b", "unionid": "u"})
    assert uid({"openid": "a", "unionid": ""}) != uid({"openid": "b"})


def test_nicknames_are_read_as_they_are_written(rf, weixin):
    names = WeixinProvider(rf.get("/"), app=SocialApp(provider="weixin")).extract_common_fields(
        weixin
    )
    assert names == {"name": "小太阳"}


def test_an_answer_of_weixin_that_fails_leads_to_the_phone(client, weixin, monkeypatch):
    server = WeixinServer({"errcode": 40003, "errmsg": "invalid openid"})
    monkeypatch.setattr(DefaultSocialAccountAdapter, "get_requests_session", lambda _: server)
    answer = come_back(client)
    assert "微信登录没有成功" in answer.text


def test_the_button_shows_inside_weixin_only(client, weixin):
    assert "用微信登录" not in client.get("/accounts/login/code/").text
    inside = client.get("/accounts/login/code/", headers={"User-Agent": PHONE_BROWSER})
    assert "用微信登录" in inside.text


def test_no_button_without_configuration(client, town):
    page = client.get("/accounts/login/code/", headers={"User-Agent": PHONE_BROWSER})
    assert "用微信登录" not in page.text


def test_where_no_account_is_named_there_is_no_such_page(client, world):
    assert client.get("/accounts/weixin/login/").status_code == 404
    assert client.get("/accounts/weixin/login/callback/").status_code == 404
