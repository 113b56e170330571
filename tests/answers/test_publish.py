"""同意公开: a second person; a story only while its asker agrees; nothing more is shown then."""

from datetime import timedelta

import pytest

from tests.answers.conftest import ASKED, TITLE, agrees, published, written
from tests.orders.traces import heard, last, refused, step
from tests.privacy.papers import publish as publish_words
from tests.privacy.papers import withdraw
from yizhan.answers import operations, queries
from yizhan.answers.models import PURPOSE, Answer
from yizhan.answers.queries import Wanted
from yizhan.orders import operations as orders
from yizhan.orders.models import Order

SEEN = {"unrecognisable": "on"}


def shown(at):
    """What every public way tells: list, count, search, the sheet of the month."""
    found = queries.found(Wanted(), at)
    searched = queries.found(Wanted(words="台阶"), at)
    of_month = [
        one
        for region in {answer.region for answer in Answer.objects.select_related("region")}
        for one in queries.of_month(region, at.date(), at)
    ]
    assert found.total == len(found.answers)
    assert bool(found.regions) == bool(found.groups) == bool(found.answers)
    return len(found.answers), len(searched.answers), len(of_month)


def test_the_second_person_lets_it_out(world, at):
    with heard() as said:
        answer = published(world, at)

    assert (answer.state, answer.published_by, answer.consent) == ("published", world.ma, None)
    moved = {"from": "waiting", "to": "published"}
    assert last(answer) == step("published", world.by.ma, at, **moved)
    assert "answer_published" not in {kind for kind, _ in said}
    assert shown(at) == (1, 1, 1)


def test_the_writer_is_not_the_second(world, at):
    answer = written(world, at)

    with refused("second_person", "另一位同志"):
        operations.publish(answer=answer, by=world.by.sun, at=at)
    assert shown(at) == (0, 0, 0)


def test_nobody_publishes_twice(world, at):
    answer = published(world, at)

    with refused("wrong_state", "没有等着看"):
        operations.publish(answer=answer, by=world.by.zhou, at=at)


@pytest.mark.parametrize("who", ["liu", "chen", "aunt_wang", "feng"])
def test_nobody_else_does(world, at, who):
    answer = written(world, at)

    with refused("not_your_post", "社区或街道"):
        operations.publish(answer=answer, by=getattr(world.by, who), at=at)


def test_a_story_tells_its_asker(world, at):
    agrees(world, at)
    answer = written(world, at, "story")

    with heard() as said:
        answer = operations.publish(answer=answer, by=world.by.ma, at=at)

    assert said == [("answer_published", world.aunt_wang.pk)]
    assert answer.consent.person == world.aunt_wang
    assert shown(at) == (1, 1, 1)


def test_not_after_consent_was_taken_back(world, at):
    agrees(world, at)
    answer = written(world, at, "story")
    withdraw(world, at, purpose=PURPOSE)

    with refused("no_consent", "撤回"):
        operations.publish(answer=answer, by=world.by.ma, at=at)


def test_a_story_goes_at_once_with_the_consent(world, at, browser):
    agrees(world, at)
    answer = published(world, at, "story")
    page = f"{answer.code}/"
    assert browser().get(page).status_code == 200

    withdraw(world, at + timedelta(hours=1), purpose=PURPOSE)

    assert shown(at + timedelta(hours=1)) == (0, 0, 0)
    assert browser().get(page).status_code == 404
    assert ASKED not in browser().get().text
    assert "撤回同意" in browser("sun").get("desk").text
    agrees(world, at + timedelta(hours=2))
    assert shown(at + timedelta(hours=2)) == (0, 0, 0)


def test_words_that_ask_again_stop_it_until_agreed_to(world, at):
    agrees(world, at)
    published(world, at, "story")
    publish_words(PURPOSE, "新的说法", at, asks_again=True)

    assert shown(at) == (0, 0, 0)
    agrees(world, at)
    assert shown(at) == (1, 1, 1)


def test_it_goes_with_the_words_of_the_order(world, at):
    agrees(world, at)
    published(world, at, "story")

    orders.erase_words(order=Order.objects.get(), by=world.by.aunt_wang, at=at)

    assert shown(at) == (0, 0, 0)


def test_the_page_of_the_second_person(world, at, browser):
    answer, second = written(world, at), browser("ma")
    path = f"{answer.code}/publish"

    assert "不能自己同意公开" in browser("sun").get(f"{answer.code}/record").text
    unread = second.send(path)
    assert (unread.status_code, "先看一遍" in unread.text) == (422, True)
    assert browser("sun").send(path, **SEEN).status_code == 409
    assert second.send(path, **SEEN).status_code == 302
    assert second.send(path, **SEEN).status_code == 409
    assert TITLE in browser().get().text


@pytest.mark.parametrize("who", ["grandpa_li", "aunt_wang", "chen", "liu", "feng", "qian"])
def test_outside(world, at, browser, who):
    answer = published(world, at)

    assert browser(who).get(f"{answer.code}/record").status_code == 404
    for verb in ("publish", "send_back", "retire", "rewrite"):
        assert browser(who).send(f"{answer.code}/{verb}", **SEEN).status_code == 404
