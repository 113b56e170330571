"""Accounts and posts as the security administrator sees them: no residents, no numbers."""

from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from yizhan.people.masking import masked_name
from yizhan.people.models import Person, Post
from yizhan.people.roles import ROLES

PAGE = 50
STAFF = tuple(role.code for role in ROLES.values() if role.staff)


@dataclass(frozen=True, slots=True)
class Account:
    """One account: the name in full for staff, masked for volunteers; the present posts first.

    `is_staff` says that it signs in with a user name or holds or held a post of staff.
    """

    person: Person
    name: str
    is_staff: bool
    has_totp: bool
    posts: tuple[Post, ...]

    def held(self, day: date) -> list[Post]:
        """The posts held on a day."""
        return [post for post in self.posts if not post.until_date or post.until_date >= day]


def accounts(words: str = "") -> QuerySet[Person]:
    """Persons with a user name or a post, newest first; of one user name, code or unit if asked."""
    factor = Authenticator.objects.filter(user_id=OuterRef("pk"), type=Authenticator.Type.TOTP)
    of_person = Post.objects.filter(person=OuterRef("pk"))
    posts = Post.objects.select_related("unit").order_by("-until_date", "-since_date")
    found = (
        Person.objects.filter(Q(username__isnull=False) | Exists(of_person))
        .annotate(has_totp=Exists(factor))
        .prefetch_related(Prefetch("posts", queryset=posts))
        .order_by("-pk")
    )
    if words:
        in_unit = Post.objects.filter(person=OuterRef("pk"), unit__name__contains=words)
        found = found.filter(
            Q(username__startswith=words) | Q(code=words.upper()) | Exists(in_unit)
        )
    return found


def account(person: Person) -> Account:
    """The words for one of `accounts()`."""
    posts = tuple(person.posts.all())
    is_staff = bool(person.username) or any(post.role in STAFF for post in posts)
    name = person.full_name if is_staff else masked_name(person.full_name)
    return Account(person, name, is_staff, bool(getattr(person, "has_totp", False)), posts)


def held_roles(person: Person, since: date, until: date | None) -> frozenset[str]:
    """The roles that a person holds on any day between two."""
    posts = Post.objects.filter(person=person).filter(Q(until_date=None) | Q(until_date__gte=since))
    if until:
        posts = posts.filter(since_date__lte=until)
    return frozenset(posts.values_list("role", flat=True))
