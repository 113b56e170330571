"""Who may flag, review, appeal and decide, and what a measure refuses. No database here."""

from collections.abc import Iterable
from datetime import date, datetime

from yizhan.base.actor import Actor, Kind
from yizhan.base.verdict import YES, Verdict, no
from yizhan.conduct.models import Flag
from yizhan.orders import rules as orders
from yizhan.orders.admission import Knock
from yizhan.orders.models import Order
from yizhan.people.models import Scope
from yizhan.regions.district import profile

REVIEW_DAYS, APPEAL_DAYS = 3, 5
MOST_DAYS, MOST_PER_DAY = 30, 5
STREET = "复核由街道来做"


def can_flag(order: Order, by: Actor, *, has_flag: bool = False) -> Verdict:
    """An office, never about its own matter or work, never where somebody needs looking after."""
    if by.person_id is None or not orders.governs(order, by, "orders.dispatch"):
        return no("not_your_post", "这样的事由社区或街道来记")
    if orders.is_asker(order, by) or orders.is_handler(order, by):
        return no("own_matter", "自己点的、自己办的单子，请另一位同志来记")
    if order.category.is_sensitive:
        return no("sensitive", "需要照顾的居民多来几回不是错，这一类不记")
    if not (order.author_id or order.contact_phone):
        return no("nobody", "这张单子没有账号也没有电话，记了也告诉不了本人")
    return no("flagged", "这张单子已经记过了") if has_flag else YES


def can_uphold(flag: Flag, by: Actor) -> Verdict:
    if not _rules(flag, by):
        return no("not_your_post", STREET)
    if by.person_id == flag.flagged_by_id:
        return no("second_person", "记的人不能自己复核，请另一位同志来看")
    if orders.is_asker(flag.order, by) or orders.is_handler(flag.order, by):
        return no("own_matter", "自己点的、自己办的单子，请另一位同志来看")
    raised = flag.state == Flag.State.RAISED
    return YES if raised else no("wrong_state", "现在没有要复核的")


def can_dismiss(flag: Flag, by: Actor) -> Verdict:
    return can_uphold(flag, by)


def can_measure(measure: str, per_day: int | None, days: int) -> Verdict:
    """One of the closed list, for at most 30 days."""
    if measure not in Flag.Measure.values:
        return no("no_measure", "请从列出的办法里选一个")
    if not 1 <= days <= MOST_DAYS:
        return no("too_long", f"最长 {MOST_DAYS} 天")
    if measure == Flag.Measure.LIMIT and not 1 <= (per_day or 0) <= MOST_PER_DAY:
        return no("no_number", f"请写一天最多点几件，1 到 {MOST_PER_DAY} 件")
    return YES


def can_appeal(flag: Flag, by: Actor) -> Verdict:
    """Whoever it is about, with or without an account, once."""
    if not orders.is_asker(flag.order, by):
        return no("not_asker", "申诉由点单人来提")
    if not by.is_entrusted(Scope.ORDER):
        return no("not_entrusted", "家人没有委托您办这一项，请本人来提")
    if flag.state == Flag.State.APPEALED:
        return no("wrong_state", "已经申诉过了，请等答复")
    upheld = flag.state == Flag.State.UPHELD
    return YES if upheld else no("wrong_state", "现在没有可以申诉的")


def can_sustain(flag: Flag, by: Actor) -> Verdict:
    """Somebody who has neither flagged nor reviewed it."""
    if not _rules(flag, by):
        return no("not_your_post", "申诉由街道或区里来定")
    if by.person_id in (flag.flagged_by_id, flag.reviewed_by_id):
        return no("another_person", "记的人、复核的人不能再定申诉，请另一位同志来定")
    if orders.is_asker(flag.order, by) or orders.is_handler(flag.order, by):
        return no("own_matter", "自己点的、自己办的单子，请另一位同志来定")
    appealed = flag.state == Flag.State.APPEALED
    return YES if appealed else no("wrong_state", "现在没有要定的申诉")


def can_overturn(flag: Flag, by: Actor) -> Verdict:
    return can_sustain(flag, by)


def can_lapse(flag: Flag, by: Actor, at: datetime) -> Verdict:
    if by.kind != Kind.CLOCK:
        return no("not_your_post", "过期作废由系统来办")
    if flag.state != Flag.State.RAISED or flag.review_by >= at:
        return no("not_due", "还没有过期，或者已经复核了")
    return YES


def _rules(flag: Flag, by: Actor) -> bool:
    return by.person_id is not None and orders.governs(flag.order, by, "orders.rule")


def can_let_in(
    knock: Knock, flags: Iterable[Flag], today: date, *, is_urgent: bool = False
) -> Verdict:
    """Whether what stands against somebody lets this one pass. What is urgent always does."""
    if is_urgent:
        return YES
    for flag in flags:
        if reason := _refusal(knock, flag, today):
            return no(f"measure_{flag.measure}", f"{reason}{_way_out(flag)}")
    return YES


def counted(flag: Flag, today: date) -> int:
    """How many have passed today under a limit."""
    return flag.used if flag.used_date == today else 0


def _refusal(knock: Knock, flag: Flag, today: date) -> str:
    order = flag.order
    if flag.measure == Flag.Measure.LIMIT and counted(flag, today) >= (flag.per_day or 0):
        return f"您今天已经点了 {flag.per_day} 件，明天再点。"
    if knock.calls:
        return ""
    if flag.measure == Flag.Measure.CALL:
        return "这段时间请您打电话说，或点「请给我回电话」，工作人员替您登记。"
    same = (order.category.code, order.region_code) == (knock.category, knock.region_code)
    if flag.measure == Flag.Measure.STATUS and same:
        return "这件事已经在单子里，进展在原来的单子上看。有新情况，请打电话说，工作人员替您登记。"
    return ""


def _way_out(flag: Flag) -> str:
    end = flag.ends_at
    until = f"这样办到 {end.month}月{end.day}日为止。" if end else ""
    return f"{until}社区电话 {profile().phone}。有危险、很着急，请直接打 110、119、120"
