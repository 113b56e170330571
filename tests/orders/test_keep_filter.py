"""存为常用筛选: a person's own ways to look at the table, twelve at most."""

import pytest

from tests.orders.door import assert_sent_to
from tests.orders.stories import accepted, placed
from yizhan.base.verdict import Refused
from yizhan.orders import listing, operations, queries, rules
from yizhan.orders.listing import Wanted
from yizhan.orders.models import SavedFilter


def keep(by, at, name="超期的", query="due=late"):
    return operations.keep_filter(name=name, query=query, by=by, at=at)


def names(by):
    return [(one.name, one.query) for one in queries.filters_of(by)]


def test_it_is_kept_for_oneself_alone(world, at):
    keep(world.by.sun, at)

    assert names(world.by.sun) == [("超期的", "due=late")]
    assert names(world.by.ma) == []


def test_the_same_name_again_means_the_new_filter(world, at):
    keep(world.by.sun, at)
    keep(world.by.sun, at, query="state=placed")

    assert names(world.by.sun) == [("超期的", "state=placed")]
    assert SavedFilter.objects.count() == 1


def test_twelve_at_most(world, at):
    for number in range(rules.FILTERS):
        keep(world.by.sun, at, name=f"第 {number} 个")
    with pytest.raises(Refused, match="最多存 12 个") as refused:
        keep(world.by.sun, at, name="再一个")
    keep(world.by.sun, at, name="第 3 个", query="state=placed")

    assert refused.value.code == "too_many"
    assert len(names(world.by.sun)) == rules.FILTERS
    operations.drop_filter(saved=SavedFilter.objects.all()[0], by=world.by.sun, at=at)
    keep(world.by.sun, at, name="再一个")


@pytest.mark.parametrize("who", ["aunt_wang", "chen", "qian"])
def test_only_who_has_the_table(world, at, who):
    with pytest.raises(Refused) as refused:
        keep(getattr(world.by, who), at)

    assert refused.value.code == "not_your_post"


def test_kept_and_used_on_the_page(world, at, door):
    order, taken, clerk = placed(world, at), accepted(world, at), door("sun")
    sent = {"name": "待受理的", "state": "placed", "category": "daily", "due": "nonsense"}
    answer = clerk.send("keep_filter", **sent)

    query = "state=placed&category=daily"
    assert_sent_to(answer, f"/orders/table?{query}")
    page = clerk.client.get(f"/orders/table?{query}").text
    assert "待受理的" in page
    assert order.code in page
    assert taken.code not in page
    assert "待受理的" not in door("ma").get("table").text


def test_without_a_name_the_table_comes_again(world, at, door):
    answer = door("sun").send("keep_filter", name="", state="placed")

    assert answer.status_code == 422
    assert "请给这个筛选起个名字" in answer.text
    assert 'name="state" value="placed"' in answer.text


def test_the_thirteenth_is_409_on_the_page(world, at, door):
    for number in range(rules.FILTERS):
        keep(world.by.sun, at, name=f"第 {number} 个")
    answer = door("sun").send("keep_filter", name="再一个", state="placed")

    assert answer.status_code == 409
    assert "最多存 12 个筛选" in answer.text


def test_what_the_address_says():
    words = {"state": "placed", "category": "daily", "due": "late", "x": "y"}
    wanted = Wanted.read(words)
    assert Wanted.parse(wanted.query) == wanted
    assert wanted.query == "state=placed&category=daily&due=late"
    assert Wanted.read({"state": "x", "due": "y", "category": "\0"}) == Wanted()


def test_counts_stop_at_a_thousand(world, at, door, monkeypatch):
    monkeypatch.setattr(listing, "MANY", 2)
    placed(world, at), placed(world, at)
    assert '<span class="num">2</span> 件' in door("sun").get("table").text
    placed(world, at)
    assert '<span class="num">2+</span> 件' in door("sun").get("table").text


def test_the_table_tells_late_from_due(world, at, door):
    late, soon = placed(world, at.replace(day=2)), placed(world, at)
    clerk = door("sun")

    assert late.code in clerk.get("table", due="late").text
    assert soon.code not in clerk.get("table", due="late").text
    assert soon.code not in clerk.get("table", due="today").text
