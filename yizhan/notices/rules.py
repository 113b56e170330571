"""An inbox belongs to one person; a text message waits for the morning."""

from datetime import datetime, timedelta

from yizhan.base.actor import Actor, Kind
from yizhan.base.outbox import Notice
from yizhan.base.verdict import YES, Verdict, no
from yizhan.clocks.calendar import BEIJING, QUIET_FROM, QUIET_TO, quiet_until
from yizhan.people.models import CARDS, Person


def can_read(notice: Notice, by: Actor) -> Verdict:
    """Only the person it was sent to."""
    if by.person_id and notice.to_id == by.person_id:
        return YES
    return no("not_yours", "这条消息不是发给您的")


def can_read_all(by: Actor) -> Verdict:
    """Only someone who has an inbox."""
    return YES if by.person_id else no("not_signed_in", "请先登录")


def print_list_of(person: Person | None) -> str:
    """The community on whose print list messages go to a person who has no other way; or none."""
    if person is None or person.phone or person.username or person.last_login:
        return ""
    return person.home.code if person.home else ""


def can_tick_off(notice: Notice, by: Actor) -> Verdict:
    """The counter of the community, once."""
    if not (notice.print_list and by.may(CARDS) and by.reaches_region(notice.print_list)):
        return no("outside", "这份答复不在您的辖区")
    return no("ticked", "这份答复已经送到了") if notice.read_at else YES


def can_forget_number(by: Actor) -> Verdict:
    """Somebody who is known, or the clock; whose number it is has been asked above."""
    if by.kind is Kind.CLOCK or by.person_id:
        return YES
    return no("not_signed_in", "请先登录")


def quiet_end(at: datetime, *, staff: bool) -> datetime | None:
    """When a text message may go out; None for now.

    Nobody is woken between 20:00 and 08:00 Beijing time; staff are left alone on days off too.
    """
    if staff:
        return quiet_until(at)
    local = at.astimezone(BEIJING)
    if QUIET_TO <= local.time() < QUIET_FROM:
        return None
    day = local.date() if local.time() < QUIET_TO else local.date() + timedelta(days=1)
    return datetime.combine(day, QUIET_TO, tzinfo=BEIJING)
