"""Minors: known only through a guardian who agreed, by an invented code and an age band."""

from typing import Any, ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from yizhan.base.actor import Actor
from yizhan.base.codes import public_code
from yizhan.base.flow import Recorded
from yizhan.base.sealed import SealedText
from yizhan.people.models import Person
from yizhan.privacy.agreed import Consent

SEES_WARDS = "people.find"
AGREED_BY_THE_GUARDIAN = """
IF NOT EXISTS (
    SELECT 1 FROM privacy_consent c JOIN people_person p ON p.id = c.person_id
    WHERE c.id = NEW.consent_id AND c.kind = 'given' AND c.purpose = 'ward'
      AND c.ward_code = NEW.code AND c.person_id = NEW.guardian_id
      AND p.phone_verified_at IS NOT NULL AND p.phone_index IS NOT NULL
) THEN
    RAISE EXCEPTION 'a ward needs the consent of a guardian with a verified number'
        USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class AgeBand(models.TextChoices):
    """How old a ward is, as roughly as the rules need it."""

    UNDER_8 = "under_8", "不满 8 岁"
    FROM_8 = "8_13", "8 至 13 岁"
    FROM_14 = "14_17", "14 至 17 岁"


class WardQuerySet(models.QuerySet["Ward"]):
    def lock(self, ward: "Ward") -> "Ward":
        """The row, locked, with its guardian."""
        rows = self.select_related("guardian__home", "consent")
        return rows.select_for_update(of=("self",)).get(pk=ward.pk)

    def current(self) -> Self:
        """Wards whose guardian still agrees."""
        return self.filter(ended_at=None)

    def of(self, by: Actor) -> Self:
        """A guardian's own wards."""
        return self.filter(guardian=by.person_id or 0)

    def in_area(self, by: Actor) -> Self:
        """Wards that staff may ask to see: their guardian lives in the area of the post."""
        if not by.area or not by.may(SEES_WARDS):
            return self.none()
        rows = self.current().filter(guardian__home__code__startswith=by.area)
        return rows.exclude(guardian=by.person_id or 0)


class Ward(Recorded):
    """A minor with a guardian: short name and age band, no photo, no number, no date of birth.

    `code` is invented. The short name is erased when the guardian's consent ends; the code stays,
    so that what is counted does not change.
    """

    STEPS: ClassVar[dict[str, str]] = {"registered": "登记孩子", "ended": "撤下孩子的登记"}

    code = models.CharField(max_length=10, unique=True, default=public_code)
    short_name = SealedText(use="ward.short_name")
    age_band = models.CharField(max_length=7, choices=AgeBand)
    guardian = models.ForeignKey(Person, models.PROTECT, related_name="wards")
    consent = models.OneToOneField(Consent, models.PROTECT, related_name="ward")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = WardQuerySet.as_manager()

    class Meta:
        app_label = "privacy"
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(ended_at=None, short_name__isnull=False)
                | Q(ended_at__isnull=False, short_name__isnull=True),
                name="ward_name_goes_with_consent",
            )
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="agreed_by_the_guardian",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=AGREED_BY_THE_GUARDIAN,
            ),
            pgtrigger.ReadOnly(name="stays_as_agreed", fields=["code", "guardian", "consent"]),
        ]

    def __str__(self) -> str:
        return f"ward {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("privacy:wards")

    @property
    def scope_code(self) -> str:
        """Where the guardian lives; empty when nobody knows."""
        return self.guardian.home.code if self.guardian.home else ""
