"""Who fits an order: skill, way, load, times, and how much somebody has done lately.

Costs are whole seconds, so that sums are exact. What a person answered to an invitation is in none
of these facts. How many orders somebody took lately spreads the burden and is shown to nobody.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from yizhan.orders.rules import LOAD
from yizhan.orders.states import Level
from yizhan.places.coordinates import Point, metres_between

AT_ONCE = LOAD
TOP = 5
MONTH, WEEK = 30, 7
WEEK_MOST = 2
NEAR = 1000
DETOUR = 1.3
METRES_A_SECOND = 1.25
FAR_UNKNOWN = 2000
UNSKILLED = 30 * 60
IN_HAND = 90
SHARE = 240
SHARES = 12
UNSERVED = 200 * 60
URGENT, LATE = 4, 2
STANDINGS = {
    "asked": "已邀请",
    "not_free": "这时候不方便打扰",
    "full": "手上的单子已满",
    "resting": "这几天接得多，先歇一歇",
}
_APART = re.compile(r"[、，,；;\s/]+")


@dataclass(frozen=True, slots=True)
class Need:
    """What an order asks for: a skill by name or none, and where, as roughly as it may be told."""

    order_id: int
    skill: str = ""
    point: Point | None = None
    level: str = Level.NORMAL
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Helper:
    """What is known of somebody who could be asked.

    `point` is their community's or unit's, never a home address. `in_hand`: accepted and not
    finished; `waiting`: open orders they have been asked to take, whatever they said; `week` and
    `month`: taken in the last days.
    """

    person_id: int
    skills: str = ""
    point: Point | None = None
    in_hand: int = 0
    waiting: int = 0
    week: int = 0
    month: int = 0
    is_free: bool = True
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody who fits, and why in words."""

    person_id: int
    reason: str
    cost: int


def knows(helper: Helper, skill: str) -> bool:
    """Whether somebody says of themselves that they can do this; true where nothing is asked."""
    return _said(helper.skills, skill)


@lru_cache(maxsize=10_000)
def _said(skills: str, skill: str) -> bool:
    words = (word.lstrip("会能懂") for word in _APART.split(skills))
    said = [word for word in words if len(word) > 1]
    return not skill or any(word in skill or skill in word for word in said)


def metres(need: Need, helper: Helper) -> int | None:
    """The way on foot: great circle and a third more; None where one end is not known."""
    if need.point is None or helper.point is None:
        return None
    return _way(need.point, helper.point)


@lru_cache(maxsize=10_000)
def _way(there: Point, here: Point) -> int:
    """The same for two points: a district has few of them, and a queue asks for them often."""
    return round(metres_between(there, here) * DETOUR)


def cost(need: Need, helper: Helper) -> int:
    """What it costs to ask this person, in seconds of walking, without the share of the month."""
    way = metres(need, helper)
    walk = round((FAR_UNKNOWN if way is None else way) / METRES_A_SECOND)
    skill = 0 if knows(helper, need.skill) else UNSKILLED
    return walk + skill + IN_HAND * (helper.in_hand + helper.waiting)


def spread(helper: Helper) -> int:
    """The share of the month: each order taken lately makes the next one dearer by `SHARE`."""
    return SHARE * min(helper.month, SHARES)


def penalty(need: Need) -> int:
    """What it costs to find nobody for an order now."""
    urgent = URGENT if need.level == Level.URGENT else 1
    return UNSERVED * urgent * (LATE if need.is_late else 1)


def room(helper: Helper) -> int:
    """How many orders somebody may still be asked for: three in hand, two a week."""
    left = min(AT_ONCE - helper.in_hand, WEEK_MOST - helper.week) - helper.waiting
    return max(left, 0) if helper.is_free else 0


def standing(helper: Helper) -> str:
    """Why somebody is not suggested now: a code of `STANDINGS`, or nothing."""
    if helper.is_asked:
        return "asked"
    if not helper.is_free:
        return "not_free"
    if helper.in_hand >= AT_ONCE:
        return "full"
    return "resting" if helper.week >= WEEK_MOST else ""


def suggest(need: Need, helpers: Iterable[Helper], most: int = TOP) -> list[Suggestion]:
    """Who fits best, first the one it costs least to ask; equal ones by a mix of both ids."""
    fitting = [(cost(need, one) + spread(one), one) for one in helpers if not standing(one)]
    fitting.sort(key=lambda pair: (pair[0], _mixed(need.order_id, pair[1].person_id)))
    return [Suggestion(one.person_id, reason(need, one), price) for price, one in fitting[:most]]


def _mixed(order_id: int, person_id: int) -> bytes:
    """An order of equals that differs from order to order, so that nobody is always the first."""
    return blake2b(f"{order_id}:{person_id}".encode(), digest_size=8).digest()


def reason(need: Need, helper: Helper) -> str:
    """Why somebody fits, in words that name nothing but skill, way and load."""
    parts = [_of_skill(need, helper), _of_way(metres(need, helper)), _of_load(helper.in_hand)]
    return "；".join(part for part in parts if part)


def _of_skill(need: Need, helper: Helper) -> str:
    if not need.skill:
        return ""
    return f"会{need.skill}" if knows(helper, need.skill) else f"没写会不会{need.skill}"


def _of_way(way: int | None) -> str:
    if way is None:
        return ""
    if way < NEAR / 10:
        return "就在附近"
    if way <= NEAR:
        return f"离得近，约 {max(round(way / 100), 1) * 100} 米"
    return f"约 {way / 1000:.1f} 公里"


def _of_load(in_hand: int) -> str:
    return f"手上有 {in_hand} 件" if in_hand else "手上没有别的单子"
