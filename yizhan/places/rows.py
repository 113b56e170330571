"""One line of a station list, read and checked. Nothing here touches the database.

`hours` are groups separated by semicolons, each days and spans: `1-5 08:30-12:00,14:00-18:00;
6-7 09:00-17:00; 8 10:00-16:00`. Days are 1 (Monday) to 7, and 8 for holidays; `00:00-24:00` is a
whole day; a span that ends before it begins goes past midnight. `facilities` are codes separated by
blanks, `seat:6` for six of them, `microwave!` for one that is out of order.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from yizhan.places.hours import MIDNIGHT, Calendar, Span, Weekly, clash
from yizhan.places.models import CODE, Facility, Station
from yizhan.reading.personal import find

TEXTS = ("name", "address", "indoor_note", "phone", "partners", "tenants")
PUBLIC_TEXTS = ("indoor_note", "partners", "tenants")
CHOICES = {
    "build": Station.Build,
    "status": Station.Status,
    "calendar": Station.CalendarChoice,
}
LISTS = ("services", "audiences")
COLUMNS = (
    "code", "type", "region_code", "latitude", "longitude", "area_m2", "keeper", "is_centre",
    "is_demo", "opened_date", "hours", "facilities", *TEXTS, *CHOICES, *LISTS,
)  # fmt: skip
GROUP = re.compile(r"([1-8])(?:-([1-8]))?\s+(\S.*)")
SPAN = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
FACILITY = re.compile(r"([a-z_]+)(?::(\d{1,3}))?(!?)")


@dataclass(frozen=True, slots=True)
class Known:
    """What a row may refer to: codes of regions and of each vocabulary, to their ids."""

    regions: Mapping[str, int]
    units: Mapping[str, int]
    types: Mapping[str, int]
    facilities: Mapping[str, int]
    services: Mapping[str, int]
    audiences: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Item:
    """One facility of a row."""

    kind_id: int
    quantity: int
    state: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One station as a list gives it: field values, hours, facilities, services, audiences."""

    code: str
    fields: Mapping[str, Any]
    weekly: tuple[Weekly, ...]
    items: tuple[Item, ...]
    services: frozenset[int]
    audiences: frozenset[int]


class BadValueError(ValueError):
    """One value of a row cannot be taken; the message says why, in Chinese."""


def read_row(row: Mapping[str, str], known: Known) -> tuple[Entry | None, list[str]]:
    """The station a row describes, or everything that is wrong with the row."""
    missing = [column for column in COLUMNS if column not in row]
    if missing:
        return None, [f"缺少列 {'、'.join(missing)}"]
    row = {column: (row[column] or "").strip() for column in COLUMNS}
    faults: list[str] = []
    values: dict[str, Any] = {}
    for name, read in READERS.items():
        try:
            values[name] = read(row, known)
        except BadValueError as fault:
            faults.append(str(fault))
    if faults:
        return None, faults
    fields = {name: value for part in PARTS for name, value in values[part].items()}
    return Entry(
        code=values["code"],
        fields=fields,
        weekly=values["weekly"],
        items=values["items"],
        services=values["services"],
        audiences=values["audiences"],
    ), []


def _code(row: Mapping[str, str], _known: Known) -> str:
    try:
        CODE(row["code"])
    except ValidationError as fault:
        raise BadValueError(f"编号「{row['code']}」不对：{fault.messages[0]}") from None
    return row["code"]


def _texts(row: Mapping[str, str], _known: Known) -> dict[str, Any]:
    for name in ("name", "address"):
        if not row[name]:
            raise BadValueError(f"{name} 不能空着")
    for name in TEXTS:
        longest = int(getattr(Station._meta.get_field(name), "max_length", 0))
        if len(row[name]) > longest:
            raise BadValueError(f"{name} 超过 {longest} 个字")
        if name in PUBLIC_TEXTS and (found := find(row[name])):
            raise BadValueError(f"{name} 里有{found[0].label}，谁都看得到，请先去掉")
    return {name: row[name] for name in TEXTS}


def _choices(row: Mapping[str, str], _known: Known) -> dict[str, Any]:
    for name, choice in CHOICES.items():
        if row[name] not in choice.values:
            raise BadValueError(f"{name} 不认识「{row[name]}」")
    return {name: row[name] for name in CHOICES}


def _links(row: Mapping[str, str], known: Known) -> dict[str, Any]:
    if row["type"] not in known.types:
        raise BadValueError(f"不认识的类型「{row['type']}」")
    if row["region_code"] not in known.regions:
        raise BadValueError(f"没有代码是「{row['region_code']}」的社区")
    return {
        "type_id": known.types[row["type"]],
        "region_id": known.regions[row["region_code"]],
        "keeper_unit_id": known.units.get(row["keeper"]),
    }


def _place(row: Mapping[str, str], _known: Known) -> dict[str, Any]:
    try:
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
    except ValueError:
        raise BadValueError("经纬度要写成数字") from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise BadValueError(f"经纬度 {longitude}, {latitude} 不在地球上")
    return {"latitude": latitude, "longitude": longitude}


def _figures(row: Mapping[str, str], _known: Known) -> dict[str, Any]:
    if row["area_m2"] and not row["area_m2"].isdecimal():
        raise BadValueError(f"面积「{row['area_m2']}」要写成整数")
    for name in ("is_centre", "is_demo"):
        if row[name] not in ("", "0", "1"):
            raise BadValueError(f"{name} 只能写 1 或 0")
    try:
        opened = date.fromisoformat(row["opened_date"]) if row["opened_date"] else None
    except ValueError:
        raise BadValueError(f"日期「{row['opened_date']}」要写成 2026-11-22 这样") from None
    return {
        "area_m2": int(row["area_m2"]) if row["area_m2"] else None,
        "is_centre": row["is_centre"] == "1",
        "is_demo": row["is_demo"] == "1",
        "opened_date": opened,
    }


def _weekly(row: Mapping[str, str], _known: Known) -> tuple[Weekly, ...]:
    weekly = read_hours(row["hours"])
    if any("8" in one.weekdays for one in weekly) and row["calendar"] != Calendar.APART:
        raise BadValueError("只有「节假日另定」的驿站才写节假日的时间")
    return weekly


def read_hours(text: str) -> tuple[Weekly, ...]:
    """Weekly spans from their short spelling; `BadValueError` names what is wrong or overlaps."""
    weekly = []
    for group in filter(None, (part.strip() for part in text.split(";"))):
        found = GROUP.fullmatch(group)
        if not found or (found[2] and found[2] < found[1]):
            raise BadValueError(f"看不懂开放时间「{group}」")
        first, last = int(found[1]), int(found[2] or found[1])
        days = "".join(str(day) for day in range(first, last + 1))
        weekly += [Weekly(days, _span(part.strip())) for part in found[3].split(",")]
    overlapping = clash(weekly)
    if overlapping:
        raise BadValueError(f"开放时间{overlapping}")
    return tuple(weekly)


def _span(text: str) -> Span:
    found = SPAN.fullmatch(text)
    if not found:
        raise BadValueError(f"看不懂时间「{text}」，要写成 08:30-18:00")
    opens = int(found[1]) * 60 + int(found[2])
    closes = int(found[3]) * 60 + int(found[4])
    if int(found[2]) > 59 or int(found[4]) > 59 or opens >= MIDNIGHT or closes > MIDNIGHT:
        raise BadValueError(f"没有「{text}」这样的时间")
    return Span(opens, closes if closes > opens else closes + MIDNIGHT)


def _items(row: Mapping[str, str], known: Known) -> tuple[Item, ...]:
    items: dict[int, Item] = {}
    for word in row["facilities"].split():
        found = FACILITY.fullmatch(word)
        if not found or found[1] not in known.facilities:
            raise BadValueError(f"不认识的设施「{word}」")
        kind = known.facilities[found[1]]
        if kind in items:
            raise BadValueError(f"设施「{found[1]}」写了两次")
        state = Facility.State.FAULT if found[3] else Facility.State.OK
        items[kind] = Item(kind, int(found[2] or 1), state)
    return tuple(items.values())


def _words(row: Mapping[str, str], column: str, known: Mapping[str, int]) -> frozenset[int]:
    unknown = [word for word in row[column].split() if word not in known]
    if unknown:
        raise BadValueError(f"{column} 不认识「{unknown[0]}」")
    return frozenset(known[word] for word in row[column].split())


PARTS = ("texts", "choices", "links", "place", "figures")
READERS: dict[str, Callable[[Mapping[str, str], Known], Any]] = {
    "code": _code,
    "texts": _texts,
    "choices": _choices,
    "links": _links,
    "place": _place,
    "figures": _figures,
    "weekly": _weekly,
    "items": _items,
    "services": lambda row, known: _words(row, "services", known.services),
    "audiences": lambda row, known: _words(row, "audiences", known.audiences),
}
