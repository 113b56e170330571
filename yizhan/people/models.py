"""Persons, the unit tree, posts, and keys for other systems."""

import secrets
from datetime import date, datetime
from hashlib import sha256
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Now

from yizhan.base import crypto
from yizhan.base.actor import Actor
from yizhan.base.codes import public_code
from yizhan.base.flow import Recorded
from yizhan.base.sealed import SealedText
from yizhan.people.availability import Availability as Availability
from yizhan.people.cards import CARD as CARD
from yizhan.people.cards import Card as Card
from yizhan.people.proxies import PROXY as PROXY
from yizhan.people.proxies import How as How
from yizhan.people.proxies import Proxy as Proxy
from yizhan.people.proxies import Scope as Scope
from yizhan.people.roles import ROLES
from yizhan.regions.models import Region

PHONE = "person.phone"
CARDS = "people.cards"


class UnitQuerySet(models.QuerySet["Unit"]):
    def current(self) -> Self:
        """Units not retired."""
        return self.filter(ended_date=None)

    def below(self, path: str) -> Self:
        """The unit with this path and everything below it."""
        return self.filter(path__startswith=path)


class Unit(models.Model):
    """A body of the district: office, community, branch, team, property company, partner.

    `path` is the chain of ids from the top, each followed by a dot (`1.7.23.`): a prefix of it is
    a scope. `region_code` is where the unit works; teams and partner units may cross regions.
    """

    class Kind(models.TextChoices):
        DISTRICT = "district", "区"
        STREET = "street", "街道办事处、镇政府"
        COMMUNITY = "community", "社区"
        BRANCH = "branch", "党支部"
        TEAM = "team", "志愿服务队"
        PROPERTY = "property", "物业企业"
        PARTNER = "partner", "结对单位、双报到单位"
        DEPARTMENT = "department", "区级部门"

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=120, db_index=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="units")
    phone = models.CharField(max_length=20, blank=True)
    ended_date = models.DateField(null=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["path"], name="unit_path_prefix", opclasses=["varchar_pattern_ops"]
            )
        ]

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["Person"]):
    def lock(self, person: "Person") -> "Person":
        """The person's row, locked until the transaction ends."""
        return self.select_for_update().get(pk=person.pk)

    def with_phone(self, phone: str) -> "Person | None":
        """The person with this telephone number of eleven digits."""
        return self.filter(phone_index=crypto.index(phone, use=PHONE)).first()

    def served_by(self, by: Actor) -> "models.QuerySet[Person]":
        """Those registered at a counter of this actor's area; nobody for whoever has no counter."""
        if not by.may(CARDS) or not by.area:
            return self.none()
        here = self.filter(home__code__startswith=by.area, is_active=True, username=None)
        registered = here.exclude(notice_version="").exclude(pk=by.person_id or 0)
        return registered.select_related("home")


class Person(AbstractBaseUser, Recorded):
    """Someone known to the district. Residents sign in by phone, staff by name and password.

    Name and phone are sealed; the blind index finds a number without showing it.
    `has_one_time_password` sends staff to choose their own password before anything else. Whoever
    was registered at a counter was given the notice on paper: `notice_version` says which. Since
    `forgotten_at` the row is a pseudonym: no name, no number, nobody signs in with it.
    """

    STEPS: ClassVar[dict[str, str]] = {
        "created": "建账号",
        "registered": "到站登记",
        "described": "改资料",
        "password_reset": "重设一次性密码",
        "second_factor_reset": "重设动态码",
        "forgotten": "注销并删除资料",
    }

    code = models.CharField(max_length=10, unique=True, default=public_code)
    name = SealedText(use="person.name")
    username = models.CharField(max_length=40, unique=True, null=True)
    phone = SealedText(use=PHONE)
    phone_index = models.BinaryField(max_length=32, null=True, unique=True)
    phone_verified_at = models.DateTimeField(null=True)
    is_active = models.BooleanField(default=True)
    has_one_time_password = models.BooleanField(default=False)
    home = models.ForeignKey(Region, models.PROTECT, null=True, related_name="residents")
    notice_version = models.CharField(max_length=20, blank=True, default="", db_default="")
    is_demo = models.BooleanField(default=False)
    forgotten_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects = People()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return f"person {self.code}"

    def set_phone(self, phone: str) -> None:
        """Keep a number sealed together with its blind index."""
        self.phone = phone
        self.phone_index = crypto.index(phone, use=PHONE) if phone else None

    @property
    def full_name(self) -> str:
        """The name in full. Show it only to those who may read it."""
        return self.name.open() if self.name else "居民"


class PostQuerySet(models.QuerySet["Post"]):
    def lock(self, post: "Post") -> "Post":
        return self.select_for_update(of=("self",)).get(pk=post.pk)

    def on(self, day: date) -> Self:
        """Posts held on this day."""
        return self.filter(since_date__lte=day).filter(
            models.Q(until_date=None) | models.Q(until_date__gte=day)
        )


class Post(Recorded):
    """岗位: one role in one unit held by one person between two dates. Powers belong to it."""

    STEPS: ClassVar[dict[str, str]] = {"appointed": "任岗", "relieved": "离岗"}

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    role = models.CharField(
        max_length=30, choices=[(role.code, role.name) for role in ROLES.values()]
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    since_date = models.DateField()
    until_date = models.DateField(null=True)
    skills = models.CharField(max_length=120, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(until_date=None)
                | models.Q(until_date__gte=models.F("since_date")),
                name="post_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}，{self.unit}"

    @property
    def scope_code(self) -> str:
        return self.unit.region.code


class Token(models.Model):
    """A key for another system, acting in a post. Only its fingerprint is kept."""

    post = models.ForeignKey(Post, models.CASCADE)
    name = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    ends_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def fingerprint(key: str) -> str:
        """SHA-256 of the key, hexadecimal."""
        return sha256(key.encode()).hexdigest()

    @staticmethod
    def fresh_key() -> str:
        """A new random key: shown once, never kept."""
        return secrets.token_urlsafe(32)
