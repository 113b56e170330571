"""删除内容: what was said and shown leaves an order that is over, with its asker."""

from dataclasses import replace

import pytest

from tests.orders.stories import accepted, anonymous, finished, holder, rated, withdrawn
from tests.orders.test_photos import picture
from tests.orders.traces import last, refused, step
from tests.world import wish
from yizhan.base.actor import CLOCK
from yizhan.base.chain import seal_waiting, verify
from yizhan.orders import operations
from yizhan.orders.models import ERASED, Order, Photo
from yizhan.ratings.models import Rating


@pytest.mark.parametrize("story", [finished, rated, withdrawn])
def test_words_contact_and_remarks_go(world, at, story):
    before = story(world, at)
    receipt = before.receipt_code

    order = operations.erase_words(order=before, by=world.by.aunt_wang, at=at)

    kept = Order.objects.get(pk=order.pk)
    assert (kept.contact_name, kept.contact_phone, kept.place, kept.words) == (None,) * 4
    assert (kept.state, kept.author_id, kept.summary) == (before.state, before.author_id, ERASED)
    assert Order.objects.of_receipt(receipt) is None
    assert last(kept) == step("erased", world.by.aunt_wang, at, photos=0)
    remarks = [one.remark for one in kept.steps.select_related("remark") if one.remark]
    assert {(one.text, one.erased_at) for one in remarks} <= {(None, at)}
    seal_waiting(at=at)
    assert verify() == []


def test_the_words_of_a_rating_go_and_its_level_stays(world, at):
    operations.erase_words(order=rated(world, at), by=CLOCK, at=at)

    rating = Rating.objects.select_related("words").get()
    assert (rating.level, rating.solved) == (4, "yes")
    assert (rating.words.text, rating.words.erased_at) == (None, at)


def test_the_photos_go_and_how_many_there_were_stays(world, at):
    order = withdrawn(world, at, photos=(picture(), picture()))

    operations.erase_words(order=order, by=world.by.sun, at=at)

    assert not Photo.objects.exists()
    assert order.steps.last().facts == {"photos": 2}


def test_while_it_is_open_nothing_goes(world, at):
    order = accepted(world, at)

    with refused("still_open", "还在办"):
        operations.erase_words(order=order, by=world.by.sun, at=at)


@pytest.mark.parametrize("who", ["grandpa_li", "chen", "feng", "liu"])
def test_nobody_else_may(world, at, who):
    order = finished(world, at)

    with refused("not_your_post", "由点单人申请"):
        operations.erase_words(order=order, by=getattr(world.by, who), at=at)


def test_for_a_person_only_what_is_theirs(world, at):
    paper = anonymous(world, at)
    operations.withdraw(order=paper, reason="", by=holder(paper), at=at)
    theirs = operations.place(wish=wish(world), by=world.by.grandpa_li, at=at)
    operations.withdraw(order=theirs, reason="", by=world.by.grandpa_li, at=at)
    by = replace(world.by.feng, on_behalf_of=world.aunt_wang.pk)

    operations.erase_words(order=paper, person=world.aunt_wang, by=by, at=at)
    with refused("not_your_post", "由点单人申请"):
        operations.erase_words(order=theirs, person=world.aunt_wang, by=by, at=at)

    operations.forget_asker(order=theirs, person=world.aunt_wang, by=by, at=at)
    assert Order.objects.get(pk=theirs.pk).words


def test_the_pages_say_that_it_is_gone(world, at, door):
    order = operations.erase_words(order=finished(world, at), by=world.by.aunt_wang, at=at)

    for key, name in (("sun", "show"), ("sun", "sheet"), ("aunt_wang", "show")):
        assert ERASED in door(key).get(name, order).text
    assert ERASED in door("sun").get("table").text
