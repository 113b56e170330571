"""Making a ledger: its rows, in a template or in a plain sheet of ours."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.conf import settings

from yizhan.base import files
from yizhan.base.actor import Actor
from yizhan.documents import blank_ledger, queries, sheet_filling
from yizhan.documents.layouts import Layout
from yizhan.documents.ledgers import Ledger, Line, Taking
from yizhan.documents.models import LedgerTemplate

DEMO = "演示数据"
EACH = 500
Told = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be made: which ledger, in which template, of what, with which mark."""

    ledger: Ledger
    template: LedgerTemplate | None
    taking: Taking
    mark: str


def written(work: Work, *, by: Actor, at: datetime, told: Told = lambda _: None) -> bytes:
    """The file. `told` hears every few hundred rows how many there are."""
    rows = list(_counted(work.ledger.rows(by, work.taking, at), told))
    data, layout = blank(work.ledger, work.template)
    mark = f"{work.mark}，{DEMO}" if settings.DEMO else work.mark
    fixed = queries.stated(by, work.taking, len(rows), at)
    return sheet_filling.filled(data, layout, rows, fixed=fixed, mark=mark)


def blank(ledger: Ledger, template: LedgerTemplate | None) -> tuple[bytes, Layout]:
    """The template to fill and where; ours where nobody has uploaded one."""
    if template is not None:
        return files.read(template.file), template.mapping
    book, layout = blank_ledger.plain(ledger)
    made = BytesIO()
    book.save(made)
    return made.getvalue(), layout


def _counted(rows: Iterator[Line], told: Told) -> Iterator[Line]:
    for number, row in enumerate(rows, 1):
        yield row
        if not number % EACH:
            told(number)


def kept(taking: Taking) -> dict[str, Any]:
    """What is taken out as a column of the database keeps it: never the reason's words."""
    row = {**asdict(taking), "reason": ""}
    days = {name: f"{row[name]:%Y-%m-%d}" if row[name] else "" for name in ("since", "until")}
    return {**row, **days}


def read(row: dict[str, Any]) -> Taking:
    """The same again."""
    days = {
        name: date.fromisoformat(row[name]) if row[name] else None for name in ("since", "until")
    }
    return Taking(**{**row, **days})
