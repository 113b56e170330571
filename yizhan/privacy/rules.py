"""Who may see what, with what written down for it; what can be agreed to, and by whom."""

from dataclasses import dataclass
from typing import Literal

from yizhan.base.actor import Actor, Kind
from yizhan.base.verdict import YES, Verdict, no
from yizhan.people.models import Person
from yizhan.privacy.models import SEES_WARDS, Ward
from yizhan.privacy.purposes import WARD, Purpose

Access = Literal["read", "reason", "masked", "never"]
FIND = "people.find"
REQUESTS = "privacy.requests"
AUDIT = "system.audit"
PURPOSE_AT_LEAST = 4


def phone_access(by: Actor, *, accepted: bool) -> Access:
    """How this actor sees the number in one piece of work: in full, with a reason, masked, never.

    `accepted` says that the actor has accepted the work and that the time to see it is not over.
    """
    if by.may("phone.read") or (by.may("phone.accepted") and accepted):
        return "read"
    if by.may("phone.reason"):
        return "reason"
    if by.may("phone.masked"):
        return "masked"
    return "never"


def can_unmask(by: Actor, *, accepted: bool, purpose: str) -> Verdict:
    """A full number is shown to those who may read it, to others with a written reason or not."""
    access = phone_access(by, accepted=accepted)
    if access == "read":
        return YES
    if access != "reason":
        return no("no_power", "您的岗位看不到完整号码")
    if len(purpose.strip()) < PURPOSE_AT_LEAST:
        return no("purpose", f"请写清楚为什么要看完整号码，至少 {PURPOSE_AT_LEAST} 个字")
    return YES


def can_find_by_phone(by: Actor) -> Verdict:
    """Finding a person by their number is for the counter and the telephone."""
    return YES if by.may(FIND) else no("no_power", "您的岗位不能按电话号码查人")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the ledger says of one person and one purpose now, and which words are in force.

    `number` is the version agreed to, 0 when nothing was. `counts` says that it still holds,
    `in_force` the version that would be agreed to now, 0 when none is published.
    """

    is_given: bool = False
    number: int = 0
    counts: bool = False
    in_force: int = 0


@dataclass(frozen=True, slots=True)
class Manner:
    """How a consent came: on the person's own page, or through staff, who name the paper."""

    channel: str = "page"
    paper: str = ""


ON_OWN_PAGE = Manner()


def can_keep_consents(by: Actor) -> Verdict:
    """Writing down what others agreed to is for the counter."""
    return YES if by.may(FIND) else no("no_power", "您的岗位不能替别人登记授权")


def can_answer_for(person: Person, by: Actor, power: str = FIND) -> Verdict:
    """Everyone agrees for themselves; the counter writes it down for whom it names."""
    if by.kind is not Kind.PERSON:
        return no("not_self", "请先登录，再办这件事")
    if by.person_id == person.pk and by.on_behalf_of is None:
        return YES
    if by.on_behalf_of != person.pk or by.person_id == person.pk:
        return no("not_self", "只能本人同意或撤回，或到柜台请工作人员登记")
    if person.home and not by.reaches_region(person.home.code):
        return no("outside", "这位居民不住在您管的片区")
    return YES if by.may(power) else no("no_power", "您的岗位不能替别人登记授权")


def can_stop_for(person: Person, by: Actor) -> Verdict:
    """Withdrawing is easier: the desk for requests may write it down too, and the clock."""
    if by.kind is Kind.CLOCK or (verdict := can_answer_for(person, by)):
        return YES
    return can_answer_for(person, by, REQUESTS) if verdict.code == "no_power" else verdict


def can_give_consent(
    purpose: Purpose | None, person: Person, by: Actor, now: Standing, number: int, manner: Manner
) -> Verdict:
    """Only what is asked can be agreed to, in the words in force, and by staff with a paper."""
    if purpose is None or not purpose.is_asked:
        return no("not_asked", "这一项是本职，不用同意，只要告诉您")
    verdict = can_answer_for(person, by)
    if not verdict:
        return verdict
    if not now.in_force:
        return no("no_text", "这一项的文字还没有发布，暂时不能同意")
    if number != now.in_force:
        return no("text_changed", "文字刚刚改过，请看过新的再决定")
    if now.is_given and now.counts and now.number == now.in_force:
        return no("given", "这一项已经同意过了")
    return _written_down(by, manner)


def _written_down(by: Actor, manner: Manner) -> Verdict:
    if (manner.channel == "page") != (by.on_behalf_of is None):
        return no("channel", "本人在网页上同意；工作人员登记时要写明怎么来的")
    if by.on_behalf_of is not None and not manner.paper.strip():
        return no("paper", "请填写纸质同意书或通话记录的编号")
    return YES


def can_withdraw_consent(person: Person, by: Actor, now: Standing) -> Verdict:
    """Whoever may agree may withdraw, at any time, without a reason and without a paper."""
    verdict = can_stop_for(person, by)
    if not verdict:
        return verdict
    return YES if now.is_given else no("not_given", "这一项没有同意过，不用撤回")


def can_name_ward(purpose: str, ward_code: str) -> Verdict:
    """A guardian agrees for one child at a time; everything else is one's own."""
    if (purpose == WARD) == bool(ward_code):
        return YES
    return no("ward", "替孩子的同意，请在「我的孩子」里逐个登记")


def can_register_ward(guardian: Person, by: Actor) -> Verdict:
    """A guardian is somebody whose number was verified."""
    verdict = can_answer_for(guardian, by)
    if not verdict:
        return verdict
    if not guardian.phone_verified_at or not guardian.phone_index:
        return no("no_phone", "监护人要先用手机号登录一次，验证过号码才能登记孩子")
    return YES


def can_end_ward(ward: Ward, by: Actor) -> Verdict:
    """The guardian ends it, or staff for them; once."""
    verdict = can_stop_for(ward.guardian, by)
    if not verdict:
        return verdict
    return no("ended", "这个孩子的登记已经撤下了") if ward.ended_at else YES


def can_act_for_ward(ward: Ward, by: Actor, *, agreed: bool) -> Verdict:
    """Nothing is recorded for a ward but by the guardian, and only while the consent stands.

    `agreed` is `queries.has_consent` of the guardian for this ward.
    """
    verdict = can_answer_for(ward.guardian, by)
    if not verdict:
        return verdict
    if ward.ended_at:
        return no("ended", "这个孩子的登记已经撤下了")
    return YES if agreed else no("no_consent", "监护人还没有同意，不能替这个孩子办")


def can_see_wards(by: Actor, *, reason: str) -> Verdict:
    """Staff see minors only with a written reason; the powers are those of the counter."""
    if not by.may(SEES_WARDS) or not by.area:
        return no("no_power", "您的岗位看不到孩子的登记")
    if len(reason.strip()) < PURPOSE_AT_LEAST:
        return no("reason", f"请写清楚为什么要看，至少 {PURPOSE_AT_LEAST} 个字")
    return YES


def can_list_wards(by: Actor, *, reason: str) -> Verdict:
    """The list of an area needs a reason like a single record."""
    return can_see_wards(by, reason=reason)


def can_open_ward(ward: Ward, by: Actor, *, reason: str) -> Verdict:
    """One record: with a reason, and within the area where the guardian lives."""
    verdict = can_see_wards(by, reason=reason)
    if not verdict:
        return verdict
    if ward.ended_at:
        return no("ended", "这个孩子的登记已经撤下了")
    if not by.reaches_region(ward.scope_code):
        return no("outside", "这个孩子不在您管的片区")
    return YES


def can_end_period(by: Actor) -> Verdict:
    """Periods end by the clock; nobody ends data early or keeps them longer by hand."""
    return YES if by.kind is Kind.CLOCK else no("clock_only", "保存期限由系统按时办")


def can_keep_check(by: Actor) -> Verdict:
    """The chain is checked by the clock or from the command line, never from a page."""
    return YES if by.kind is Kind.CLOCK else no("clock_only", "核验由系统按时办，或用命令办")


def can_keep_head(by: Actor) -> Verdict:
    """The head of a day is kept by the clock."""
    return YES if by.kind is Kind.CLOCK else no("clock_only", "链头由系统每天保存")


def can_audit(by: Actor) -> Verdict:
    """The record is read by the audit administrator alone."""
    return YES if by.may(AUDIT) else no("no_power", "查看记录由审计管理员查阅")
