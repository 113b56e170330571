"""What is read of the record: the chain's heads, its end, how the last checks came out."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from yizhan.base.models import Head, Seal, Unsealed
from yizhan.people.models import Post
from yizhan.people.roles import ROLES
from yizhan.privacy.models import ChainCheck, RetentionRun
from yizhan.privacy.retention import Period, periods
from yizhan.privacy.rules import AUDIT

HEADS = 14
MANY = 1000


def last_seal() -> Seal | None:
    """The end of the chain as it is now."""
    return Seal.objects.order_by("-position").first()


def heads() -> QuerySet[Head]:
    """The heads of the last days, newest first."""
    return Head.objects.order_by("-date")[:HEADS]


def auditors(day: date) -> list[int]:
    """The persons who hold a post of the audit administrator on a day."""
    roles = [role.code for role in ROLES.values() if AUDIT in role.powers]
    posts = Post.objects.on(day).filter(role__in=roles, person__is_active=True)
    return list(posts.order_by("person").values_list("person", flat=True).distinct())


def waiting() -> str:
    """How many steps wait for their place in the chain, counted no further than a thousand."""
    found = Unsealed.objects.all()[: MANY + 1].count()
    return f"{MANY:,}+" if found > MANY else f"{found:,}"


def checks() -> QuerySet[ChainCheck]:
    """The last checks of the chain, newest first."""
    return ChainCheck.objects.order_by("-pk")[:HEADS]


@dataclass(frozen=True, slots=True)
class Kept:
    """One period and the last batch that ended it; none where it has not run or another does."""

    period: Period
    run: RetentionRun | None


def kept() -> list[Kept]:
    """Every period with its last run, in one query."""
    newest = RetentionRun.objects.order_by("code", "-pk").distinct("code")
    runs = {run.code: run for run in newest}
    return [Kept(period, runs.get(code)) for code, period in periods().items()]
