"""How machines and apps sign in, on a small API of the test's own."""

from datetime import timedelta
from typing import Any, cast

import pytest
from django.contrib.auth.decorators import login_not_required
from django.test import Client
from django.urls import include, path
from django.utils.timezone import now
from ninja import NinjaAPI

from yizhan.people.api_auth import AUTH
from yizhan.people.models import Token

small = NinjaAPI(auth=AUTH, urls_namespace="small", docs_url=None)


@small.get("who")
def who(request: Any) -> dict[str, Any]:
    return {"kind": request.actor.kind, "role": request.actor.role, "via": request.actor.via}


@small.post("act")
def act(request: Any) -> dict[str, Any]:
    return {"person": request.actor.person_id}


small_urls = small.urls
for pattern in small_urls[0]:
    login_not_required(cast(Any, pattern.callback))
urlpatterns = [
    path("api/", small_urls),
    path("accounts/", include("yizhan.people.account_urls")),
]
pytestmark = pytest.mark.urls("tests.people.test_api_auth")


@pytest.fixture
def key(town):
    made = Token.fresh_key()
    Token.objects.create(
        post=town.clerk_post,
        name="热线",
        digest=Token.fingerprint(made),
        ends_at=now() + timedelta(days=1),
    )
    return made


def test_a_key(client, key):
    answer = client.get("/api/who", headers={"Authorization": f"Bearer {key}"})
    assert answer.json() == {"kind": "token", "role": "clerk", "via": "api"}


def test_no_key_and_a_wrong_key(client, key):
    assert client.get("/api/who").status_code == 401
    answer = client.get("/api/who", headers={"Authorization": "Bearer x"})
    assert answer.status_code == 401


def test_a_session_acts_through_the_api(client, town, settings):
    settings.STAFF_TOTP_REQUIRED = False
    client.force_login(town.clerk)
    assert client.get("/api/who").json() == {"kind": "person", "role": "clerk", "via": "api"}


def test_a_session_needs_the_csrf_token(town):
    client = Client(enforce_csrf_checks=True)
    client.force_login(town.aunt)
    assert client.post("/api/act").status_code == 403


def test_a_key_needs_none(key, town):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/api/act", headers={"Authorization": f"Bearer {key}"})
    assert answer.json() == {"person": town.clerk.pk}
