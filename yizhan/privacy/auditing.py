"""The record as the audit administrator reads it: offices, kinds, times; no names, no words."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Self
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet, Window
from django.db.models.functions import TruncHour
from django.utils.timezone import localdate, localtime

from yizhan.clocks.calendar import is_workday
from yizhan.people.models import Person, Post, Unit
from yizhan.privacy.looked import KINDS, offices
from yizhan.privacy.marks import code_of, number_in
from yizhan.privacy.models import Look
from yizhan.privacy.subjects import SUBJECTS, blind_code, name_of
from yizhan.regions.district import profile

PAGE = 50
EXPORTED = 5000
DAYS = {"7": "7 天", "30": "30 天", "90": "90 天", "366": "一年"}
MANY = 30
HEADS = ("时间", "单位", "岗位", "账号", "方式", "看的是", "记录代号", "用途", "查看编号")
WITH_REASON = "写了理由"
VIA = {"page": "网页", "api": "接口", "clock": "系统", "demo": "演示"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which looks: of how many days, of a kind, of an office, at odd hours, many in an hour."""

    days: str = "30"
    kind: str = ""
    office: str = ""
    late: str = ""
    many: str = ""
    code: str = ""

    @classmethod
    def read(cls, words: Mapping[str, str]) -> Self:
        """What these words of an address ask for; words nobody knows ask for nothing."""
        days, kind = words.get("days", ""), words.get("kind", "")
        return cls(
            days=days if days in DAYS else "30",
            kind=kind if kind in KINDS else "",
            office=words.get("office", "").replace("\0", "")[:40],
            late="1" if words.get("late") == "1" else "",
            many="1" if words.get("many") == "1" else "",
            code=words.get("code", "").replace("\0", "")[:20],
        )

    @property
    def query(self) -> str:
        """The query of the address, without what asks for nothing."""
        return urlencode({name: value for name, value in asdict(self).items() if value})


@dataclass(frozen=True, slots=True)
class Row:
    """One look as the auditor sees it."""

    at: datetime
    office: str
    role: str
    account: str
    kind: str
    subject: str
    blind: str
    purpose: str
    code: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as texts, in the order of HEADS."""
        return (f"{localtime(self.at):%Y-%m-%d %H:%M:%S}", *list(asdict(self).values())[1:])


def narrowed(wanted: Wanted, at: datetime) -> QuerySet[Look]:
    """The looks that are wanted, of every actor, the newest first."""
    if wanted.code:
        return Look.objects.filter(pk=number_in(wanted.code) or 0)
    looks = Look.objects.filter(at__gt=at - timedelta(days=int(wanted.days)))
    if wanted.many:
        by_hour = looks.annotate(hour=TruncHour("at"))
        window = Window(Count("pk"), partition_by=["actor", "post_id", "hour"])
        counted = by_hour.annotate(in_hour=window)
        looks = looks.filter(pk__in=counted.filter(in_hour__gte=MANY).values("pk"))
    if wanted.kind:
        looks = looks.filter(kind=wanted.kind)
    if wanted.office:
        looks = looks.filter(post_id__in=Post.objects.filter(unit__code=wanted.office).values("pk"))
    if wanted.late:
        looks = looks.exclude(_in_hours(localdate(at), int(wanted.days)))
    return looks.order_by("-pk")


def _in_hours(today: date, days: int) -> Q:
    """Within office hours on a working day."""
    span = [today - timedelta(days=number) for number in range(days + 1)]
    workdays = [day for day in span if is_workday(day)]
    inside = Q(pk__in=[])
    for start, end in profile().office_hours:
        hours = (time.fromisoformat(start), time.fromisoformat(end))
        inside |= Q(at__time__range=hours)
    return inside & Q(at__date__in=workdays)


def rows(looks: list[Look]) -> list[Row]:
    """The words for these looks, in two queries."""
    posts = offices(looks)
    accounts = dict(
        Person.objects.filter(
            pk__in={look.actor_id for look in looks if look.actor_id}
        ).values_list("pk", "code")
    )
    made = []
    for look in looks:
        post = posts.get(look.post_id or 0)
        made.append(
            Row(
                at=look.at,
                office=str(post.unit) if post else "",
                role=post.get_role_display() if post else VIA.get(look.via, look.via),
                account=accounts.get(look.actor_id or 0, ""),
                kind=KINDS[look.kind],
                subject=name_of(look.subject_type) if look.subject_type else "没有找到人",
                blind=blind_code(look.subject_type, look.subject_id),
                purpose=_purpose(look),
                code=code_of(look.pk),
            )
        )
    return made


def _purpose(look: Look) -> str:
    """The purpose when it is one of the fixed words; of what somebody wrote only that they did."""
    fixed = SUBJECTS[look.subject_type].purposes if look.subject_type in SUBJECTS else ()
    return look.purpose if look.purpose in fixed or not look.purpose else WITH_REASON


def sums(wanted: Wanted, at: datetime) -> list[tuple[Unit, int]]:
    """How many looks each office made, whatever office is chosen, in the order of their codes."""
    every = narrowed(Wanted(days=wanted.days, kind=wanted.kind, late=wanted.late), at).order_by()
    by_post = dict(every.values_list("post_id").annotate(count=Count("pk")))
    posts = Post.objects.filter(pk__in=[pk for pk in by_post if pk]).values_list("pk", "unit")
    totals: Counter[int] = Counter()
    for post, unit in posts:
        totals[unit] += by_post[post]
    found = Unit.objects.filter(pk__in=totals).order_by("code")
    return [(unit, totals[unit.pk]) for unit in found]
