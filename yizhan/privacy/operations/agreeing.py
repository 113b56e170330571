"""Publishing the words, and the ledger of who agreed to them."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.people.models import Person
from yizhan.privacy import queries, rules
from yizhan.privacy.models import Consent, Text, Ward
from yizhan.privacy.purposes import FILE, PURPOSES, Words, read
from yizhan.privacy.rules import ON_OWN_PAGE, Manner


@transaction.atomic
def load_reference(*, path: Path = FILE) -> int:
    """Publish a new version of every text whose words changed; returns how many are new.

    Old versions stay; run again, it changes nothing.
    """
    newest = {text.purpose: text for text in Text.objects.order_by("number")}
    _, written = read(path)
    return sum(_published(words, newest.get(words.code)) for words in written.values())


def _published(words: Words, newest: Text | None) -> bool:
    digest = Text.digest_of(words.body)
    if newest and bytes(newest.hash) == digest:
        return False
    Text.objects.create(
        purpose=words.code,
        number=newest.number + 1 if newest else 1,
        body=words.body,
        hash=digest,
        effective_date=words.effective,
        asks_again=words.asks_again,
    )
    return True


@transaction.atomic
def give_consent(
    *,
    person: Person,
    purpose: str,
    number: int,
    by: Actor,
    at: datetime,
    manner: Manner = ON_OWN_PAGE,
    ward_code: str = "",
) -> Consent:
    """Keep that a person agrees to a purpose, in the words of this version.

    Raises `Refused` with not_asked, not_self, outside, no_power, no_text, text_changed, given,
    channel, paper. A guardian's consent for a ward is given by `register_ward` only.
    """
    person = Person.objects.lock(person)
    now = queries.standing(person, purpose, at, ward_code=ward_code)
    rules.can_give_consent(PURPOSES.get(purpose), person, by, now, number, manner).or_refuse()
    rules.can_name_ward(purpose, ward_code).or_refuse()
    text = Text.objects.get(purpose=purpose, number=number)
    consent = _written(Consent.Kind.GIVEN, person, text, ward_code, by, at, manner)
    consent.begin("given", by=by, at=at, **_facts(consent))
    return consent


@transaction.atomic
def withdraw_consent(
    *,
    person: Person,
    purpose: str,
    by: Actor,
    at: datetime,
    manner: Manner = ON_OWN_PAGE,
    ward_code: str = "",
) -> Consent:
    """Keep that a person agrees no longer; for a ward its registration ends with it.

    Raises `Refused` with not_self, outside, no_power, not_given.
    """
    ward = Ward.objects.select_for_update().filter(code=ward_code).first() if ward_code else None
    person = Person.objects.lock(person)
    now = queries.standing(person, purpose, at, ward_code=ward_code)
    rules.can_withdraw_consent(person, by, now).or_refuse()
    text = Text.objects.get(purpose=purpose, number=now.number)
    consent = _written(Consent.Kind.WITHDRAWN, person, text, ward_code, by, at, manner)
    consent.begin("withdrawn", by=by, at=at, **_facts(consent))
    if ward and ward.guardian_id == person.pk and not ward.ended_at:
        ward.short_name, ward.ended_at = None, at
        ward.note("ended", by=by, at=at, saving=("short_name", "ended_at"), consent=consent.pk)
    return consent


def _written(
    kind: str,
    person: Person,
    text: Text,
    ward_code: str,
    by: Actor,
    at: datetime,
    manner: Manner,
) -> Consent:
    """The next line of the ledger. The caller holds the person's row."""
    lines = Consent.objects.filter(person=person, purpose=text.purpose, ward_code=ward_code)
    return Consent.objects.create(
        kind=kind,
        person=person,
        purpose=text.purpose,
        ward_code=ward_code,
        seq=lines.count() + 1,
        text=text,
        text_number=text.number,
        text_hash=text.hash,
        channel=manner.channel,
        paper=manner.paper.strip(),
        actor_id=by.person_id,
        post_id=by.post_id,
        on_behalf_of=by.on_behalf_of,
        at=at,
    )


def _facts(consent: Consent) -> dict[str, Any]:
    return {
        "person": consent.person_id,
        "purpose": consent.purpose,
        "ward": consent.ward_code,
        "text": consent.text_number,
        "hash": bytes(consent.text_hash).hex(),
        "channel": str(consent.channel),
    }
