"""What may be asked and answered about a person's own data."""

from collections.abc import Sequence

from yizhan.base.actor import Actor, Kind
from yizhan.base.verdict import YES, Verdict, no
from yizhan.people.models import Person
from yizhan.privacy.asked import DESK, STREET, DataRequest

WORDS_AT_LEAST = 5
ASKED = DataRequest.Kind


def acts_as(person: Person, by: Actor) -> bool:
    """Whether the actor is this person, or the desk that carries out what the person asked for.

    Family that acts for a person asks and ends nothing about their data.
    """
    if by.on_behalf_of is None:
        return by.person_id is not None and by.person_id == person.pk
    return by.on_behalf_of == person.pk and by.may(DESK)


def at_desk(region_code: str, by: Actor) -> bool:
    """Whether the actor's post deals with requests from here; 6 digits are the whole district's."""
    widely = len(by.area) <= STREET and region_code == by.area[: len(region_code)]
    return by.may(DESK) and (by.reaches_region(region_code) or (bool(by.area) and widely))


def can_keep_desk(by: Actor) -> Verdict:
    """The desk is open to posts of an area that deal with requests."""
    if by.may(DESK) and by.area:
        return YES
    return no("not_your_post", "个人信息的申请由社区和街道受理")


def can_take_out(*, is_fresh: bool) -> Verdict:
    """All data of a person go out, or end, only soon after signing in."""
    return YES if is_fresh else no("sign_in_again", "为了保护您的信息，请再登录一次")


def can_ask_for(kind: str, words: str, *, is_waiting: bool) -> Verdict:
    """What is to be corrected or explained must be said; the same is asked once at a time."""
    if kind in (ASKED.CORRECT, ASKED.EXPLAIN) and len(words.strip()) < WORDS_AT_LEAST:
        return no("words", f"请写清楚是哪一条、怎么回事，至少 {WORDS_AT_LEAST} 个字")
    if is_waiting:
        return no("waiting", "同样的申请已经收到，正在办，不用再提")
    return YES


def can_file_request(by: Actor, kind: str, words: str, *, is_waiting: bool) -> Verdict:
    """Everyone asks about their own data, as the person they are."""
    if by.kind != Kind.PERSON or not by.person_id:
        return no("not_signed_in", "请先登录，好知道是谁的信息")
    if by.on_behalf_of is not None:
        return no("own_only", "个人信息的申请请本人来提，没有手机可以到社区办")
    return can_ask_for(kind, words, is_waiting=is_waiting)


def can_enter_request(
    by: Actor, kind: str, words: str, *, identity: str, person: Person | None, is_waiting: bool
) -> Verdict:
    """Staff write down what somebody asks who has no phone, after they made sure of who it is."""
    if not (desk := can_keep_desk(by)):
        return desk
    if identity not in (DataRequest.Identity.IN_PERSON, DataRequest.Identity.BY_PHONE):
        return no("identity", "请先核对是不是本人，再写下是怎么核对的")
    if person and person.pk == by.person_id:
        return no("own", "自己的信息请用自己的账号提")
    if person and person.forgotten_at:
        return no("forgotten", "这个账号已经注销")
    return can_ask_for(kind, words, is_waiting=is_waiting)


def can_deal_with(asked: DataRequest, by: Actor) -> Verdict:
    """A waiting request is dealt with by the desk of its area, never by who asked."""
    if not at_desk(asked.region_code, by):
        return no("not_your_post", "这项申请由本人所在社区或街道办理")
    if asked.person_id is not None and asked.person_id == by.person_id:
        return no("own", "自己的申请请同事办理")
    if asked.state != DataRequest.State.RECEIVED:
        return no("wrong_state", "这项申请已经答复或撤回")
    return YES


def can_answer_request(asked: DataRequest, by: Actor, words: str) -> Verdict:
    """An answer says what was done."""
    verdict = can_deal_with(asked, by)
    if verdict and len(words.strip()) < WORDS_AT_LEAST:
        return no("words", f"请写清楚办了什么，至少 {WORDS_AT_LEAST} 个字，本人会看到")
    return verdict


def can_refuse_request(asked: DataRequest, by: Actor, reason: str) -> Verdict:
    """A refusal says why, in words for the person."""
    verdict = can_deal_with(asked, by)
    if verdict and len(reason.strip()) < WORDS_AT_LEAST:
        return no("words", f"请写清楚为什么不能办，至少 {WORDS_AT_LEAST} 个字，本人会看到")
    return verdict


def can_withdraw_request(asked: DataRequest, by: Actor) -> Verdict:
    """Who asked takes it back while it waits; the desk does so for who has no account."""
    own = asked.person_id is not None and asked.person_id == by.person_id
    if not (own or (asked.entered_by_id and at_desk(asked.region_code, by))):
        return no("not_asker", "只有提出申请的人可以撤回")
    if asked.state != DataRequest.State.RECEIVED:
        return no("wrong_state", "这项申请已经答复，不用撤回")
    return YES


def can_take_copy(asked: DataRequest, by: Actor) -> Verdict:
    """The desk prints a copy only for a request for one that waits."""
    verdict = can_deal_with(asked, by)
    if verdict and asked.kind != ASKED.COPY:
        return no("not_asked", "本人没有要一份自己的信息")
    return verdict


def can_forget_person(person: Person, by: Actor, *, holds: Sequence[str]) -> Verdict:
    """Oneself, or staff who carry out what was asked, and only when nothing is under way."""
    if person.forgotten_at:
        return no("forgotten", "这个账号已经注销")
    if not acts_as(person, by):
        return no("not_self", "只有本人，或受本人委托办理的工作人员，可以注销")
    return no("still_needed", "；".join(holds)) if holds else YES


def can_forget_record(asked: DataRequest, by: Actor, *, holds: Sequence[str]) -> Verdict:
    """What somebody left behind without an account ends when the desk was asked for it."""
    if not at_desk(asked.region_code, by):
        return no("not_your_post", "这项申请由本人所在社区或街道办理")
    if not asked.is_ending:
        return no("not_asked", "本人没有要求删除")
    return no("still_needed", "；".join(holds)) if holds else YES


def can_forget_requests(person: Person, by: Actor) -> Verdict:
    """Only with the person themselves."""
    if acts_as(person, by):
        return YES
    return no("not_self", "只有本人，或受本人委托办理的工作人员，可以删除")
