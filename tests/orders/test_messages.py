"""Messages: every kind, and none that says what the order is about."""

import pytest

from tests.orders import stories
from tests.orders.stories import anonymous, at_counter, entered_for, placed, registered
from yizhan.base.codes import spaced
from yizhan.base.models import Notice
from yizhan.base.outbox import KINDS
from yizhan.orders import operations
from yizhan.orders.models import Order
from yizhan.ratings.models import Level, Solved

WORDS = "三单元的楼道灯不亮"
SAID = ("住几楼", "住二楼", "没有梯子", "换了一只灯泡", "还没修好", "自己换", "政务大厅")
KNOWN = ("13800000001", "3 号楼", "18 号院", "王阿姨", "王桂兰")
GONE = (
    "order_for_unit",
    "order_rated",
    "order_appointed",
    "order_extension_decided",
)  # fmt: skip; no longer in the unit's hands
SECRETS = (WORDS, *SAID, *KNOWN, "家庭小修", "生活帮扶", "维修")


def everything_happens(world, at, start):
    """Orders of one author, led through every act, so that every kind of message is written."""
    sun, chen, asker = world.by.sun, world.by.chen, start(world, at)
    by = world.by.aunt_wang if asker.author_id else stories.holder(asker)
    order = operations.admit(order=asker, by=sun, at=at)
    order = operations.ask(order=order, question="住几楼？", by=sun, at=at)
    order = operations.answer(order=order, words="住二楼", by=by, at=at)
    give = {"order": order, "unit": world.units["B1"], "pool": False, "by": sun, "at": at}
    operations.dispatch(**give)
    operations.send_back(order=order, reason="没有梯子", by=world.by.liu, at=at)
    operations.dispatch(**give)
    operations.invite(order=order, people=[world.chen], by=sun, at=at)
    operations.accept(order=order, by=chen, at=at)
    more_time_is_asked(order, sun, chen, at)
    operations.hand_over(order=order, to=world.he, by=chen, at=at)
    operations.accept(order=order, by=world.by.he, at=at)
    operations.finish(order=order, result="换了一只灯泡", by=world.by.he, at=at)
    given = {"level": Level.BAD, "solved": Solved.NO, "words": "还没修好"}
    operations.rate(order=order, by=by, at=at, **given)
    operations.reopen(order=order, reason="还没修好", by=by, at=at)
    operations.withdraw(order=order, reason="自己换了", by=by, at=at)
    other = start(world, at)
    operations.turn_away(order=other, words="请到政务大厅", by=sun, at=at)
    operations.undo(order=other, by=sun, at=at)
    operations.dispatch(**(give | {"order": other}))
    operations.undo(order=other, by=sun, at=at)
    cases_happen(world, at, start)


def more_time_is_asked(order, sun, chen, at):
    """Twice: refused, then granted."""
    for decide, said in (
        (operations.refuse_extension, {"reason": "没有梯子"}),
        (operations.grant_extension, {"words": "没有梯子"}),
    ):
        operations.ask_extension(order=order, days=2, reason="没有梯子", by=chen, at=at)
        decide(order=order, by=sun, at=at, **said)


def cases_happen(world, at, start):
    """The same for what goes on beside an order."""
    sun, ma, zhou, liu = world.by.sun, world.by.ma, world.by.zhou, world.by.liu
    order = operations.admit(order=start(world, at), by=sun, at=at)
    operations.escalate(order=order, reason="没有梯子", by=ma, at=at)
    operations.send_down(order=order, reason="没有梯子", by=zhou, at=at)
    operations.set_aside(order=order, reason="没有梯子", by=sun, at=at)
    operations.take_up(order=order, reason="没有梯子", by=sun, at=at)
    give = {"order": order, "unit": world.units["B1"], "pool": False, "by": sun, "at": at}
    operations.dispatch(**give)
    operations.call_in(order=order, by=sun, at=at)
    operations.dispatch(**give)
    operations.dispute(order=order, reason="没有梯子", by=liu, at=at)
    operations.settle(order=order, unit=world.units["B1"], words="没有梯子", by=zhou, at=at)
    other = start(world, at)
    operations.fold_in(order=other, main=order, by=sun, at=at)
    operations.fold_out(order=other, by=sun, at=at)


@pytest.mark.parametrize("start", [placed, anonymous])
def test_no_message_says_what_the_order_is_about(world, at, start):
    everything_happens(world, at, start)
    person = registered(world, at)
    order = entered_for(world, person, at)
    operations.withdraw(order=order, reason="", by=at_counter(world.by.sun, person, at), at=at)
    notices = list(Notice.objects.all())

    assert {one.kind for one in notices} == {
        kind for kind in KINDS if kind.startswith("order_")
    } - {"order_recomputed"}  # by the clock alone: test_recompute_provisional
    for notice in notices:
        told = notice.title + notice.text + str(notice.facts)
        assert not [secret for secret in SECRETS if secret in told], notice.kind
        assert not [label for label in (*Level.labels, *Solved.labels) if label in told]
        assert notice.link.startswith("/orders/")
        assert "！" not in notice.title + notice.text


def test_every_message_leads_its_reader_to_a_page(world, at, door):
    everything_happens(world, at, placed)
    people = {person.pk: key for key, person in vars(world).items() if hasattr(person, "phone")}

    for notice in Notice.objects.exclude(kind__in=GONE):
        if notice.kind in ("order_invited", "order_handing_over"):
            continue
        assert door(people[notice.to_id]).client.get(notice.link).status_code == 200, notice.kind


def test_messages_without_an_account_carry_the_receipt(world, at, door):
    everything_happens(world, at, anonymous)

    for notice in Notice.objects.filter(to=None):
        order = Order.objects.get(pk=notice.subject_id)
        assert spaced(order.receipt_code) in notice.text
        assert door().client.get(notice.link).status_code == 200
    for notice in Notice.objects.exclude(to=None):
        assert "回执码" not in notice.text
