"""Reads that feed a screen of 投诉建议, or say who is told."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F

from yizhan.base.actor import Actor
from yizhan.base.codes import is_receipt, tidy
from yizhan.feedback.models import DESK, STREET_DIGITS, Feedback
from yizhan.people.models import Post
from yizhan.people.roles import ROLES

PAGE = 50
LATELY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Pile:
    """What lies on the desk: waiting with the earliest promise first, and the newest answered."""

    waiting: list[Feedback]
    done: list[Feedback]
    late: int
    more: int


def desk(by: Actor, at: datetime) -> Pile:
    """The desk of one post, in three queries."""
    mine = Feedback.objects.on_desk_of(by).with_names()
    rows = list(mine.waiting().order_by("due_at", "pk")[: PAGE + 1])
    done = mine.exclude(state=Feedback.State.RECEIVED).order_by(F("answered_at").desc(), "-pk")
    return Pile(
        waiting=rows[:PAGE],
        done=list(done[:PAGE]),
        late=mine.waiting().filter(due_at__lt=at).count(),
        more=len(rows[PAGE:]),
    )


def left_by(by: Actor) -> list[Feedback]:
    """What this person left with their account, the newest first."""
    if not by.person_id:
        return []
    return list(Feedback.objects.filter(person=by.person_id).order_by("-pk")[:PAGE])


def left_lately(by: Actor, at: datetime) -> int:
    """How many this person left within the hour."""
    if not by.person_id:
        return 0
    return Feedback.objects.filter(person=by.person_id, left_at__gt=at - LATELY).count()


def by_key(key: str, by: Actor) -> Feedback | None:
    """The one under this code that the actor may see, or under this receipt."""
    code = tidy(key)
    if is_receipt(code):
        return Feedback.objects.of_receipt(code)
    return Feedback.objects.visible_to(by).with_names().filter(code=code).first()


def nearest(feedback: Feedback, day: date) -> list[int]:
    """The persons to be told: those nearest to the place who answer for it, never its author."""
    roles = [role.code for role in ROLES.values() if DESK in role.powers]
    posts = Post.objects.on(day).filter(role__in=roles).exclude(person=feedback.person_id or 0)
    areas: dict[str, list[int]] = {}
    for person, area in posts.order_by("pk").values_list("person", "unit__region__code"):
        if _answers(feedback, area):
            areas.setdefault(area, []).append(person)
    if feedback.region_id is None:
        return list(dict.fromkeys(one for people in areas.values() for one in people))
    closest = max(areas, key=len, default="")
    return list(dict.fromkeys(areas.get(closest, [])))


def _answers(feedback: Feedback, area: str) -> bool:
    if feedback.region_id is None:
        return len(area) <= STREET_DIGITS
    own = feedback.kind == Feedback.Kind.COMPLAINT and feedback.region_code == area
    return feedback.region_code.startswith(area) and not own
