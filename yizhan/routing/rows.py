"""A rule as a row of a spreadsheet, read and checked, and written. No database here.

A cell about a category, a region, a station type or a target begins with its code; what follows
the first blank is only for people. An empty cell means: whatever it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yizhan.reading.personal import find
from yizhan.routing.conditions import LEVELS, YES_OR_NO, read
from yizhan.routing.matching import KINDS, Rule

COLUMNS = (
    "类别", "地区", "级别", "要上门", "敏感事项", "办公时间以外", "驿站类型", "原话里有",
    "派给", "说明",
)  # fmt: skip
IN_A_PACK = (
    "category", "region", "level", "needs_visit", "is_sensitive", "outside_hours", "station_type",
    "words", "target", "note",
)  # fmt: skip
FLAGS = dict(zip(COLUMNS[3:6], YES_OR_NO, strict=True))
TICKS = {"是": True, "否": False}
LONGEST_NOTE = 80


@dataclass(frozen=True, slots=True)
class Line:
    """What a rule says, before it is one: a category or any, a region or any, conditions, and
    either a unit or a kind of unit."""

    category_id: int | None = None
    region_code: str = ""
    conditions: Mapping[str, Any] = field(default_factory=dict)
    unit_id: int | None = None
    kind: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What a row may name: codes of categories, regions, units and station types."""

    categories: Mapping[str, int]
    regions: frozenset[str]
    units: Mapping[str, int]
    types: Mapping[str, str]


def read_row(row: Mapping[str, str], known: Known) -> tuple[Line | None, list[str]]:
    """The rule that a row describes, or everything that is wrong with it."""
    faults: list[str] = []
    codes = {name: _code(row.get(name, "")) for name in COLUMNS}
    if codes["类别"] and codes["类别"] not in known.categories:
        faults.append(f"没有代码是「{codes['类别']}」的类别")
    if codes["地区"] and codes["地区"] not in known.regions:
        faults.append(f"没有代码是「{codes['地区']}」的地区")
    data, wrong = _conditions(row, codes)
    faults += wrong or read(data, known.types)[1]
    target = codes["派给"]
    if not target:
        faults.append("「派给」不能空着")
    elif target not in KINDS and target not in known.units:
        faults.append(f"没有代码是「{target}」的单位，也没有这种单位")
    note = row.get("说明", "").strip()
    faults += _note_faults(note)
    if faults:
        return None, faults
    return Line(
        category_id=known.categories.get(codes["类别"]),
        region_code=codes["地区"],
        conditions=data,
        unit_id=None if target in KINDS else known.units[target],
        kind=target if target in KINDS else "",
        note=note,
    ), []


def _code(cell: str) -> str:
    return (cell.split() or [""])[0]


def _conditions(
    row: Mapping[str, str], codes: Mapping[str, str]
) -> tuple[dict[str, Any], list[str]]:
    data: dict[str, Any] = {}
    faults = []
    if level := codes["级别"]:
        data["level"] = next((code for code, name in LEVELS.items() if name == level), level)
    for column, name in FLAGS.items():
        if answer := codes[column]:
            if answer in TICKS:
                data[name] = TICKS[answer]
            else:
                faults.append(f"「{column}」只能写是或否，不能写「{answer}」")
    if codes["驿站类型"]:
        data["station_type"] = codes["驿站类型"]
    if words := split_words(row.get("原话里有", "")):
        data["words"] = words
    return data, faults


def split_words(text: str) -> list[str]:
    """The words of a cell, apart by blanks, commas or 、."""
    for mark in "，、,；;":
        text = text.replace(mark, " ")
    return text.split()


def _note_faults(note: str) -> list[str]:
    if len(note) > LONGEST_NOTE:
        return [f"「说明」超过 {LONGEST_NOTE} 个字"]
    return [f"「说明」里有{one.label}，别人会看到，请先去掉" for one in find(note)[:1]]


def as_rows(rules: Iterable[Rule], notes: Mapping[int, str]) -> list[list[str]]:
    """The rules as a sheet with its head, so that reading it again gives the same rules."""
    return [list(COLUMNS), *(_as_row(rule, notes.get(rule.pk, "")) for rule in rules)]


def _as_row(rule: Rule, note: str) -> list[str]:
    asked = rule.conditions
    ticks = [
        "" if getattr(asked, name) is None else "是" if getattr(asked, name) else "否"
        for name in YES_OR_NO
    ]
    type_ = rule.types.get(asked.station_type, "")
    target = rule.target
    return [
        f"{rule.category} {rule.category_name}".strip(),
        f"{rule.region} {rule.region_name}".strip(),
        LEVELS.get(asked.level, ""),
        *ticks,
        f"{asked.station_type} {type_}".strip(),
        "、".join(asked.words),
        f"{target.unit} {target.name}" if target.unit else f"{target.kind} {KINDS[target.kind]}",
        note,
    ]


def from_pack(rule: Mapping[str, Any]) -> dict[str, str]:
    """A rule of a pack's `routing.toml` as a row. Raises `KeyError` for a name that is none."""
    columns = dict(zip(IN_A_PACK, COLUMNS, strict=True))
    return {columns[name]: _as_cell(value) for name, value in rule.items()}


def _as_cell(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, list) else str(LEVELS.get(value, value))


def named(sheet: Sequence[Sequence[str]]) -> tuple[list[dict[str, str]], list[str]]:
    """The rows of a sheet by the names of its head; what is missing in the head."""
    head = [cell.strip() for cell in sheet[0]] if sheet else []
    missing = [column for column in COLUMNS if column not in head]
    rows = [
        dict(zip(head, (*row, *[""] * len(head)), strict=False))
        for row in sheet[1:]
        if any(cell.strip() for cell in row)
    ]
    return rows, [f"缺少这一列：{column}" for column in missing]
