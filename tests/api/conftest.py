"""Machines at the door of the API: each with the key of a post, or the session of a resident."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from yizhan.people.models import Token


class Machine:
    """What another system sends and gets, as JSON."""

    def __init__(self, *, key: str = "", person: Any = None) -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {key}"} if key else {}
        if person is not None:
            self.client.force_login(person)

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/orders{path}", headers=self.headers)

    def send(self, path: str, *, once: str = "", **body: Any) -> Any:
        """One act; `once` is the Idempotency-Key."""
        headers = {**self.headers, "Idempotency-Key": once} if once else self.headers
        return self.client.post(
            f"/api/orders{path}", body, content_type="application/json", headers=headers
        )


def key_for(post_id: int) -> str:
    """A fresh key that acts in this post, good for a day."""
    key = Token.fresh_key()
    ends = now() + timedelta(days=1)
    Token.objects.create(post_id=post_id, name="热线", digest=Token.fingerprint(key), ends_at=ends)
    return key


@pytest.fixture
def machine(world: Any, at: Any, settings: Any, monkeypatch: Any) -> Callable[..., Machine]:
    """`machine("sun")` has a key, `machine("aunt_wang")` a session, `machine()` none."""
    settings.STAFF_TOTP_REQUIRED = False
    for name in ("doors", "placing", "acting"):
        monkeypatch.setattr(f"yizhan.orders.api.{name}.now", lambda: at)

    def made(who: str = "") -> Machine:
        if not who:
            return Machine()
        post = getattr(world.by, who).post_id
        return Machine(key=key_for(post)) if post else Machine(person=getattr(world, who))

    return made
