"""A browser at the door of the order pages, signed in as one of the cast or as nobody."""

from collections.abc import Callable
from html import unescape
from itertools import count
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.orders.traces import traces
from yizhan.orders.models import Order

OUTSIDERS = ("grandpa_li", "zhao", "feng", "anju", "qian")
_commands = count(1)


class Door:
    """What one visitor sends and gets. Every form carries a command id of its own, as pages do."""

    def __init__(self, person: Any = None) -> None:
        self.client = Client()
        if person is not None:
            self.client.force_login(person)

    def get(self, name: str, *args: Any, htmx: bool = False, **query: str) -> Any:
        """Open a page by its name; `htmx` asks for the fragment only."""
        path = reverse(f"orders:{name}", args=[key_of(arg) for arg in args])
        return self.client.get(path, query, headers=asked(htmx))

    def send(self, verb: str, *args: Any, htmx: bool = False, **fields: Any) -> Any:
        """Send the form of one act: on the order given, or on none to place one."""
        path = reverse(f"orders:{verb}", args=[key_of(arg) for arg in args])
        values = {"command_id": f"command-{next(_commands)}", **fields}
        return self.client.post(path, values, headers=asked(htmx))


Open = Callable[..., Door]


def key_of(arg: Any) -> Any:
    """An order stands for its public code; a receipt or a number for itself."""
    return arg.code if isinstance(arg, Order) else arg


def asked(htmx: bool) -> dict[str, str]:
    """The header by which htmx is known."""
    return {"HX-Request": "true"} if htmx else {}


def is_page(answer: Any) -> bool:
    """Whether a whole page came, with a frame around it."""
    return "<!doctype html>" in answer.text.lower()


def assert_sent_to(answer: Any, path: str, *, htmx: bool = False) -> None:
    """A plain form is redirected; htmx is told where to go."""
    if htmx:
        assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, path)
    else:
        assert (answer.status_code, answer.headers["Location"]) == (302, path)


def assert_fragment(answer: Any, *words: str, status: int = 200) -> None:
    """htmx got the part of the page that changed, with these words."""
    assert answer.status_code == status
    assert not is_page(answer)
    assert answer.text.lstrip().startswith("<article")
    for each in words:
        assert each in unescape(answer.text)


def assert_kept(answer: Any, *words: str, status: int = 422) -> None:
    """The whole page came again, with these words: what was missing, what was typed, why not."""
    assert answer.status_code == status
    assert is_page(answer)
    for each in words:
        assert each in unescape(answer.text)


def assert_late(answer: Any, reason: str) -> None:
    """Too late: 409, and the page that stands now says why."""
    assert_kept(answer, reason, status=409)
    assert 'role="alert"' in answer.text


def assert_shut(door: Open, verb: str, order: Order, **fields: Any) -> None:
    """Nobody outside learns that the order exists; strangers are asked to sign in."""
    before = traces()
    for key in OUTSIDERS:
        assert door(key).send(verb, order, **fields).status_code == 404, key
    answer = door().send(verb, order, **fields)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/")
    assert traces() == before
