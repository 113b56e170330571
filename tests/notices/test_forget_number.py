"""A number leaves every message, and what waited for it is never sent."""

from tests.orders import stories
from tests.orders.traces import refused
from yizhan.base import sms
from yizhan.base.actor import ANONYMOUS, CLOCK
from yizhan.base.models import Notice, TextMessage
from yizhan.notices.operations import deliver, forget_number

NUMBER, OTHER = "13800000001", "13900000099"


def test_the_number_goes_and_nothing_more_is_sent(world, at, settings):
    settings.SMS_SENDER = "demo"
    stories.anonymous(world, at)
    stories.anonymous(world, at, contact_phone=OTHER)
    sms.send(NUMBER, "王桂兰您好", kind="order_placed", at=at)

    assert forget_number(phone=NUMBER, by=CLOCK, at=at) == 2

    numbers = Notice.objects.exclude(phone=None).values_list("phone", flat=True)
    assert [sealed.open() for sealed in numbers] == [OTHER]
    mine = Notice.objects.get(print_list="forgotten")
    assert (mine.phone, mine.sent_at) == (None, at)
    assert deliver(notice_id=mine.pk, at=at) is None
    text = TextMessage.objects.get()
    assert (text.phone, text.text, text.kind) == (None, None, "order_placed")


def test_what_waits_about_something_else_is_left(world, at):
    first, second = stories.anonymous(world, at), stories.anonymous(world, at)
    assert Notice.objects.exclude(phone=None).count() == 2

    assert forget_number(phone=NUMBER, subject=first, by=CLOCK, at=at) == 1

    left = Notice.objects.exclude(phone=None).get()
    assert (left.subject_id, left.sent_at) == (second.pk, None)


def test_an_empty_number_is_nobody_s(world, at):
    stories.anonymous(world, at)

    assert forget_number(phone="", by=CLOCK, at=at) == 0
    assert Notice.objects.exclude(phone=None).count() == 1


def test_a_stranger_may_not(world, at):
    with refused("not_signed_in", "登录"):
        forget_number(phone=NUMBER, by=ANONYMOUS, at=at)
