"""Reads that feed a screen of templates and exports, or the filling of one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate
from openpyxl import load_workbook

from yizhan.base import files
from yizhan.base.actor import Actor
from yizhan.base.switches import runs
from yizhan.documents.ledgers import LEDGERS, Ledger, Taking
from yizhan.documents.models import LedgerExport, LedgerTemplate
from yizhan.people.acting import actor_for
from yizhan.people.models import Person, Post, Unit
from yizhan.regions.models import Region

PAGE = 50


@dataclass(frozen=True, slots=True)
class Pile:
    """The templates of one ledger that a keeper sees: their own, and those from above."""

    ledger: Ledger
    own: list[LedgerTemplate]
    others: list[LedgerTemplate]


def running(by: Actor) -> list[Ledger]:
    """The ledgers of modules that run where this post works."""
    return [one for one in LEDGERS.values() if not one.module or runs(one.module, by.area)]


def piles(by: Actor) -> list[Pile]:
    """Every version of every template the post sees, the newest first, in one query."""
    seen = list(LedgerTemplate.objects.visible_to(by).select_related("region").order_by("-pk"))
    return [
        Pile(
            ledger,
            [one for one in seen if one.ledger == ledger.code and one.region_code == by.area],
            [
                one for one in seen
                if one.ledger == ledger.code and one.region_code != by.area
                and one.state == LedgerTemplate.State.IN_USE
            ],
        )
        for ledger in running(by)
    ]  # fmt: skip


def next_number(region_code: str, ledger: str, name: str) -> int:
    """The number of the next version of a template."""
    same = LedgerTemplate.objects.filter(region_code=region_code, ledger=ledger, name=name)
    return (same.aggregate(last=Max("number"))["last"] or 0) + 1


def area_of(by: Actor) -> str:
    """The region whose templates this actor uses: that of the area, or of the unit."""
    if by.area or not by.unit_id:
        return by.area
    return Unit.objects.values_list("region__code", flat=True).get(pk=by.unit_id)


def usable(ledger: Ledger, by: Actor, day: date) -> list[LedgerTemplate]:
    """The templates in use that this actor may fill on a day; the first is the one that fits."""
    found = LedgerTemplate.objects.fitting(ledger.code, area_of(by), day)
    return list(found.select_related("region", "file")[:PAGE])


def book_of(template: LedgerTemplate) -> Any:
    """The workbook of a template."""
    return load_workbook(BytesIO(files.read(template.file)))


def unit_name(by: Actor) -> str:
    """The unit in whose name a ledger is filled in."""
    unit = Unit.objects.filter(pk=by.unit_id or 0).values_list("name", flat=True).first()
    return unit or Region.objects.current().values_list("name", flat=True).get(code=by.area)


def stated(by: Actor, taking: Taking, rows: int, at: datetime) -> Mapping[str, str]:
    """What stands once in a ledger: the unit, who fills it in, the day, the period, how many."""
    day = localdate(at)
    maker = Person.objects.filter(pk=by.person_id or 0).first()
    return {
        "unit": unit_name(by) if by.unit_id or by.area else "",
        "maker": maker.full_name if maker else "",
        "made": f"{day.year}年{day.month}月{day.day}日",
        "period": taking.period,
        "total": f"{rows}",
    }


def waiting(by: Actor) -> int:
    """How many exports this person waits for."""
    mine = LedgerExport.objects.filter(person=by.person_id or 0)
    return mine.filter(state=LedgerExport.State.WAITING).count()


def exports(by: Actor) -> list[LedgerExport]:
    """What this person asked for, the newest first."""
    return list(LedgerExport.objects.visible_to(by).order_by("-pk")[:PAGE])


def asker_of(export: LedgerExport, day: date) -> Actor | None:
    """The person who asked, in the post they asked in; None when they do not hold it any more."""
    held = Post.objects.on(day).filter(pk=export.post_id, person__is_active=True)
    post = held.select_related("person", "unit__region").first()
    return actor_for(post.person, post, "clock") if post else None


def over(at: datetime) -> Iterator[LedgerExport]:
    """Exports whose days are over."""
    return LedgerExport.objects.over(at).order_by("pk")[:500].iterator()
