"""Who is acting in this request: the signed-in person in one of their posts, or nobody known."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.core import signing
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now

from yizhan.base.actor import ANONYMOUS, Actor, Kind
from yizhan.people.models import How, Person, Post, Proxy, Token
from yizhan.people.roles import ROLES
from yizhan.people.rules import AT_COUNTER, FOR_ANOTHER, PRESENT

SESSION_POST = "post"
AS_RESIDENT = 0
REACHES = ("region", "unit", "none")
CARD_SHOWN = "people.card_shown"
CARD_SHOWN_FOR = timedelta(minutes=30)


def actor_for(
    person: Person, post: Post | None = None, via: str = "page", *, kind: Kind = Kind.PERSON
) -> Actor:
    """The actor that a person is in a post, or as a resident when they act in none.

    The post's unit and its region are read, so load them with it.
    """
    if post is None:
        return Actor(kind=kind, person_id=person.pk, via=via)
    role = ROLES[post.role]
    return Actor(
        kind=kind,
        person_id=person.pk,
        post_id=post.pk,
        role=role.code,
        powers=role.powers,
        area=post.unit.region.code if role.reach == "region" else "",
        unit_id=post.unit_id,
        unit_path=post.unit.path if role.reach == "unit" else "",
        via=via,
    )


def acting_for(by: Actor, person: Person, *, how: str, day: date) -> Actor | None:
    """The actor that acts for a person; None where they may not. The one place that decides it.

    Staff act for those registered at a counter of their area who show a card, are there, or call;
    everybody else by a proxy in force. All other powers are put down meanwhile.
    """
    if by.on_behalf_of is not None:
        return None
    met = How.CARD if is_card_shown(how, person) else how
    claimed = met in PRESENT and (how != How.CARD)
    if claimed and Person.objects.served_by(by).filter(pk=person.pk).exists():
        return replace(
            by,
            on_behalf_of=person.pk,
            mandate=FOR_ANOTHER,
            how=str(met),
            powers=by.powers & AT_COUNTER,
            unit_path="",
        )
    proxy = Proxy.objects.in_force(day).filter(principal=person, agent=by.person_id or 0).first()
    if proxy is None or by.kind is not Kind.PERSON:
        return None
    return Actor(
        kind=by.kind,
        person_id=by.person_id,
        on_behalf_of=person.pk,
        mandate=frozenset(proxy.scopes),
        how=str(How.FAMILY),
        via=by.via,
    )


def card_shown(person: Person) -> str:
    """A mark in an address that a card of this person was read just now."""
    return signing.dumps(person.code, salt=CARD_SHOWN)


def is_card_shown(mark: str, person: Person) -> bool:
    """Whether this is such a mark of this person, not older than half an hour."""
    try:
        found = signing.loads(mark, salt=CARD_SHOWN, max_age=CARD_SHOWN_FOR)
    except signing.BadSignature:
        return False
    return bool(found == person.code)


def actor_of_token(key: str, *, at: datetime) -> Actor | None:
    """The actor behind another system's key, or None when the key, its post or person has ended."""
    token = (
        Token.objects.filter(digest=Token.fingerprint(key), ends_at__gt=at)
        .filter(post__in=Post.objects.on(localdate(at)), post__person__is_active=True)
        .select_related("post__person", "post__unit__region")
        .first()
    )
    if token is None:
        return None
    return actor_for(token.post.person, token.post, "api", kind=Kind.TOKEN)


def current_posts(person: Person, day: date) -> list[Post]:
    """The posts held on a day, the widest reach first; `has_totp` tells of a second factor."""
    posts = (
        Post.objects.on(day)
        .filter(person=person)
        .select_related("unit__region")
        .annotate(
            has_totp=Exists(
                Authenticator.objects.filter(
                    user_id=OuterRef("person_id"), type=Authenticator.Type.TOTP
                )
            )
        )
    )
    return widest_first(posts)


def widest_first(posts: Iterable[Post]) -> list[Post]:
    """Posts in the order in which one is taken up unasked: widest reach, then highest unit."""

    def width(post: Post) -> tuple[int, int, int]:
        return REACHES.index(ROLES[post.role].reach), len(post.unit.region.code), post.pk

    return sorted(posts, key=width)


def chosen(posts: Sequence[Post], wanted: Any) -> Post | None:
    """The post named in the session while it is held, none for a resident, else the first."""
    if wanted == AS_RESIDENT:
        return None
    for post in posts:
        if post.pk == wanted:
            return post
    return posts[0] if posts else None


class ActorMiddleware:
    """Sets `request.actor` and `request.posts`; without a session it asks the database nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.actor, request.posts = ANONYMOUS, []
        if request.user.is_authenticated:
            request.posts = current_posts(request.user, localdate(now()))
            post = chosen(request.posts, request.session.get(SESSION_POST))
            request.actor = actor_for(request.user, post, "page")
        return self.get_response(request)
