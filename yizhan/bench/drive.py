"""Visitors over HTTP: kept connections, sessions made directly, forms with their CSRF token."""

import gzip
import http.client
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from yizhan.bench.acts import Call
from yizhan.people.guard import SEEN
from yizhan.people.models import Person

CSRF = "a" * 32
HOUSES = 250


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, where to go, the bytes on the wire, the text, and after how long."""

    status: int
    location: str
    size: int
    text: str
    seconds: float


class Visitors:
    """The browsers of everyone, as `clients` threads with one connection each."""

    def __init__(self, port: int, clients: int) -> None:
        self.port, self.clients = port, clients
        self.sessions: dict[int, str] = {}

    def send(self, calls: Sequence[Call]) -> tuple[list[Answer], float]:
        """Send the requests in order, each client taking the next; answers, and seconds in all."""
        cookies = [self._cookie(call.who) for call in calls]
        answers: dict[int, Answer] = {}
        waiting, lock = iter(range(len(calls))), threading.Lock()

        def visit() -> None:
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            while True:
                with lock:
                    number = next(waiting, None)
                if number is None:
                    break
                answers[number] = _ask(line, calls[number], cookies[number], number)
            line.close()

        threads = [threading.Thread(target=visit) for _ in range(self.clients)]
        start = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return [answers[number] for number in range(len(calls))], time.perf_counter() - start

    def _cookie(self, who: Person | None) -> str:
        if who is None:
            return f"csrftoken={CSRF}"
        if who.pk not in self.sessions:
            self.sessions[who.pk] = signed_in(who)
        return f"csrftoken={CSRF}; sessionid={self.sessions[who.pk]}"


def signed_in(person: Person) -> str:
    """The key of a new session of this person, as sign-in leaves it."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store[SEEN] = int(time.time())
    store.save()
    return str(store.session_key)


def _ask(line: http.client.HTTPConnection, call: Call, cookie: str, number: int) -> Answer:
    headers = {
        "Cookie": cookie,
        "Accept-Encoding": "gzip",
        "X-Forwarded-For": f"10.0.{number // HOUSES}.{number % HOUSES + 1}",
    }
    if call.htmx:
        headers["HX-Request"] = "true"
    body = None
    if call.form is not None:
        body = urlencode(call.form)
        headers |= {"X-CSRFToken": CSRF, "Content-Type": "application/x-www-form-urlencoded"}
    start = time.perf_counter()
    line.request("GET" if body is None else "POST", call.path, body=body, headers=headers)
    response = line.getresponse()
    data = response.read()
    spent = time.perf_counter() - start
    packed = response.headers.get("Content-Encoding") == "gzip"
    text = (gzip.decompress(data) if packed else data).decode()
    return Answer(response.status, response.headers.get("Location", ""), len(data), text, spent)
