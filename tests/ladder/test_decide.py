"""作出决定: people say how a late order goes on, and why."""

import pytest

from tests.ladder.conftest import referred
from tests.orders.clockwork import moment
from tests.orders.traces import heard, last, refused, step
from yizhan.ladder import operations
from yizhan.ladder.models import Decision
from yizhan.orders import operations as orders

NOW = moment("2026-12-07 09:00")
WHY = "和单位谈过，周五前办好"


def decide(decision, by, choice="talk"):
    given = {"choice": Decision.Choice(choice), "words": WHY, "by": by, "at": NOW}
    return operations.decide(decision=decision, **given)


def test_what_was_decided_is_kept(world):
    decision = referred(world)

    with heard() as told:
        decision = decide(decision, world.by.zhou)

    assert (decision.state, decision.choice, decision.words.open()) == ("taken", "talk", WHY)
    moved = {"from": "waiting", "to": "taken", "choice": "talk"}
    assert last(decision) == step("taken", world.by.zhou, NOW, **moved)
    assert told == []
    decision.order.refresh_from_db()
    assert decision.order.state == "accepted"


@pytest.mark.parametrize("who", ["sun", "ma", "liu", "chen", "aunt_wang"])
def test_nobody_else(world, who):
    decision = referred(world)
    with refused("not_your_post", "由街道或区里来定"):
        decide(decision, getattr(world.by, who))


def test_once_and_not_when_it_is_over(world):
    first, second = referred(world), referred(world)
    decide(first, world.by.zhou)
    orders.finish(order=second.order, result="好了", by=world.by.chen, at=NOW)

    with refused("wrong_state", "已经有人定过了"):
        decide(first, world.by.zhou)
    with refused("order_over", "不用再定了"):
        decide(second, world.by.zhou)


@pytest.mark.parametrize(
    ("choice", "leads"),
    [("pend", "/pendings/{}/pend"), ("move", "/orders/{}/"), ("talk", "/ladder/desk")],
)
def test_the_page_leads_to_where_it_is_done(world, browser, choice, leads):
    decision = referred(world)
    street, path = browser("zhou", NOW), f"decisions/{decision.code}/decide"

    assert "接下来怎么办" in street.get(path).text
    assert street.send(path, choice=choice, words="").status_code == 422
    answer = street.send(path, choice=choice, words=WHY)
    assert answer["Location"] == leads.format(decision.order.code)
    assert street.send(path, choice=choice, words=WHY).status_code == 409
    assert WHY in street.get(path).text


@pytest.mark.parametrize(("who", "status"), [("liu", 404), ("feng", 404), ("sun", 200)])
def test_who_reads_it(world, browser, who, status):
    decision = referred(world)
    page = browser(who, NOW).get(f"decisions/{decision.code}/decide")
    assert page.status_code == status
