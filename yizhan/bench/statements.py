"""The SQL statements of each act, counted in this process through the whole stack."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yizhan.bench.acts import ACTS, Act, Call, Case, known
from yizhan.people.models import Person

FRAME = ("BEGIN", "COMMIT", "ROLLBACK")
SAVEPOINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK TO")


class Unexpected(Exception):
    """An act was answered with another status than it should be."""


def of_every_act(cases: Sequence[Case]) -> dict[str, list[str]]:
    """What each act sends to the database for the last of these orders; the others warm up."""
    found: dict[str, list[str]] = {}
    clients: dict[int | None, Client] = {}
    for case in cases:
        for act in ACTS:
            call = act.call(case)
            client = _client(clients, call.who)
            with CaptureQueriesContext(connection) as captured:
                answer = _sent(client, call)
            _check(act, answer)
            if act.name == "place":
                known(case, answer.headers["Location"])
            found[act.name] = [query["sql"] for query in captured.captured_queries]
    return found


def counted(sent: Sequence[str]) -> tuple[int, int]:
    """Statements that ask or write, besides session and user, and savepoints.

    BEGIN and COMMIT are neither.
    """
    inside = [one for one in sent if not one.startswith(FRAME) or one.startswith(SAVEPOINTS)]
    inside = [one for one in inside if not _is_of_session(one)]
    savepoints = sum(one.startswith(SAVEPOINTS) for one in inside)
    return len(inside) - savepoints, savepoints


def _is_of_session(sent: str) -> bool:
    reads_user = sent.startswith('SELECT "people_person"') and " FOR " not in sent
    return reads_user or "django_session" in sent


def _client(clients: dict[int | None, Client], who: Person | None) -> Client:
    key = who.pk if who else None
    if key not in clients:
        clients[key] = Client(SERVER_NAME="127.0.0.1")
        if who:
            clients[key].force_login(who)
    return clients[key]


def _sent(client: Client, call: Call) -> Any:
    headers = {"HX-Request": "true"} if call.htmx else {}
    if call.form is None:
        return client.get(call.path, headers=headers)
    return client.post(call.path, call.form, headers=headers)


def _check(act: Act, answer: Any) -> None:
    if answer.status_code != act.expect:
        raise Unexpected(f"{act.name}: {answer.status_code} {answer.text[:600]}")
