"""Who may keep a station, and what may be entered about it."""

from collections.abc import Iterable, Mapping
from datetime import date

from yizhan.base.actor import Actor, Kind
from yizhan.base.verdict import YES, Verdict, no
from yizhan.places.hours import Exceptional
from yizhan.places.models import Facility, Layer, Station

LONGEST_CLOSING = 92


def can_keep(station: Station, by: Actor) -> Verdict:
    """Whether this post looks after the station: by its area, or by the unit that keeps it."""
    path = station.keeper_unit.path if station.keeper_unit else None
    reached = by.reaches_region(station.region.code) or by.reaches_unit(path)
    if by.may("places.keep") and reached:
        return YES
    return no("not_yours", "这个驿站不归您管理")


def can_check_all(station: Station, by: Actor) -> Verdict:
    """Only who keeps the station says that all of it was looked at."""
    return can_keep(station, by)


def can_check_facility(facility: Facility, by: Actor, *, version: int | None = None) -> Verdict:
    """Only who keeps the station checks its facilities, and only what was seen last."""
    kept = can_keep(facility.station, by)
    if not kept:
        return kept
    if version is not None and version != facility.version:
        return no("stale", f"{facility.kind}刚被别人改为「{facility.get_state_display()}」")
    return YES


def can_close_for(
    station: Station,
    by: Actor,
    *,
    first: date,
    last: date,
    today: date,
    others: Iterable[Exceptional],
) -> Verdict:
    """A closing lies ahead, is not endless, and does not overlap another exception."""
    kept = can_keep(station, by)
    if not kept:
        return kept
    if station.status != Station.Status.OPEN:
        return no("not_open", f"{station.name}现在是「{station.get_status_display()}」")
    if first < today or last < first:
        return no("bad_dates", "关闭的日期要从今天或以后开始，结束不早于开始")
    if (last - first).days >= LONGEST_CLOSING:
        return no("too_long", "临时关闭最长三个月，更久请改为暂停开放")
    return _free_of(others, first, last)


def _free_of(others: Iterable[Exceptional], first: date, last: date) -> Verdict:
    for other in others:
        if other.ended_at is None and other.first <= last and first <= other.last:
            days = (
                f"{other.first.month}月{other.first.day}日–{other.last.month}月{other.last.day}日"
            )
            return no("overlap", f"和已有的安排重叠：{days}「{other.reason}」")
    return YES


def can_reopen_early(
    station: Station, by: Actor, *, closing: Exceptional | None, today: date
) -> Verdict:
    """There is a closing, now or ahead, that can still be ended."""
    kept = can_keep(station, by)
    if not kept:
        return kept
    if closing is None or closing.ended_at or closing.last < today:
        return no("not_closed", "这段关闭已经结束了")
    return YES


def can_edit(
    station: Station,
    by: Actor,
    *,
    version: int,
    wanted: Mapping[str, str],
    labels: Mapping[str, str],
) -> Verdict:
    """The editor saw the latest version; otherwise both values are named."""
    kept = can_keep(station, by)
    if not kept:
        return kept
    if version == station.version:
        return YES
    both = [
        f"{labels[name]}现在是「{getattr(station, name) or '空'}」，您填的是「{value or '空'}」"
        for name, value in wanted.items()
        if getattr(station, name) != value
    ]
    return no("stale", "刚才别人改过这个驿站。" + ("；".join(both) or "内容和您填的一样"))


def can_load(by: Actor) -> Verdict:
    """Only the system's own commands and its administrator load lists and vocabularies."""
    if by.kind is Kind.CLOCK or by.may("system.settings"):
        return YES
    return no("not_yours", "只有系统管理员能导入驿站名册")


def can_add_layer(region_code: str, by: Actor) -> Verdict:
    """The system's administrator, or who keeps the stations of the whole district."""
    keeps = by.may("places.keep") and by.reaches_region(region_code)
    if keeps or by.may("system.settings"):
        return YES
    return no("not_yours", "地图的图层由区里管")


def can_load_layers(by: Actor) -> Verdict:
    """Only the system's own commands load what comes with the data pack."""
    return can_load(by)


def can_show_layer(layer: Layer, by: Actor) -> Verdict:
    """Who may add layers may hide them and show them again."""
    return can_add_layer(layer.region.code, by)


def can_replace_layer(layer: Layer, by: Actor, *, since: date, today: date) -> Verdict:
    """Another file takes over from today or a later day, while the old one still holds."""
    kept = can_retire_layer(layer, by, until=since, today=today)
    if kept and since <= layer.since_date:
        return no("bad_dates", f"新的一份要从 {_day(layer.since_date)}之后的一天开始")
    return kept


def can_retire_layer(layer: Layer, by: Actor, *, until: date, today: date) -> Verdict:
    """A layer ends once, today or on a later day, and not before it began."""
    kept = can_add_layer(layer.region.code, by)
    if not kept:
        return kept
    if layer.until_date:
        return no("ended", f"「{layer.name}」已经定在 {_day(layer.until_date)}停用")
    if until < max(today, layer.since_date):
        return no("bad_dates", "日期要从今天或以后开始，也不能早于这个图层开始的那天")
    return YES


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
