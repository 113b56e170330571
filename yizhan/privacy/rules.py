"""How much of a telephone number a post may see, and what must be written down for it."""

from typing import Literal

from yizhan.base.actor import Actor
from yizhan.base.verdict import YES, Verdict, no

Access = Literal["read", "reason", "masked", "never"]
FIND = "people.find"
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
