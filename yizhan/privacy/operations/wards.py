"""Minors known through a guardian: registering, ending, and looks with a written reason."""

from datetime import datetime

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.base.codes import public_code
from yizhan.people.models import Person
from yizhan.privacy import queries, rules
from yizhan.privacy.models import Look, Ward
from yizhan.privacy.operations.agreeing import give_consent, withdraw_consent
from yizhan.privacy.operations.looking import look
from yizhan.privacy.purposes import WARD
from yizhan.privacy.rules import ON_OWN_PAGE, Manner
from yizhan.regions.models import Region


@transaction.atomic
def register_ward(
    *,
    guardian: Person,
    short_name: str,
    age_band: str,
    number: int,
    by: Actor,
    at: datetime,
    manner: Manner = ON_OWN_PAGE,
) -> Ward:
    """Keep a minor's short name and age band together with the guardian's consent for it.

    Raises `Refused` with no_phone and the reasons of `give_consent`.
    """
    guardian = Person.objects.lock(guardian)
    rules.can_register_ward(guardian, by).or_refuse()
    code = public_code()
    consent = give_consent(
        person=guardian,
        purpose=WARD,
        number=number,
        ward_code=code,
        manner=manner,
        by=by,
        at=at,
    )
    ward = Ward.objects.create(
        code=code,
        short_name=short_name,
        age_band=age_band,
        guardian=guardian,
        consent=consent,
        at=at,
    )
    ward.begin("registered", by=by, at=at, consent=consent.pk, age_band=age_band)
    return ward


@transaction.atomic
def end_ward(*, ward: Ward, by: Actor, at: datetime, manner: Manner = ON_OWN_PAGE) -> Ward:
    """The guardian withdraws; the short name is erased, the invented code stays.

    Raises `Refused` with ended and the reasons of `withdraw_consent`.
    """
    ward = Ward.objects.lock(ward)
    rules.can_end_ward(ward, by).or_refuse()
    withdraw_consent(
        person=ward.guardian, purpose=WARD, ward_code=ward.code, manner=manner, by=by, at=at
    )
    return Ward.objects.get(pk=ward.pk)


@transaction.atomic
def list_wards(*, region: Region, reason: str, by: Actor, at: datetime) -> Look:
    """Permit and write down one sight of the wards of an area: one look at it, one at each ward.

    Raises `Refused` no_power or reason.
    """
    rules.can_list_wards(by, reason=reason).or_refuse()
    purpose = reason.strip()
    for ward in queries.wards_listed(by):
        look(subject=ward, purpose=purpose, by=by, at=at)
    return look(subject=region, purpose=purpose, by=by, at=at)


@transaction.atomic
def open_ward(*, ward: Ward, reason: str, by: Actor, at: datetime) -> Look:
    """Permit and write down one sight of one ward. Raises `Refused` no_power, reason, outside."""
    ward = Ward.objects.lock(ward)
    rules.can_open_ward(ward, by, reason=reason).or_refuse()
    return look(subject=ward, purpose=reason.strip(), by=by, at=at)
