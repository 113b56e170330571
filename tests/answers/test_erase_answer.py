"""What was told goes with the words of the order."""

from tests.answers.conftest import TITLE, published, written
from yizhan.answers import operations
from yizhan.answers.models import Answer
from yizhan.orders import cases
from yizhan.orders import operations as orders
from yizhan.orders.models import Order


def test_texts_and_remarks_go_and_the_history_stays(world, at):
    answer = written(world, at)
    operations.send_back(answer=answer, words="别写楼号", by=world.by.ma, at=at)
    order = Order.objects.with_names().get()
    assert TITLE in cases.copies(order)["公开的答复"]

    orders.erase_words(order=order, by=world.by.aunt_wang, at=at)

    answer = Answer.objects.get()
    assert (answer.state, answer.reason, answer.texts) == ("retired", "erased", ("", "", ""))
    assert [one.kind for one in answer.steps] == ["written", "sent_back", "erased"]
    assert [one.remark.text for one in answer.steps if one.remark] == [None]
    assert cases.copies(order) == {}


def test_what_was_retired_is_blanked_too_and_twice_changes_nothing(world, at):
    answer = published(world, at)
    operations.take_down(answer=answer, by=world.by.aunt_wang, at=at)
    given = {"order": answer.order, "by": world.by.sun, "at": at}

    assert operations.erase_answer(**given) == 1
    assert operations.erase_answer(**given) == 0
    assert Answer.objects.get().reason == "asked"
