"""What was written, and whom it was about, goes with the words of the order."""

from tests.conduct.conftest import APPEAL, DECISION, WHY, appealed, flagged
from tests.orders.stories import finished
from yizhan.conduct import operations
from yizhan.conduct.models import Flag
from yizhan.orders import cases
from yizhan.orders import operations as orders
from yizhan.orders.models import Order


def test_words_and_person_go_and_the_count_stays(world, at):
    order = finished(world, at)
    flag = operations.dismiss(
        flag=flagged(world, at, order), words="不是一处", by=world.by.zhou, at=at
    )
    kept = cases.copies(Order.objects.with_names().get())
    assert WHY in kept[f"使用记录 {flag.code}"]

    orders.erase_words(order=order, by=world.by.aunt_wang, at=at)

    flag = Flag.objects.get()
    assert (flag.state, flag.reason, flag.erased_at) == ("dismissed", "repeated", at)
    assert (flag.why, flag.person, flag.number_index) == (None, None, None)
    assert [one.remark.text for one in flag.steps if one.remark] == [None]
    assert cases.copies(order) == {}


def test_the_copy_holds_all_that_was_said(world, at):
    flag = appealed(world, at)

    (said,) = [v for k, v in cases.copies(flag.order).items() if flag.code in k]
    for words in (WHY, DECISION, APPEAL, "一天最多点 1 件"):
        assert words in said


def test_twice_changes_nothing(world, at):
    flag = appealed(world, at)

    assert operations.erase_flag(order=flag.order, by=world.by.sun, at=at) == 1
    assert operations.erase_flag(order=flag.order, by=world.by.sun, at=at) == 0
