"""What a look can be at: its name for readers of the record, and whose data it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from yizhan.base import crypto
from yizhan.people.models import Person

USE = "look.subject"
BLIND_DIGITS = 10
READS, TAKES_OUT = "审计查阅", "审计导出"


@dataclass(frozen=True, slots=True)
class Subject:
    """One kind of record, by its model's label.

    `of` gives the ids, as a query, of what is about one person; `shown` the words by which that
    person knows each of them, with the address of its page. `purposes` are the fixed words that are
    written with looks at it: only those may stand in a list without names.
    """

    model: str
    name: str
    of: Callable[[Person], Any] | None = None
    shown: Callable[[list[int]], Mapping[int, tuple[str, str]]] | None = None
    purposes: tuple[str, ...] = ()


SUBJECTS: dict[str, Subject] = {}


def register(*subjects: Subject) -> None:
    """Make subjects known. Raises ValueError when a model is there already."""
    for subject in subjects:
        if subject.model in SUBJECTS:
            raise ValueError(f"subject {subject.model!r} is registered twice")
        SUBJECTS[subject.model] = subject


def name_of(model: str) -> str:
    """What a kind of record is called; its label when nobody has named it."""
    return SUBJECTS[model].name if model in SUBJECTS else model


def blind_code(model: str, pk: int | None) -> str:
    """The same code for the same record, from which nobody can tell which one it is."""
    if pk is None:
        return ""
    return crypto.index(f"{model}:{pk}", use=USE).hex()[:BLIND_DIGITS].upper()


register(
    Subject(
        "people.person",
        "个人资料",
        of=lambda person: [person.pk],
        purposes=("下载自己的信息", "打印给本人"),
    ),
    Subject(
        "privacy.datarequest",
        "信息申请",
        of=lambda person: person.data_requests.values("pk"),
        purposes=("办理本人的申请", "打印给本人"),
    ),
    Subject("privacy.ward", "孩子的登记", of=lambda person: person.wards.values("pk")),
    Subject("people.unit", "单位的汇总", purposes=("导出小结", "打印小结", "导出台账")),
    Subject(
        "regions.region",
        "地区的汇总",
        purposes=("导出小结", "打印小结", "打印历史基数", "导出台账"),
    ),
    Subject("people.post", "岗位"),
    Subject("base.switch", "模块开关"),
    Subject("base.step", "管理员办的事", purposes=(READS,)),
    Subject("privacy.look", "查看记录", purposes=(READS, TAKES_OUT)),
)
