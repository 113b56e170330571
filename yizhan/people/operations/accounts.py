"""Accounts and posts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.timezone import localdate

from yizhan.base import crypto
from yizhan.base.actor import Actor
from yizhan.base.outbox import tell
from yizhan.people import messages, rules
from yizhan.people.models import PHONE, Availability, Card, Person, Post, Proxy, Unit
from yizhan.people.passwords import one_time_password
from yizhan.people.sessions import end_all
from yizhan.people.staff import held_roles
from yizhan.regions.models import Region

UNVERIFIED_FOR = timedelta(days=1)
TOLD = (
    "name",
    "username",
    "phone",
    "phone_index",
    "phone_verified_at",
    "home",
    "password",
    "last_login",
    "is_active",
    "has_one_time_password",
    "forgotten_at",
)


@dataclass(frozen=True, slots=True)
class NewStaff:
    """A person just given an account, their post, and the password that works once."""

    person: Person
    post: Post
    password: str


@transaction.atomic
def create_staff(
    *,
    name: str,
    username: str,
    unit: Unit,
    role: str,
    by: Actor,
    at: datetime,
    phone: str = "",
) -> NewStaff:
    """Open an account for a member of staff and appoint them from today on.

    Raises `Refused` with username_taken, phone_taken, no_power or a reason of `appoint`.
    """
    rules.can_create_staff(
        by,
        username_taken=Person.objects.filter(username=username).exists(),
        phone_taken=bool(phone)
        and Person.objects.filter(phone_index=crypto.index(phone, use=PHONE)).exists(),
    ).or_refuse()
    password = one_time_password()
    person = Person(name=name, username=username, has_one_time_password=True)
    if phone:
        person.set_phone(phone)
    person.set_password(password)
    person.save()
    person.begin("created", by=by, at=at)
    post = appoint(person=person, role=role, unit=unit, since=localdate(at), by=by, at=at)
    return NewStaff(person, post, password)


@transaction.atomic
def reset_password(*, person: Person, by: Actor, at: datetime) -> NewStaff:
    """Give a member of staff a new one-time password; their second factor stays."""
    person = Person.objects.lock(person)
    rules.can_reset_password(person, by).or_refuse()
    password = one_time_password()
    person.set_password(password)
    person.has_one_time_password = True
    person.note("password_reset", by=by, at=at, saving=("password", "has_one_time_password"))
    return NewStaff(person, person.posts.latest("since_date"), password)


@transaction.atomic
def reset_second_factor(*, person: Person, by: Actor, at: datetime) -> Person:
    """Take a lost second factor and its recovery codes away; the next sign-in sets a new one."""
    person = Person.objects.lock(person)
    rules.can_reset_second_factor(person, by).or_refuse()
    Authenticator.objects.filter(user=person).delete()
    person.note("second_factor_reset", by=by, at=at)
    return person


@transaction.atomic
def appoint(
    *,
    person: Person,
    role: str,
    unit: Unit,
    since: date,
    by: Actor,
    at: datetime,
    until: date | None = None,
) -> Post:
    """Give a person a post: one role in one unit between two dates, both included."""
    person = Person.objects.lock(person)
    held = held_roles(person, since, until)
    rules.can_appoint(by, role=role, unit=unit, since=since, until=until, held=held).or_refuse()
    post = Post.objects.create(
        person=person, role=role, unit=unit, since_date=since, until_date=until
    )
    post.begin("appointed", by=by, at=at, person=person.pk, role=role, unit=unit.pk)
    return post


@transaction.atomic
def relieve(*, post: Post, until: date, by: Actor, at: datetime) -> Post:
    """End a post on a day, the last on which it is held."""
    post = Post.objects.lock(post)
    rules.can_relieve(post, by, until=until).or_refuse()
    post.until_date = until
    post.note("relieved", by=by, at=at, saving=("until_date",), until=until.isoformat())
    return post


@transaction.atomic
def describe_self(
    *, person: Person, name: str, home: Region | None, by: Actor, at: datetime
) -> Person:
    """Change one's own name and community."""
    person = Person.objects.lock(person)
    rules.can_describe_self(person, by).or_refuse()
    person.name, person.home = name, home
    person.note(
        "described",
        by=by,
        at=at,
        saving=("name", "home"),
        home=home.code if home else "",
        named=bool(name),
    )
    return person


@transaction.atomic
def pseudonymise(*, person: Person, by: Actor, at: datetime) -> Person:
    """Take away all that tells who a person is, and every way to sign in. The row and its id stay.

    Whoever calls it has asked whether anything stands in the way.
    """
    person = Person.objects.lock(person)
    rules.can_pseudonymise(person, by).or_refuse()
    for card in Card.objects.in_use().with_holder().filter(person=person):
        card.ending = Card.Ending.RETURNED
        card.move(Card.State.ENDED, by=by, at=at, saving=("ending",), ending=str(card.ending))
    sides = Q(principal=person) | Q(agent=person)
    for proxy in Proxy.objects.with_names().exclude(state=Proxy.State.ENDED).filter(sides):
        proxy.move(Proxy.State.ENDED, by=by, at=at)
        tell(*messages.ended(proxy, by), at=at)
    end_all(person.pk, person.phone.open() if person.phone else "")
    for model in (SocialAccount, Authenticator, EmailAddress):
        model.objects.filter(user=person).delete()
    person.posts.update(skills="")
    Availability.objects.filter(person=person).update(free=[], paused_until=None)
    person.set_phone("")
    person.set_unusable_password()
    person.name, person.username, person.home = None, None, None
    person.phone_verified_at, person.last_login = None, None
    person.is_active, person.has_one_time_password = False, False
    person.forgotten_at = at
    person.note("forgotten", by=by, at=at, saving=TOLD)
    return person


@transaction.atomic
def forget_unverified(*, by: Actor, at: datetime) -> int:
    """Delete numbers that were typed to sign in a day ago and never confirmed; returns how many.

    Whoever has a post, a user name, a history or anything attached, or was registered at a counter,
    is not touched.
    """
    rules.can_forget_unverified(by).or_refuse()
    typed = Person.objects.filter(
        phone_verified_at=None,
        last_login=None,
        username=None,
        posts=None,
        version=1,
        notice_version="",
        is_demo=False,
        recorded_at__lt=at - UNVERIFIED_FOR,
    )
    forgotten = 0
    for person in typed:
        try:
            with transaction.atomic():
                person.delete()
        except ProtectedError:
            continue
        forgotten += 1
    return forgotten
