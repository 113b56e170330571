"""What the home page shows, from several domains."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.clocks.calendar import DayKind, day_kind, is_provisional
from yizhan.orders.models import Order
from yizhan.orders.screens import Screen, screen
from yizhan.places.queries import Found, Wanted, find, in_community, in_full

WEEKDAYS = "一二三四五六日"


def station_for(person: Any, at: datetime) -> Found | None:
    """The station to show first: of the visitor's community, else of the first; open ones first."""
    home = getattr(person, "home", None)
    near = in_community(home.code, at=at) if home else []
    found = [one for one in near or find(Wanted(), at=at) if not one.station.is_centre]
    if not found:
        return None
    first = min(found, key=lambda one: not one.state.is_open)
    return in_full(first, at=at)


def newest_order(by: Actor, at: datetime) -> Screen | None:
    """The visitor's newest order that is not over yet, else the newest of all."""
    if not by.person_id:
        return None
    mine = Order.objects.filter(author=by.person_id).with_names().order_by("-pk")
    order = mine.on_board().first() or mine.first()
    return screen(order, by, at) if order else None


def day_words(at: datetime) -> str:
    """Today in words: 11月22日星期日, and whether offices work."""
    day = localdate(at)
    words = f"{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}"
    kind = day_kind(day)
    if kind in (DayKind.HOLIDAY, DayKind.MAKE_UP):
        words = f"{words}，{kind.label}"
    return f"{words}（日历待公布）" if is_provisional(day) else words
