"""Who is acting in this request: the signed-in person in one of their posts, or nobody known."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now

from yizhan.base.actor import ANONYMOUS, Actor, Kind
from yizhan.people.models import Person, Post, Token
from yizhan.people.roles import ROLES

SESSION_POST = "post"
AS_RESIDENT = 0
REACHES = ("region", "unit", "none")


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
