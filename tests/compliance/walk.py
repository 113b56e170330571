"""Every page of the platform as several people open it, in the small world with some records."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from tests import house
from tests.orders import stories
from yizhan.base.actor import ANONYMOUS
from yizhan.feedback.operations import Said, leave_feedback

WHO = ("", "aunt_wang", "sun", "zhou", "qian")
PAPER = 'class="paper'


@dataclass(frozen=True)
class Opened:
    """One page that was shown: who opened it, where, by which route, and what came."""

    who: str
    address: str
    route: str
    text: str

    @property
    def is_paper(self) -> bool:
        """Whether it is made to be printed."""
        return PAPER in self.text


@dataclass
class Records:
    """What the pages are about: orders in several states, a station, a 投诉建议."""

    orders: list[str] = field(default_factory=list)
    stations: list[str] = field(default_factory=list)
    feedback: list[str] = field(default_factory=list)


def records(world: Any, at: Any) -> Records:
    """Some of everything in 渭工路社区; open ones, since those are seen by most."""
    orders = [
        make(world, at)
        for make in (stories.placed, stories.invited, stories.accepted, stories.finished)
    ]
    left = leave_feedback(said=Said("suggestion", "字再大一点", world.weigong), by=ANONYMOUS, at=at)
    return Records(
        [*(order.code for order in orders), orders[0].receipt_code],
        [stories.station(world).code],
        [left.code, left.receipt_code],
    )


def addresses(found: Records) -> list[tuple[str, str]]:
    """Every route with an address for each record it can be about."""
    rows = []
    for page in house.every_url():
        if page.route.startswith(("api/", "demo/")) or "weixin" in page.route:
            continue
        space = page.route.split("/")[0]
        codes = {"orders": found.orders, "feedback": found.feedback}.get(space, found.stations)
        for code in codes if "<str" in page.route else codes[:1]:
            route = re.sub(r"<int:\w+>", "1", page.route)
            rows.append((page.route, "/" + re.sub(r"<[^>]*>", code, route)))
    return rows


def browser(person: Any) -> Client:
    """A browser signed in as this person, or as nobody."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def shown(world: Any, found: Records, who: str) -> list[Opened]:
    """Every whole page that this person gets by a GET."""
    client = browser(getattr(world, who) if who else None)
    pages, only_posts = [], set()
    for route, address in addresses(found):
        if route in only_posts:
            continue
        answer = client.get(address)
        if answer.status_code == 405:
            only_posts.add(route)
        elif answer.status_code == 200 and "text/html" in answer.headers.get("Content-Type", ""):
            pages.append(Opened(who, address, route, answer.text))
    return pages
