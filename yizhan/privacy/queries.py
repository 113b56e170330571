"""What is agreed to, in which words, and who looked at minors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.people.models import Person, Post
from yizhan.privacy.holdings import HOLDINGS, Holding
from yizhan.privacy.models import Consent, Look, Text, Ward
from yizhan.privacy.purposes import ASKED, PURPOSES, SHIPPED, TOLD, WARD, Purpose
from yizhan.privacy.rules import Standing

WARD_LABEL = Ward._meta.label_lower
NOTHING = Standing()
MOST_LOOKS = 100
MOST_LISTED = 100
MOST_LINES = 50
INSIDE = ("console", "demo")
CARRIERS = {"aliyun": "阿里云短信服务"}


@dataclass(frozen=True, slots=True)
class Line:
    """One purpose on a person's page: its words in force, what holds, and since when."""

    purpose: Purpose
    text: Text | None
    standing: Standing
    last: Consent | None

    @property
    def is_on(self) -> bool:
        return self.standing.counts

    @property
    def is_asked_again(self) -> bool:
        """Agreed to once, in words that no longer count."""
        return self.standing.is_given and not self.standing.counts


@dataclass(frozen=True, slots=True)
class Collected:
    """One line of the collection list."""

    name: str
    icon: str
    data: str
    is_asked: bool
    kept: str
    seen_by: str = ""
    without: str = ""
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody outside the district's offices who gets personal data, and what for."""

    name: str
    purpose: str
    data: str


@dataclass(frozen=True, slots=True)
class WardLook:
    """A look at one ward, as the guardian and the auditor read it."""

    look: Look
    ward: Ward | None
    post: Post | None


@dataclass(frozen=True, slots=True)
class OwnWard:
    """A ward as the guardian sees it: with who of the staff looked, and why."""

    ward: Ward
    standing: Standing
    looks: list[WardLook]


def texts_in_force(at: datetime) -> dict[str, Text]:
    """The newest words of every purpose and document that are in force."""
    rows = Text.objects.filter(effective_date__lte=localdate(at)).order_by("purpose", "-number")
    return {text.purpose: text for text in rows.distinct("purpose")}


def text_shown(code: str, at: datetime) -> Text:
    """The words to show: those in force, else the next ones, else the shipped ones, unsaved."""
    in_force = texts_in_force(at).get(code)
    if in_force:
        return in_force
    words = SHIPPED[code]
    coming = Text.objects.filter(purpose=code).order_by("number").first()
    return coming or Text(purpose=code, body=words.body, effective_date=words.effective)


def least_that_counts(at: datetime) -> dict[str, int]:
    """Per purpose the oldest version whose consents still count; absent when all do."""
    asking = Text.objects.filter(asks_again=True, effective_date__lte=localdate(at))
    return dict(asking.values_list("purpose").annotate(Max("number")))


def last_lines(person: Person, *, ward_code: str = "") -> dict[str, Consent]:
    """The last line of the ledger for each purpose of a person."""
    rows = Consent.objects.filter(person=person, ward_code=ward_code).select_related("text")
    return {row.purpose: row for row in rows.order_by("purpose", "-seq").distinct("purpose")}


def standing(person: Person, purpose: str, at: datetime, *, ward_code: str = "") -> Standing:
    """What the ledger says of one person and purpose, and the version in force."""
    last = last_lines(person, ward_code=ward_code).get(purpose)
    return _standing(last, texts_in_force(at).get(purpose), least_that_counts(at).get(purpose, 0))


def _standing(last: Consent | None, text: Text | None, least: int) -> Standing:
    in_force = text.number if text else 0
    if last is None or not last.is_given:
        return Standing(number=last.text_number if last else 0, in_force=in_force)
    return Standing(
        is_given=True,
        number=last.text_number,
        counts=last.text_number >= least,
        in_force=in_force,
    )


def has_consent(person: Person, purpose: str, at: datetime, *, ward_code: str = "") -> bool:
    """Whether a person agrees to this purpose now, in words that still count."""
    return standing(person, purpose, at, ward_code=ward_code).counts


def consents_in_force(purpose: str, at: datetime) -> QuerySet[Consent]:
    """The last line of everybody who agrees to a purpose now, in words that still count.

    For a query that must not show what somebody no longer agrees to.
    """
    later = Consent.objects.filter(
        person=OuterRef("person"), purpose=purpose, ward_code="", seq__gt=OuterRef("seq")
    )
    given = Consent.objects.filter(purpose=purpose, ward_code="", kind=Consent.Kind.GIVEN)
    least = least_that_counts(at).get(purpose, 0)
    return given.filter(~Exists(later), text_number__gte=least)


def agreements(person: Person, at: datetime) -> list[Line]:
    """Every purpose that is asked of a person, with what holds."""
    texts, least, last = texts_in_force(at), least_that_counts(at), last_lines(person)
    return [
        Line(
            purpose,
            texts.get(purpose.code),
            _standing(last.get(purpose.code), texts.get(purpose.code), least.get(purpose.code, 0)),
            last.get(purpose.code),
        )
        for purpose in ASKED
        if purpose.scope == "person"
    ]


def told(at: datetime) -> list[Line]:
    """Every purpose that people are told of without being asked."""
    texts = texts_in_force(at)
    return [Line(purpose, texts.get(purpose.code), NOTHING, None) for purpose in TOLD]


def history(person: Person) -> QuerySet[Consent]:
    """The ledger of one person, the newest first."""
    return Consent.objects.newest_first().filter(person=person)


def collected() -> list[Collected]:
    """收集清单: the purposes with what the domains registered for them, then what is left over.

    A holding belongs to a purpose when its code is the purpose's, alone or before a dot.
    """
    kept = dict(HOLDINGS)
    lines = []
    for purpose in PURPOSES.values():
        own = [code for code in kept if code.split(".")[0] == purpose.code]
        lines.append(_line(purpose, [kept.pop(code) for code in own]))
    return [*lines, *(_registered(one) for one in kept.values())]


def _line(purpose: Purpose, holdings: Sequence[Holding]) -> Collected:
    """A purpose; what and how long come from its holdings where any are registered."""
    return Collected(
        name=purpose.name,
        icon=purpose.icon,
        data="、".join(one.name for one in holdings) or purpose.data,
        is_asked=purpose.is_asked,
        seen_by=purpose.seen_by,
        kept="；".join(dict.fromkeys(one.kept for one in holdings)) or purpose.kept,
        without=purpose.without,
        sensitive=purpose.sensitive or any(one.sensitive for one in holdings),
    )


def _registered(holding: Holding) -> Collected:
    return Collected(
        name=holding.purpose,
        icon="folder",
        data=holding.name,
        is_asked=holding.basis == "consent",
        kept=holding.kept,
        sensitive=holding.sensitive,
    )


def receivers() -> list[Receiver]:
    """共享清单: whoever outside gets personal data, from the registry and the settings."""
    found = [
        Receiver(name, one.purpose, one.name)
        for one in HOLDINGS.values()
        for name in one.shared_with
    ]
    sender = settings.SMS_SENDER
    if sender not in INSIDE:
        found.append(Receiver(CARRIERS.get(sender, sender), "受委托发短信", "手机号、短信内容"))
    return found


def looks_at_wards(since: datetime) -> QuerySet[Look]:
    """Every look at a minor's record since a moment, the newest first: for the yearly audit."""
    looks = Look.objects.filter(subject_type=WARD_LABEL, at__gte=since)
    return looks.select_related("actor").order_by("-pk")


def explained(looks: Iterable[Look]) -> list[WardLook]:
    """Looks at wards with the ward and the post that looked, in two queries more."""
    found = list(looks)
    wards = Ward.objects.in_bulk({look.subject_id for look in found if look.subject_id})
    posts = Post.objects.select_related("unit").in_bulk(
        {look.post_id for look in found if look.post_id}
    )
    return [
        WardLook(look, wards.get(look.subject_id or 0), posts.get(look.post_id or 0))
        for look in found
    ]


def wards_listed(by: Actor) -> list[Ward]:
    """The wards in the area of a post, at most a hundred: what one list shows and writes down."""
    rows = Ward.objects.in_area(by).select_related("guardian__home")
    return list(rows.order_by("guardian__home__code", "pk")[:MOST_LISTED])


def wards_of(by: Actor, at: datetime) -> list[OwnWard]:
    """A guardian's own wards, each with the newest looks of staff at it."""
    wards = list(Ward.objects.of(by).current().select_related("consent__text").order_by("pk"))
    looks = Look.objects.filter(subject_type=WARD_LABEL, subject_id__in=[one.pk for one in wards])
    by_ward: dict[int, list[WardLook]] = {}
    for one in explained(looks.order_by("-pk")[:MOST_LOOKS]):
        by_ward.setdefault(one.look.subject_id or 0, []).append(one)
    last = _last_for_wards([one.code for one in wards])
    text, least = texts_in_force(at).get(WARD), least_that_counts(at).get(WARD, 0)
    return [
        OwnWard(one, _standing(last.get(one.code), text, least), by_ward.get(one.pk, []))
        for one in wards
    ]


def _last_for_wards(codes: Sequence[str]) -> dict[str, Consent]:
    rows = Consent.objects.filter(purpose=WARD, ward_code__in=codes).select_related("text")
    return {row.ward_code: row for row in rows.order_by("ward_code", "-seq").distinct("ward_code")}
