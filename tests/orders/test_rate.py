"""评单: by who asked, once a round, and not for the handler to read."""

import pytest
from django.db import IntegrityError, transaction

from tests.orders.door import assert_fragment, assert_kept, assert_late, assert_sent_to, assert_shut
from tests.orders.stories import accepted, anonymous, finished, holder, placed, rated
from tests.orders.traces import heard, last, refused, step
from yizhan.base.models import Notice, Step
from yizhan.orders import operations
from yizhan.ratings.models import Level, Rating, Solved


def rate(order, by, at, level=Level.BAD):
    return operations.rate(
        order=order, level=level, solved=Solved.PARTLY, words="灯还是有点暗", by=by, at=at
    )


def no_account(world, at):
    """An order of somebody without an account, done by 小陈."""
    order = anonymous(world, at)
    operations.dispatch(order=order, unit=world.units["B1"], pool=True, by=world.by.sun, at=at)
    operations.accept(order=order, by=world.by.chen, at=at)
    return operations.finish(order=order, result="换了一只灯泡", by=world.by.chen, at=at)


def test_the_resident_closes_the_loop(world, at):
    order = finished(world, at)

    with heard() as told:
        order = rate(order, world.by.aunt_wang, at)

    assert (order.state, order.version) == ("rated", 5)
    moved = {"from": "finished", "to": "rated", "round": 1}
    assert last(order) == step("rated", world.by.aunt_wang, at, **moved)
    [rating] = Rating.objects.all()
    assert (rating.subject_type, rating.subject_id, rating.round) == ("orders.order", order.pk, 1)
    assert (rating.level, rating.solved, rating.words.text.open()) == (2, "partly", "灯还是有点暗")
    assert (rating.person, rating.at) == (world.aunt_wang, at)
    assert told == [("order_rated", world.chen.pk)]


def test_the_handler_learns_that_it_was_rated_and_no_more(world, at):
    order = rate(finished(world, at), world.by.aunt_wang, at, Level.VERY_BAD)

    notice = Notice.objects.get(kind="order_rated")
    assert notice.facts == {"order": order.code}
    told = notice.title + notice.text
    assert not [label for label in Level.labels if label in told]
    facts = str(list(Step.objects.filter(kind="rated").values_list("facts", flat=True)))
    assert not [word for word in ("level", "solved", "partly", "words") if word in facts]


@pytest.mark.parametrize("who", ["chen", "liu"])
def test_handler_and_unit_do_not_read_it_on_the_page(world, at, door, who):
    order = rate(finished(world, at), world.by.aunt_wang, at, Level.VERY_BAD)
    page = door(who).get("show", order).text

    assert "已评单" in page
    assert not [word for word in ("非常不满意", "灯还是有点暗", "解决了一部分") if word in page]


@pytest.mark.parametrize("who", ["sun", "ma", "zhou"])
def test_the_offices_that_answer_for_the_work_read_it(world, at, door, who):
    order = rate(finished(world, at), world.by.aunt_wang, at, Level.VERY_BAD)
    page = door(who).get("show", order).text

    for word in ("非常不满意", "灯还是有点暗", "解决了一部分"):
        assert word in page


def test_a_clerk_who_did_the_work_does_not(world, at, door):
    order, unit = placed(world, at), world.units["C"]
    operations.dispatch(order=order, unit=unit, pool=True, by=world.by.ma, at=at)
    operations.invite(order=order, people=[world.sun], by=world.by.ma, at=at)
    operations.accept(order=order, by=world.by.sun, at=at)
    operations.finish(order=order, result="换了一只灯泡", by=world.by.sun, at=at)
    rate(order, world.by.aunt_wang, at, Level.VERY_BAD)

    assert "非常不满意" not in door("sun").get("show", order).text
    assert "非常不满意" in door("ma").get("show", order).text


def test_no_words_leave_no_remark(world, at):
    operations.rate(
        order=finished(world, at),
        level=Level.GOOD,
        solved=Solved.YES,
        words="",
        by=world.by.aunt_wang,
        at=at,
    )

    assert Rating.objects.get().words is None


def test_the_receipt_is_enough(world, at):
    order = no_account(world, at)

    assert rate(order, holder(order), at).state == "rated"
    assert Rating.objects.get().person is None


@pytest.mark.parametrize("who", ["grandpa_li", "chen", "sun", "ma", "liu", "zhou"])
def test_nobody_else_rates(world, at, who):
    order = finished(world, at)

    with refused("not_asker", "只有点单人可以评单"):
        rate(order, getattr(world.by, who), at)


def test_not_before_it_is_done(world, at):
    order = accepted(world, at)

    with refused("wrong_state", "办结后才能评单"):
        rate(order, world.by.aunt_wang, at)


def test_never_twice_in_one_round(world, at):
    order = rated(world, at)

    with refused("wrong_state", "办结后才能评单"):
        rate(order, world.by.aunt_wang, at)


def test_the_database_allows_no_second_rating_of_a_round_either(world, at):
    order = rated(world, at)
    values = {"subject_type": "orders.order", "subject_id": order.pk, "solved": "yes", "at": at}

    with pytest.raises(IntegrityError, match="rating_once_per_round"), transaction.atomic():
        Rating.objects.create(round=1, level=5, **values)
    assert Rating.objects.create(round=2, level=5, **values).round == 2


def test_a_plain_form(world, at, door):
    order = finished(world, at)
    answer = door("aunt_wang").send("rate", order, level="5", solved="yes", words="")

    assert_sent_to(answer, f"/orders/{order.code}/")
    rating = Rating.objects.get()
    assert (rating.level, rating.solved, rating.words) == (Level.VERY_GOOD, Solved.YES, None)


def test_by_receipt_without_login(world, at, door):
    receipt = no_account(world, at).receipt_code
    answer = door().send("rate", receipt, level="1", solved="no", words="没修好")

    assert_sent_to(answer, f"/orders/{receipt}/")
    assert (Rating.objects.get().level, Rating.objects.get().person) == (1, None)


def test_htmx(world, at, door):
    answer = door("aunt_wang").send("rate", finished(world, at), htmx=True, level="4", solved="yes")

    assert_fragment(answer, "谢谢您的评价", "已评单")


def test_the_page_never_mentions_points(world, at, door):
    order = finished(world, at)
    page = door("aunt_wang").get("show", order).text

    assert "非常满意" in page
    assert "积分" not in page


def test_nothing_is_chosen_beforehand(world, at, door):
    page = door("aunt_wang").get("show", finished(world, at)).text

    assert 'name="level"' in page
    assert "checked" not in page


def test_outside(world, at, door):
    assert_shut(door, "rate", finished(world, at), level="5", solved="yes")


def test_late(world, at, door):
    answer = door("aunt_wang").send("rate", rated(world, at), level="5", solved="yes")

    assert_late(answer, "办结后才能评单")


def test_both_questions_want_an_answer_and_the_words_stay(world, at, door):
    order = finished(world, at)
    answer = door("aunt_wang").send("rate", order, words="灯还是有点暗")

    assert_kept(answer, "请先选一个评价", "请选一下事情有没有解决", "\n灯还是有点暗</textarea>")
    assert not Rating.objects.exists()


def test_there_is_no_sixth_level(world, at, door):
    answer = door("aunt_wang").send("rate", finished(world, at), level="6", solved="yes")

    assert answer.status_code == 422
