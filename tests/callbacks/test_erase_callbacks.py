"""What was said on the telephone goes with the words of the order."""

from tests.callbacks.conftest import opened
from yizhan.callbacks import operations
from yizhan.callbacks.models import Callback
from yizhan.orders import operations as orders
from yizhan.ratings.models import Solved


def test_words_go_and_answers_stay(world, at):
    case = opened(world, at)
    callback = Callback.objects.get()
    given = {"solved": Solved.YES, "level": None, "words": "儿子来修的"}
    operations.reach(callback=callback, by=world.by.sun, at=at, **given)
    operations.rectify(rectification=case, words="修好了", by=world.by.sun, at=at)

    orders.erase_words(order=case.order, by=world.by.aunt_wang, at=at)

    callback.refresh_from_db()
    assert (callback.state, callback.solved) == ("reached", "yes")
    for subject in (callback, type(case).objects.get()):
        said = [one.remark.text for one in subject.steps if one.remark]
        assert said == [None]
        assert subject.steps.last().kind == "erased"


def test_where_nothing_was_said_nothing_changes(world, at):
    case = opened(world, at)

    assert operations.erase_callbacks(order=case.order, by=world.by.sun, at=at) == 0
