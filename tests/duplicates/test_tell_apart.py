"""Two orders are told apart for good; the list of those that may be about the same."""

from typing import Any

import pytest

from tests.duplicates.alike import LIGHT, LIGHT_TOO, brought, caught_up
from tests.duplicates.door import Open
from yizhan.base.verdict import Refused
from yizhan.duplicates import operations, queries
from yizhan.duplicates.models import Pair
from yizhan.orders.models import Order


def a_pair(world: Any, at: Any, **more: Any) -> Pair:
    brought(world, at, **more)
    brought(world, at, LIGHT_TOO, **more)
    caught_up(at)
    return Pair.objects.get()


def test_who_and_when_is_kept(world: Any, at: Any) -> None:
    pair = operations.tell_apart(pair=a_pair(world, at), by=world.by.sun, at=at)

    assert (pair.apart_at, pair.apart_by_id) == (at, world.sun.pk)
    assert [step.kind for step in pair.steps] == ["found_alike", "told_apart"]
    assert queries.likely(pair.newer, world.by.sun, at) == []


def test_once_and_by_who_triages_both(world: Any, at: Any) -> None:
    pair = a_pair(world, at)
    for who in ("aunt_wang", "chen", "feng"):
        with pytest.raises(Refused) as refused:
            operations.tell_apart(pair=pair, by=getattr(world.by, who), at=at)
        assert refused.value.code == "not_your_post"
    operations.tell_apart(pair=pair, by=world.by.sun, at=at)
    with pytest.raises(Refused) as refused:
        operations.tell_apart(pair=pair, by=world.by.ma, at=at)
    assert refused.value.code == "wrong_state"


def test_the_list_and_a_word_that_ends_it(world: Any, at: Any, door: Open) -> None:
    pair = a_pair(world, at)
    sun = door("sun")
    page = sun.get("duplicates:pairs").text
    assert pair.reason in page
    assert pair.newer.summary in page

    done = sun.send("duplicates:tell_apart", pair.newer.code, other=pair.older.code, back="pairs")
    assert done.headers["Location"] == "/duplicates/pairs"
    assert "没有可能重复的单子" in sun.get("duplicates:pairs").text
    caught_up(at)
    assert Pair.objects.count() == 1
    again = sun.send("duplicates:tell_apart", pair.newer.code, other=pair.older.code)
    assert again.status_code == 404


def test_the_list_is_for_who_triages_there(world: Any, at: Any, door: Open) -> None:
    pair = a_pair(world, at)

    assert pair.newer.summary in door("zhou").get("duplicates:pairs").text
    assert pair.newer.summary not in door("feng").get("duplicates:pairs").text
    for who in ("aunt_wang", "chen", "qian", "anju"):
        assert door(who).get("duplicates:pairs").status_code == 404


def test_a_pair_across_communities_is_for_the_street(world: Any, at: Any) -> None:
    brought(world, at)
    brought(world, at, LIGHT_TOO, region=world.regions["610302002008"])
    caught_up(at)

    assert queries.alike(world.by.sun, at, before=None).pairs == []
    assert len(queries.alike(world.by.zhou, at, before=None).pairs) == 1


def test_pages_of_it(world: Any, at: Any, door: Open, monkeypatch: Any) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    for number in range(3):
        brought(world, at, LIGHT + "了" * number)
    caught_up(at)
    sun = door("sun")

    first = queries.alike(world.by.sun, at, before=None)
    assert (len(first.pairs), first.after) == (2, first.pairs[1].pk)
    second = queries.alike(world.by.sun, at, before=first.after)
    assert (len(second.pairs), second.after) == (1, None)
    assert f"?before={first.after}" in sun.get("duplicates:pairs").text
    for wrong in ("x", "\0", "9" * 30, "-1"):
        assert sun.get("duplicates:pairs", before=wrong).status_code == 200


def test_the_list_asks_the_same_for_one_and_three(
    world: Any, at: Any, django_assert_num_queries: Any
) -> None:
    a_pair(world, at)
    with django_assert_num_queries(2):
        queries.alike(world.by.sun, at, before=None)
    brought(world, at, LIGHT + "了")
    caught_up(at)
    assert Pair.objects.count() == 3
    with django_assert_num_queries(2):
        page = queries.alike(world.by.sun, at, before=None)
        [(pair.newer.summary, pair.older.region.short_name) for pair in page.pairs]


def test_what_is_merged_or_over_is_no_longer_listed(world: Any, at: Any) -> None:
    pair = a_pair(world, at)
    operations.merge(main=pair.older, others=[pair.newer], by=world.by.sun, at=at)

    assert queries.alike(world.by.sun, at, before=None).pairs == []
    assert Order.objects.get(pk=pair.newer_id).main_id == pair.older_id
