"""What is kept about one person, read from every domain that registered it; and the desk's list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.timezone import localtime

from yizhan.base.actor import Actor
from yizhan.base.sealed import Sealed
from yizhan.base.steps import Step
from yizhan.people.masking import masked_name, masked_phone
from yizhan.people.models import Card, Person
from yizhan.privacy.asked import DataRequest
from yizhan.privacy.holdings import HOLDINGS, PAPERS, Holding, Paper, Rows

PAGE = 100
NEAR = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of data in a copy: what it is, and the rows about this person."""

    holding: Holding
    rows: Rows


@dataclass(frozen=True, slots=True)
class Line:
    """One request in the desk's list: whose, and how near its promise is."""

    asked: DataRequest
    late: bool
    near: bool


def everything(person: Person) -> list[Part]:
    """All that is kept about a person, in the order in which it was registered."""
    return [Part(holding, holding.copy(person)) for holding in HOLDINGS.values()]


def parts_of(asked: DataRequest) -> list[Part]:
    """The same for one request: of the person, or of the one record it is about."""
    if asked.person:
        return everything(asked.person)
    paper, record = paper_of(asked)
    return [Part(HOLDINGS[paper.holding], paper.copy(record))]


def as_data(person: Person, parts: list[Part], at: datetime) -> dict[str, Any]:
    """A copy for machines: the same words under the same labels."""
    return {
        "编号": person.code,
        "时间": localtime(at).isoformat(timespec="minutes"),
        "信息": [
            {
                "名称": part.holding.name,
                "用途": part.holding.purpose,
                "保存多久": part.holding.kept,
                "给过谁": list(part.holding.shared_with),
                "记录": part.rows,
            }
            for part in parts
        ],
    }


def what_ends() -> list[Holding]:
    """Every kind of data with what goes and what stays of it."""
    return list(HOLDINGS.values())


def about(asked: DataRequest) -> dict[str, str]:
    """Whom a request is about, as staff may know: masked, until a copy is printed."""
    if asked.person is None:
        paper, record = paper_of(asked)
        number = paper.phone(record)
        return {"name": f"没有账号，凭{paper.name}回执", "phone": _masked(number)}
    if asked.person.forgotten_at:
        return {"name": "已注销", "phone": ""}
    return {"name": masked_name(asked.person.full_name), "phone": _masked(asked.person.phone)}


def _masked(number: Sealed | None) -> str:
    return masked_phone(number.open()) if number else ""


def what_holds(asked: DataRequest, at: datetime) -> list[str]:
    """Why what a request asks to end cannot end yet."""
    if not asked.is_ending or asked.state != DataRequest.State.RECEIVED:
        return []
    if asked.person:
        return holds(asked.person, at)
    paper, record = paper_of(asked)
    return paper.holds(record)


def holds(person: Person, at: datetime) -> list[str]:
    """The sentences that say why a person cannot be forgotten yet."""
    asked = [holding.holds for holding in HOLDINGS.values() if holding.holds]
    return [sentence for ask in asked for sentence in ask(person, at)]


def region_of(person: Person) -> str:
    """The desk that deals with a person: of their community, else of the whole district."""
    return person.home.code if person.home else settings.DISTRICT


def is_waiting(kind: str, person: Person | None, subject: Any = None) -> bool:
    """Whether the same request of the same person, or about the same record, waits already."""
    waiting = DataRequest.objects.waiting().filter(kind=kind)
    if person:
        return waiting.filter(person=person).exists()
    return waiting.about(subject).exists()


def found_by_card(code: str) -> Person | None:
    """The holder of the card in use with this code."""
    card = Card.objects.of_code(code)
    return card.person if card else None


def found_by_receipt(code: str) -> Any:
    """The record whose receipt has this code, of whatever domain; None when there is none."""
    return next((found for paper in PAPERS.values() if (found := paper.find(code))), None)


def paper_of(asked: DataRequest) -> tuple[Paper, Any]:
    """The record that a request of somebody without an account is about, and what to do with it."""
    record = apps.get_model(asked.subject_type)._default_manager.get(pk=asked.subject_id)
    return PAPERS[asked.subject_type], record


def words_of(asked: DataRequest) -> str:
    """The answer, or the reason of a refusal; nothing while it waits."""
    step = asked.steps.select_related("remark").last()
    if step is None or step.remark is None or step.remark.text is None:
        return ""
    said: str = step.remark.text.open()
    return said


def lines(found: Iterable[DataRequest], at: datetime) -> list[Line]:
    """Requests with how near their promise is."""
    waits = DataRequest.State.RECEIVED
    return [
        Line(
            asked=one,
            late=one.state == waits and one.due_at < at,
            near=one.state == waits and at <= one.due_at < at + NEAR,
        )
        for one in found
    ]


def desk(by: Actor, at: datetime) -> tuple[list[Line], list[Line]]:
    """What waits at this desk, the nearest promise first, and what was dealt with lately."""
    here = DataRequest.objects.at_desk(by).with_names()
    waiting = here.waiting().order_by("due_at", "pk")[:PAGE]
    ended = here.exclude(ended_at=None).order_by("-ended_at")[:PAGE]
    return lines(waiting, at), lines(ended, at)


def history(asked: DataRequest) -> list[tuple[Step, str]]:
    """The steps of a request with their words, oldest first."""
    return [(step, asked.STEPS[step.kind]) for step in asked.steps]
