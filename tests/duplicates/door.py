"""A browser at the door of the pages of duplicates, signed in as one of the cast or as nobody."""

from collections.abc import Callable
from itertools import count
from typing import Any

from django.test import Client
from django.urls import reverse

_commands = count(1)


class Door:
    """What one visitor sends and gets. Every form carries a command id of its own, as pages do."""

    def __init__(self, person: Any = None) -> None:
        self.client = Client()
        if person is not None:
            self.client.force_login(person)

    def get(self, name: str, *args: str, **query: str) -> Any:
        """Open a page by its full name."""
        return self.client.get(reverse(name, args=args), query)

    def send(self, name: str, *args: str, **fields: Any) -> Any:
        """Send a form with a command id."""
        values = {"command_id": f"same-{next(_commands)}", **fields}
        return self.client.post(reverse(name, args=args), values)


Open = Callable[..., Door]
