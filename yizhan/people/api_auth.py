"""How a machine or an app shows who it is: a key in the header, or the session of a page."""

from typing import Any

from django.http import HttpRequest
from django.utils.timezone import now
from ninja.security import HttpBearer, SessionAuth
from typing_extensions import override

from yizhan.base.actor import Actor
from yizhan.people.acting import actor_of_token


class Bearer(HttpBearer):
    """A key from the request header; no cookie is involved, so no CSRF check is needed."""

    @override
    def authenticate(self, request: Any, token: str) -> Actor | None:
        actor = actor_of_token(token, at=now())
        if actor:
            request.actor = actor
        return actor


class Session(SessionAuth):
    """The signed-in person; SessionAuth itself checks CSRF on every unsafe method."""

    @override
    def _get_key(self, request: HttpRequest) -> str | None:
        return super()._get_key(request) if self.param_name in request.COOKIES else None

    @override
    def authenticate(self, request: Any, key: str | None) -> Actor | None:
        if not request.user.is_authenticated:
            return None
        request.actor = request.actor.through("api")
        actor: Actor = request.actor
        return actor


AUTH = [Bearer(), Session()]
