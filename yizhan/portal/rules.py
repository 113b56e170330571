"""Who may switch modules, and which."""

from yizhan.base.actor import Actor, Kind
from yizhan.base.verdict import YES, Verdict, no
from yizhan.portal.modules import CODES

SETTINGS = "system.settings"


def can_keep_modules(by: Actor) -> Verdict:
    """Modules are switched by the system administrator."""
    if by.kind is Kind.CLOCK or by.may(SETTINGS):
        return YES
    return no("no_power", "模块由系统管理员开关，您的岗位没有这项权限")


def can_switch(
    module: str, by: Actor, *, is_whole_district: bool, is_known: bool, is_on: bool, on: bool
) -> Verdict:
    """A known module, in a region of the district, and not to what it is already."""
    verdict = can_keep_modules(by)
    if not verdict:
        return verdict
    if module not in CODES:
        return no("unknown_module", "没有这个模块，或它是平台的基本部分，不能关")
    if not is_known:
        return no("unknown_region", "没有这个街道或社区")
    if not (is_whole_district or CODES[module].by_region):
        return no("district_only", f"「{CODES[module].name}」只能全区一起开关")
    if is_on == on:
        return no("same", f"「{CODES[module].name}」在这里已经是{'开' if on else '关'}着的")
    return YES


def can_pilot(by: Actor) -> Verdict:
    """The pilot is a set of switches like any other."""
    return can_keep_modules(by)
