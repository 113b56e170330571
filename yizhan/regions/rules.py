"""Who may load regions, and what one row of a region file must be."""

from collections.abc import Mapping
from datetime import date

from yizhan.base.actor import Actor, Kind
from yizhan.base.verdict import YES, Verdict, no
from yizhan.regions.models import Region

COLUMNS = ("code", "name", "kind", "parent_code", "administered_by")
CODE_LENGTH = {"district": 6, "street": 9, "town": 9, "community": 12, "village": 12}
PARENT_LENGTH = {"district": 4, "street": 6, "town": 6, "community": 9, "village": 9}
LONGEST = 40


def can_import_regions(valid_from: date, by: Actor, *, today: date) -> Verdict:
    """Only the system's commands and its administrator load regions, valid today at the latest."""
    if by.kind is not Kind.CLOCK and not by.may("system.settings"):
        return no("not_yours", "只有系统管理员能导入行政区划")
    if valid_from > today:
        return no("future", "区划的生效日期不能晚于今天")
    return YES


def region_faults(row: Mapping[str, str], known: Mapping[str, str]) -> list[str]:
    """What is wrong with one row; `known` gives the kind of every code there is."""
    missing = [column for column in COLUMNS if column not in row]
    if missing:
        return [f"缺少列 {'、'.join(missing)}"]
    code, kind, parent = row["code"], row["kind"], row["parent_code"]
    faults = _name_faults(row)
    if kind not in Region.Kind.values:
        return [*faults, f"不认识的类别「{kind}」"]
    if not (code.isascii() and code.isdigit() and len(code) == CODE_LENGTH[kind]):
        label = Region.Kind(kind).label
        return [*faults, f"{label}的代码应是 {CODE_LENGTH[kind]} 位数字，这里是「{code}」"]
    if not code.startswith(parent) or len(parent) != PARENT_LENGTH[kind]:
        return [*faults, f"上级代码「{parent}」不是「{code}」的前 {PARENT_LENGTH[kind]} 位"]
    if kind != Region.Kind.DISTRICT and parent not in known:
        return [*faults, f"找不到上级「{parent}」"]
    return faults


def _name_faults(row: Mapping[str, str]) -> list[str]:
    faults = [] if row["name"] else ["没有名称"]
    for column, label in (("name", "名称"), ("administered_by", "代管单位")):
        if len(row[column]) > LONGEST:
            faults.append(f"{label}超过 {LONGEST} 个字")
    return faults
