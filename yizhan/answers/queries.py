"""Reads of the answers: what everybody may read, and what waits on the desk of an office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localtime

from yizhan.answers.models import PURPOSE, Answer, AnswerQuerySet
from yizhan.base.actor import Actor
from yizhan.orders.models import Order
from yizhan.privacy.models import Consent
from yizhan.privacy.queries import consents_in_force
from yizhan.regions.models import Region
from yizhan.routing.models import Category

PAGE = 20
LISTED = 100
LATELY = timedelta(days=30)


def public(at: datetime) -> AnswerQuerySet:
    """What everybody may read at this moment."""
    return Answer.objects.public(consents_in_force(PURPOSE, at))


def consent_to_tell(order: Order, at: datetime) -> Consent | None:
    """The line of the ledger by which this order's asker lets their matter be told."""
    if order.author_id is None:
        return None
    return consents_in_force(PURPOSE, at).filter(person=order.author_id).first()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for: a community, a group of matters, words, and from where on."""

    region: str = ""
    group: str = ""
    words: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of answers, what can be chosen, and how many there are."""

    answers: Sequence[Answer]
    older: str
    total: int
    lately: int
    regions: Sequence[Region]
    groups: Sequence[Category]


def found(wanted: Wanted, at: datetime) -> Found:
    """The answers a reader looks for, the newest first: six queries however many there are."""
    every = public(at)
    mine = _fitting(every, wanted).with_names().order_by("-published_at", "-pk")
    rows = list(_older(mine, wanted.before)[: PAGE + 1])
    regions = Region.objects.filter(pk__in=every.values("region"))
    groups = Category.objects.filter(
        Q(pk__in=every.values("category__parent")) | Q(parent=None, pk__in=every.values("category"))
    )
    return Found(
        answers=rows[:PAGE],
        older=rows[PAGE - 1].code if len(rows) > PAGE else "",
        total=mine.count(),
        lately=mine.filter(published_at__gt=at - LATELY).count(),
        regions=list(regions.order_by("code")),
        groups=list(groups.order_by("position", "pk")),
    )


def _fitting(rows: AnswerQuerySet, wanted: Wanted) -> AnswerQuerySet:
    if wanted.region:
        rows = rows.filter(region_code=wanted.region)
    if wanted.group:
        group = Q(category__code=wanted.group) | Q(category__parent__code=wanted.group)
        rows = rows.filter(group)
    for word in wanted.words.split()[:5]:
        said = Q(title__icontains=word) | Q(asked__icontains=word) | Q(done__icontains=word)
        rows = rows.filter(said)
    return rows


def _older(rows: AnswerQuerySet, code: str) -> AnswerQuerySet:
    last = rows.filter(code=code).first() if code else None
    if last is None:
        return rows
    same = Q(published_at=last.published_at, pk__lt=last.pk)
    return rows.filter(Q(published_at__lt=last.published_at) | same)


def of_month(region: Region | None, first: date, at: datetime) -> list[Answer]:
    """What was made public in one month for one community, or everywhere, in the order it was."""
    begin = localtime(at).replace(
        year=first.year, month=first.month, day=1, hour=0, minute=0, second=0, microsecond=0
    )
    end = (begin + timedelta(days=32)).replace(day=1)
    within = public(at).filter(published_at__gte=begin, published_at__lt=end)
    if region:
        within = within.filter(region_code=region.code)
    return list(within.with_names().order_by("published_at", "pk")[:LISTED])


@dataclass(frozen=True, slots=True)
class Desk:
    """What an office has in hand: to be read by a second person, to be changed, out, taken down."""

    waiting: list[Answer]
    drafts: list[Answer]
    published: list[Answer]
    retired: list[Answer]
    hidden: frozenset[int]


def desk(by: Actor, at: datetime) -> Desk:
    """The answers of the actor's area, the newest first: two queries."""
    mine = Answer.objects.visible_to(by)
    rows = list(mine.with_names().order_by("-pk")[:LISTED])
    told = set(mine.may_be_told(consents_in_force(PURPOSE, at)).values_list("pk", flat=True))
    piles: dict[str, list[Answer]] = {str(state): [] for state in Answer.State}
    for row in rows:
        piles[row.state].append(row)
    hidden = frozenset(one.pk for one in piles["published"] if one.pk not in told)
    return Desk(piles["waiting"], piles["draft"], piles["published"], piles["retired"], hidden)


def of_order(order: Order) -> Answer | None:
    """What is told of this order now: the one that stands."""
    rows = Answer.objects.filter(order=order, state__in=Answer.STANDING)
    return rows.with_names().first()
