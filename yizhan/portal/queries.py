"""What the home page shows, from several domains."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.clocks.calendar import DayKind, day_kind, is_provisional
from yizhan.orders.figures import Summary
from yizhan.orders.models import Order
from yizhan.orders.screens import Screen, screen
from yizhan.people.models import Unit
from yizhan.places.queries import Found, first_shown
from yizhan.regions.models import Region

WEEKDAYS = "一二三四五六日"


def station_for(person: Any, at: datetime) -> Found | None:
    """The station to show first: of the visitor's community, else of the first; open ones first."""
    home = getattr(person, "home", None)
    return first_shown(home.code if home else "", at=at)


def newest_order(by: Actor, at: datetime) -> Screen | None:
    """The visitor's newest order that is not over yet, else the newest of all."""
    if not by.person_id:
        return None
    mine = Order.objects.switched_on().filter(author=by.person_id).with_names().order_by("-pk")
    order = mine.on_board().first() or mine.first()
    return screen(order, by, at) if order else None


def weekday_words(day: date) -> str:
    """A day in words: 11月22日 星期日."""
    return f"{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}"


def day_words(at: datetime) -> str:
    """Today in words: 11月22日星期日, and whether offices work."""
    day = localdate(at)
    words = weekday_words(day)
    kind = day_kind(day)
    if kind in (DayKind.HOLIDAY, DayKind.MAKE_UP):
        words = f"{words}，{kind.label}"
    return f"{words}（日历待公布）" if is_provisional(day) else words


def subject_of(by: Actor) -> Region | Unit:
    """What the actor's figures are about: their region, else their unit."""
    if by.area:
        return Region.objects.current().get(code=by.area)
    return Unit.objects.get(pk=by.unit_id or 0)


def place_of(by: Actor) -> str:
    """The name of the actor's region or unit, as it stands above their figures."""
    subject = subject_of(by)
    return subject.short_name if isinstance(subject, Region) else subject.name


def document_values(made: Summary, *, place: str, at: datetime) -> dict[str, Any]:
    """What the template of the 小结 is given."""
    day = localdate(at)
    return {
        "place": place,
        "period": made.period.words,
        "sentence": made.sentence,
        "figures": made.figures,
        "categories": made.groups,
        "made": f"{day.year}年{day.month}月{day.day}日",
        "mark": "演示数据" if settings.DEMO else "",
    }
