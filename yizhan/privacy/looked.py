"""Who looked at one person's data: what that person reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from yizhan.people.models import Person, Post
from yizhan.privacy.models import Look
from yizhan.privacy.subjects import SUBJECTS, name_of

PAGE = 30
KINDS = dict(Look.Kind.choices)


@dataclass(frozen=True, slots=True)
class Line:
    """One look as the person sees it: the office and the role, never who it was by name."""

    at: datetime
    office: str
    role: str
    kind: str
    purpose: str
    subject: str
    url: str


def at_person(person: Person) -> QuerySet[Look]:
    """The looks of others at what is about this person, the newest first."""
    about = Q(pk__in=[])
    if person.phone_index:
        about |= Q(searched=bytes(person.phone_index))
    for subject in SUBJECTS.values():
        if subject.of:
            about |= Q(subject_type=subject.model, subject_id__in=subject.of(person))
    return Look.objects.filter(about).exclude(actor=person.pk).order_by("-pk")


def lines(looks: list[Look]) -> list[Line]:
    """The words for these looks, in one query for the posts and one for each kind of subject."""
    posts = offices(looks)
    known = _shown(looks)
    made = []
    for look in looks:
        post = posts.get(look.post_id or 0)
        subject, url = known.get(
            (look.subject_type, look.subject_id), (name_of(look.subject_type), "")
        )
        made.append(
            Line(
                at=look.at,
                office=str(post.unit) if post else "",
                role=post.get_role_display() if post else "系统",
                kind=KINDS[look.kind],
                purpose=look.purpose,
                subject=subject if look.subject_type else "手机号",
                url=url,
            )
        )
    return made


def offices(looks: Iterable[Look]) -> dict[int, Post]:
    """The posts in which these looks were made, with their units."""
    wanted = {look.post_id for look in looks if look.post_id}
    return Post.objects.select_related("unit").in_bulk(wanted)


def _shown(looks: list[Look]) -> dict[tuple[str, int | None], tuple[str, str]]:
    found: dict[tuple[str, int | None], tuple[str, str]] = {}
    for subject in SUBJECTS.values():
        ids = [one.subject_id for one in looks if one.subject_type == subject.model]
        if subject.shown and ids:
            words = subject.shown([pk for pk in ids if pk is not None])
            found |= {(subject.model, pk): one for pk, one in words.items()}
    return found
