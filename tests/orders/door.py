"""A browser at the door of the order pages, signed in as one of the cast or as nobody."""

from itertools import count
from typing import Any

from django.test import Client
from django.urls import reverse

from yizhan.orders.models import Order

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


def key_of(arg: Any) -> Any:
    """An order stands for its public code; a receipt or a number for itself."""
    return arg.code if isinstance(arg, Order) else arg


def asked(htmx: bool) -> dict[str, str]:
    """The header by which htmx is known."""
    return {"HX-Request": "true"} if htmx else {}
