"""Who may write the routing table, when it may be published; and the rule that an order meets."""

from collections.abc import Sequence
from datetime import date

from yizhan.base.actor import Actor, Kind
from yizhan.base.verdict import YES, Verdict, no
from yizhan.routing.matching import Answer as Answer
from yizhan.routing.matching import Facts as Facts
from yizhan.routing.matching import Rule as Rule
from yizhan.routing.matching import Target as Target
from yizhan.routing.matching import route as route
from yizhan.routing.table import KEEP, READ, RoutingRule, RoutingTable

MOST_RULES = 200


def can_read_table(by: Actor) -> Verdict:
    """Whoever dispatches by the table, and whoever writes it."""
    if by.area and (by.may(READ) or by.may(KEEP)):
        return YES
    return no("no_power", "您的岗位不看派单目录")


def can_keep_table(by: Actor, region_code: str) -> Verdict:
    """The office that manages the district's business, for the whole of it."""
    if by.kind is Kind.CLOCK:
        return YES
    if not by.may(KEEP):
        return no("no_power", "派单目录由区里的业务管理部门来定，您的岗位没有这项权限")
    return YES if by.reaches_region(region_code) else no("outside", "这个地方不在您的辖区")


def can_begin_draft(by: Actor, region_code: str, *, is_there: bool) -> Verdict:
    """One draft at a time, so that two people do not publish past each other."""
    if is_there:
        return no("draft_there", "已经有一份草稿，请在那一份上改")
    return can_keep_table(by, region_code)


def can_change_draft(table: RoutingTable, by: Actor) -> Verdict:
    """Only the draft is changed. What was published stays as it is."""
    verdict = can_keep_table(by, table.region.code)
    if verdict and table.state != RoutingTable.State.DRAFT:
        return no("wrong_state", "这一版已经发布，不能再改。要改请起草新的一版")
    return verdict


def can_add_rule(table: RoutingTable, by: Actor, *, count: int) -> Verdict:
    """A table that nobody can read any more is no table."""
    if count >= MOST_RULES:
        return no("too_many", f"目录最多 {MOST_RULES} 条，请先合并或去掉一些")
    return can_change_draft(table, by)


def can_change_rule(rule: RoutingRule, by: Actor, *, version: int, now_says: str) -> Verdict:
    """A rule of the draft as the editor saw it; `now_says` is how it reads now."""
    verdict = can_change_draft(rule.table, by)
    if not verdict:
        return verdict
    if rule.state != RoutingRule.State.ACTIVE:
        return no("gone", "这一条已经不在目录里了")
    if version != rule.version:
        return no("stale", f"别人刚改过这一条，现在是：{now_says}。请看过后再提交一次")
    return YES


def can_answer_proposal(rule: RoutingRule, by: Actor) -> Verdict:
    """A proposal is accepted or dropped once."""
    verdict = can_change_draft(rule.table, by)
    if verdict and rule.state != RoutingRule.State.PROPOSED:
        return no("answered", "这一条已经有人处理过了")
    return verdict


def can_propose_rule(source: str, source_code: str) -> Verdict:
    """Another part of the platform proposes, by its own rules; it must say what decided so."""
    return YES if source and source_code else no("no_source", "要写明是哪一份裁定提出的")


def can_import_rules(table: RoutingTable, by: Actor, *, version: int, count: int) -> Verdict:
    """The draft as it was when the sheet was looked at."""
    verdict = can_change_draft(table, by)
    if not verdict:
        return verdict
    if version != table.version:
        return no("stale", "您看过表格以后，草稿又改过了。请再上传一次，看过再导入")
    if count > MOST_RULES:
        return no("too_many", f"目录最多 {MOST_RULES} 条，这张表有 {count} 条")
    return YES


def can_publish(
    table: RoutingTable,
    by: Actor,
    *,
    version: int,
    from_date: date,
    today: date,
    rules: Sequence[Rule],
    waiting: int,
    newest: int,
    newest_seen: int,
) -> Verdict:
    """A sound draft, as the publisher has seen it, from today on or later."""
    verdict = can_change_draft(table, by)
    if not verdict:
        return verdict
    if version != table.version:
        return no("stale", "您打开这一页以后，草稿又改过了。请看过后再发布一次")
    if newest != newest_seen:
        return no("newer", f"您打开这一页以后，第 {newest} 版已经发布。请先看和它的差别")
    if waiting:
        return no("proposals", f"还有 {waiting} 条建议没有处理，请先采纳或不采纳")
    if not rules:
        return no("empty", "草稿里一条也没有，不能发布")
    return _sound_from(rules, from_date, today)


def can_republish(
    table: RoutingTable,
    by: Actor,
    *,
    from_date: date,
    today: date,
    rules: Sequence[Rule],
    newest: int,
) -> Verdict:
    """An older version, sound still, becomes the newest again."""
    verdict = can_keep_table(by, table.region.code)
    if not verdict:
        return verdict
    if table.state != RoutingTable.State.PUBLISHED:
        return no("wrong_state", "草稿还没有发布过，请直接发布它")
    if table.number == newest:
        return no("newest", "这就是最新的一版，不用再发布")
    return _sound_from(rules, from_date, today)


def _sound_from(rules: Sequence[Rule], from_date: date, today: date) -> Verdict:
    broken = [rule for rule in rules if rule.faults]
    if broken:
        named = "；".join(f"{rule}：{'，'.join(rule.faults)}" for rule in broken[:3])
        return no("broken", f"有 {len(broken)} 条失效，改好才能发布。{named}")
    if from_date < today:
        return no("past", "生效日期不能早于今天：已经派出的单子按当时的目录")
    return YES
