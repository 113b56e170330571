"""Who may keep templates and take ledgers out, and why not. No database here."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from yizhan.base.actor import Actor, Kind
from yizhan.base.verdict import YES, Verdict, no
from yizhan.documents.ledgers import Ledger, Taking
from yizhan.documents.models import KEPT_DAYS, TEMPLATES, LedgerExport, LedgerTemplate

MOST_AT_ONCE = 2_000
MOST_ROWS = 20_000
MOST_WAITING = 3
REASON_AT_LEAST = 4


def can_upload_template(region_code: str, by: Actor) -> Verdict:
    """Whoever keeps the templates of this very region; the region below keeps its own."""
    if by.kind is Kind.CLOCK:
        return YES
    if not by.may(TEMPLATES) or by.on_behalf_of is not None:
        return no("no_power", "台账模板由社区书记、街道科室和区里管理，您的岗位没有这项权限")
    if by.area != region_code:
        return no("outside", "这份模板由别的单位管理，您可以用，不能改")
    return YES


def can_map_template(
    template: LedgerTemplate, by: Actor, *, version: int, fault: str = ""
) -> Verdict:
    """The owner, from the page as it is now, when the layout fits; `fault` says why it does not."""
    verdict = can_upload_template(template.region_code, by)
    if not verdict:
        return verdict
    if version != template.version:
        return no("stale", "这份模板刚被别人改过，请看过新的再保存")
    if template.state == LedgerTemplate.State.RETIRED:
        return no("wrong_state", "这份模板已经停用，请上传新的一版")
    return no("bad_layout", fault) if fault else YES


def can_retire_template(template: LedgerTemplate, by: Actor) -> Verdict:
    """The owner, once."""
    verdict = can_upload_template(template.region_code, by)
    if not verdict:
        return verdict
    if template.state == LedgerTemplate.State.RETIRED:
        return no("wrong_state", "这份模板已经停用了")
    return YES


@dataclass(frozen=True, slots=True)
class Amount:
    """How many rows there are to take out, and how many exports this person waits for."""

    rows: int
    waiting: int = 0


def can_take_out(ledger: Ledger, taking: Taking, by: Actor, amount: Amount) -> Verdict:
    """Whoever reads the rows. What people wrote is taken out for a written reason only."""
    if by.on_behalf_of is not None or not ledger.may(by):
        return no("no_power", "您的岗位不能导出这本台账")
    if taking.since and taking.until and taking.since > taking.until:
        return no("period", "开始的日期晚于结束的日期，请改过来")
    if taking.with_words and len(taking.reason.strip()) < REASON_AT_LEAST:
        return no("reason", f"要带{ledger.words}，请写清楚为什么，至少 {REASON_AT_LEAST} 个字")
    if not amount.rows:
        return no("nothing", "没有符合条件的记录，请放宽筛选再导出")
    if amount.rows > MOST_ROWS:
        return no(
            "too_many",
            f"共 {amount.rows:,} 条，一次最多导出 {MOST_ROWS:,} 条。请按月份或进展分几次导出",
        )
    return YES


def can_ask_export(ledger: Ledger, taking: Taking, by: Actor, amount: Amount) -> Verdict:
    """The same, for what is made in the background: a person in a post, a few at a time."""
    verdict = can_take_out(ledger, taking, by, amount)
    if not verdict:
        return verdict
    if by.kind is not Kind.PERSON or not by.post_id:
        return no("no_power", "请用工作岗位登录，再导出")
    if amount.waiting >= MOST_WAITING:
        return no("waiting", f"您还有 {amount.waiting} 份正在生成，请等它们好了再导出")
    return YES


def can_keep_export(export: LedgerExport, by: Actor) -> Verdict:
    """What was made is for whoever asked; a second file for one export is not kept."""
    if by.kind is not Kind.CLOCK and by.person_id != export.person_id:
        return no("no_power", "这份台账是别人要的")
    if export.state != LedgerExport.State.WAITING:
        return no("wrong_state", "这份台账已经有结果了")
    return YES


def can_drop_export(export: LedgerExport, by: Actor, at: datetime) -> Verdict:
    """The clock when the days are over; sooner who asked, or who deals with their request."""
    if export.state == LedgerExport.State.REMOVED:
        return no("wrong_state", "这份台账已经删除了")
    if by.on_behalf_of == export.person_id:
        return YES
    if by.kind is Kind.CLOCK:
        over = at >= export.asked_at + timedelta(days=KEPT_DAYS)
        return YES if over else no("not_due", "还没有到删除的日子")
    return YES if by.person_id == export.person_id else no("no_power", "这份台账是别人要的")
