"""What this package itself keeps about persons."""

from dataclasses import replace
from datetime import datetime

from yizhan.base.actor import Actor, Kind
from yizhan.people.models import Person
from yizhan.privacy import queries
from yizhan.privacy.holdings import Holding, Rows, minute, register
from yizhan.privacy.models import Ward
from yizhan.privacy.operations import end_ward, withdraw_consent
from yizhan.privacy.purposes import PURPOSES, WARD


def copy_consents(person: Person) -> Rows:
    """Every line of the person's ledger."""
    return [
        {
            "什么": line.name,
            "怎样": line.get_kind_display(),
            "文字": f"第 {line.text_number} 版，SM3 {line.text.hash_hex}",
            "途径": line.get_channel_display(),
            "时间": minute(line.at),
        }
        for line in queries.history(person)
    ]


def copy_wards(person: Person) -> Rows:
    """The wards a guardian registered and did not end."""
    return [
        {
            "编号": ward.code,
            "小名": ward.short_name.open() if ward.short_name else "",
            "年龄段": ward.get_age_band_display(),
            "登记": minute(ward.at),
        }
        for ward in Ward.objects.filter(guardian=person).current().order_by("pk")
    ]


def forget_consents(person: Person, by: Actor, at: datetime) -> int:
    """Withdraw all that still holds of a person who is forgotten; the ledger itself stays."""
    held = [code for code, line in queries.last_lines(person).items() if line.is_given]
    for purpose in held:
        withdraw_consent(person=person, purpose=purpose, by=_acting(person, by), at=at)
    return len(held)


def forget_wards(person: Person, by: Actor, at: datetime) -> int:
    """End every ward of a guardian who is forgotten: the short names go, the codes stay."""
    wards = list(Ward.objects.filter(guardian=person).current().order_by("pk"))
    for ward in wards:
        end_ward(ward=ward, by=_acting(person, by), at=at)
    return len(wards)


def _acting(person: Person, by: Actor) -> Actor:
    """Staff who carry out what a person asked for act on that person's behalf."""
    own = by.kind is not Kind.PERSON or by.person_id == person.pk
    return by if own else replace(by, on_behalf_of=person.pk)


register(
    [
        Holding(
            code="consents",
            name=PURPOSES["consents"].data,
            purpose=PURPOSES["consents"].name,
            basis="duty",
            kept=PURPOSES["consents"].kept,
            columns=(
                "privacy.consent.person",
                "privacy.consent.actor",
                "privacy.consent.kind",
                "privacy.consent.purpose",
                "privacy.consent.channel",
                "privacy.consent.paper",
            ),
            copy=copy_consents,
            forget=forget_consents,
            goes="还有效的同意都算撤回",
            stays="同意过、撤回过什么的记录，不带姓名",
        ),
        Holding(
            code=WARD,
            name=PURPOSES[WARD].data,
            purpose=PURPOSES[WARD].name,
            basis="consent",
            kept=PURPOSES[WARD].kept,
            columns=("privacy.ward.short_name", "privacy.ward.age_band", "privacy.ward.guardian"),
            copy=copy_wards,
            forget=forget_wards,
            goes="孩子的小名",
            stays="编号和年龄段，看不出是谁",
            sensitive=True,
        ),
    ]
)
