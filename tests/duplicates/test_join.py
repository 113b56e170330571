"""Asking for the same as somebody else instead of filing it again."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from tests.duplicates.alike import LIGHT, LIGHT_TOO, brought, caught_up, found
from tests.duplicates.door import Open
from yizhan.base.actor import ANONYMOUS
from yizhan.base.outbox import Notice
from yizhan.base.verdict import Refused
from yizhan.duplicates import operations, queries, rules
from yizhan.duplicates.operations.joining import Said
from yizhan.duplicates.tokens import LASTS, order_id_of, token_of
from yizhan.duplicates.vectors import SAME
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.orders.states import State


def joined(world: Any, at: Any, main: Order, by: Any = ANONYMOUS, **said: str) -> Order:
    return operations.join(main=main, said=Said(**said), by=by, at=at)


def test_join_places_and_merges_in_one(world: Any, at: Any) -> None:
    main = brought(world, at)
    order = joined(world, at, main, by=world.by.grandpa_li, words="二单元也不亮")

    main.refresh_from_db()
    assert (order.state, order.main_id, order.author_id) == (
        State.MERGED, main.pk, world.grandpa_li.pk,
    )  # fmt: skip
    assert (main.joined, order.category, order.region) == (1, main.category, main.region)
    assert order.receipt_code != main.receipt_code
    assert order.words.open() == "二单元也不亮"
    assert [step.kind for step in order.steps] == ["placed", "folded_in"]
    assert [step.kind for step in main.steps][-1] == "joined"
    told = Notice.objects.filter(to=world.grandpa_li).values_list("kind", flat=True)
    assert sorted(told) == ["order_folded_in", "order_placed"]


def test_words_are_optional(world: Any, at: Any) -> None:
    order = joined(world, at, brought(world, at))

    assert order.words.open() == SAME
    caught_up(at)
    orders.fold_out(order=order, by=world.by.sun, at=at)
    caught_up(at)
    assert found(world, at, SAME * 2) == []


def test_what_has_ended_meanwhile_is_refused_and_nothing_stays(world: Any, at: Any) -> None:
    main = brought(world, at)
    orders.turn_away(order=main, words="请到物业办", by=world.by.sun, at=at)

    with pytest.raises(Refused) as refused:
        joined(world, at, main)

    assert refused.value.code == "over"
    assert Order.objects.count() == 1


@pytest.mark.parametrize("category", ["care_elder", "daily_clinic", "neighbours_talk"])
def test_a_sensitive_matter_cannot_be_joined(world: Any, at: Any, category: str) -> None:
    main = brought(world, at, category=category)

    with pytest.raises(Refused) as refused:
        joined(world, at, main)

    assert refused.value.code == "not_shown"


def test_one_does_not_join_oneself(world: Any, at: Any) -> None:
    main = brought(world, at, by=world.by.aunt_wang)

    assert rules.can_join(main, world.by.aunt_wang).code == "own_order"
    caught_up(at)
    assert found(world, at, by=world.by.aunt_wang) == []


def test_the_word_for_an_order_opens_for_two_hours_and_cannot_be_made_up(at: Any) -> None:
    token = token_of(42, at)

    assert order_id_of(token, at) == order_id_of(token, at + LASTS) == 42
    assert order_id_of(token, at + LASTS + timedelta(seconds=1)) is None
    assert "42" not in token
    for wrong in ("", "42", "汉字", token[:-4], token[::-1], "A" * 300, "\0", token_of(1, at)[:-1]):
        assert order_id_of(wrong, at) is None
    assert token_of(42, at) != token


def typed(door: Open, world: Any, words: str = LIGHT_TOO, **more: str) -> Any:
    values = {"words": words, "region": world.weigong.code, "place": ""} | more
    return door().send("duplicates:suggest", **values)


def test_the_page_suggests_while_one_types(world: Any, at: Any, door: Open) -> None:
    brought(world, at)
    caught_up(at)
    answer = typed(door, world)

    assert answer.status_code == 200
    for words in ("是不是这件事？", "照明报修", "渭工路一带", "已收到", "提出"):
        assert words in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize(
    "more",
    [
        {"words": "灯"},
        {"words": "想借会议室开会"},
        {"region": ""},
        {"region": "000000000000"},
        {"region": "610302005013"},
        {"words": "\0"},
    ],
)
def test_often_there_is_nothing_to_say(world: Any, at: Any, door: Open, more: Any) -> None:
    brought(world, at)
    caught_up(at)
    answer = typed(door, world, **more)

    assert (answer.status_code, answer.text.strip()) == (200, "")


def test_who_asks_too_often_is_told_nothing(
    world: Any, at: Any, door: Open, monkeypatch: Any
) -> None:
    brought(world, at)
    caught_up(at)
    monkeypatch.setattr("yizhan.duplicates.views.can_go_on", lambda *_: False)

    assert typed(door, world).text.strip() == ""


def test_a_neighbouring_community_only_on_the_same_street(world: Any, at: Any) -> None:
    brought(world, at, place="渭工路 18 号院 3 号楼 201")
    caught_up(at)
    near = world.regions["610302002008"]

    assert found(world, at, region=near) == []
    assert found(world, at, region=near, place="经二路 3 号") == []
    assert len(found(world, at, region=near, place="渭工路 99 号")) == 1


def test_at_most_three(world: Any, at: Any) -> None:
    for number in range(5):
        brought(world, at, LIGHT + "啊" * number)
    caught_up(at)

    assert len(found(world, at)) == 3


SECRET: dict[str, Any] = {
    "words": "赵秀兰家三单元楼道的灯不亮，晚上上楼看不见，电话 13912345678",
    "place": "渭工路 77 号院 9 号楼 909",
    "contact_name": "赵大姐",
    "contact_phone": "13912345678",
}


def test_a_suggestion_holds_nothing_of_others(world: Any, at: Any, door: Open) -> None:
    """The differential test: whoever it is from, what others read is the same to the letter."""
    plain = brought(world, at, LIGHT, place="", contact_name="", contact_phone="")
    caught_up(at)
    [first] = found(world, at)
    orders.withdraw(order=plain, reason="", by=_holder(plain), at=at)
    secret = brought(world, at, **SECRET)
    caught_up(at)
    [second] = found(world, at)

    assert (first.about, first.area, first.state, first.placed_date) == (
        second.about, second.area, second.state, second.placed_date,
    )  # fmt: skip
    page = unescape(typed(door, world).text)
    for text in (*SECRET.values(), "赵秀兰", "909", "77", secret.code, secret.receipt_code):
        assert text not in page
    assert str(secret.pk) not in page.replace(second.token, "").split("value=")[0]


def _holder(order: Order) -> Any:
    from tests.orders.stories import holder

    return holder(order)


def test_from_the_suggestion_to_a_receipt(world: Any, at: Any, door: Open) -> None:
    main = brought(world, at)
    caught_up(at)
    [same] = found(world, at)
    visitor = door()
    page = visitor.send("duplicates:join", same=same.token, words="二楼到三楼也黑")

    assert page.status_code == 200
    assert "二楼到三楼也黑" in page.text
    assert Order.objects.count() == 1

    done = visitor.send("duplicates:join", same=same.token, sure="1", words="二楼到三楼也黑")
    order = Order.objects.exclude(pk=main.pk).get()
    assert done.status_code == 302
    assert done.headers["Location"] == f"/orders/{order.receipt_code}/?new=1"
    shown = visitor.client.get(done.headers["Location"]).text
    assert "和同一件事一起办" in shown
    assert main.code not in shown
    assert LIGHT not in shown


def test_too_late_on_the_page(world: Any, at: Any, door: Open) -> None:
    main = brought(world, at)
    token = queries.shown(main, at).token
    orders.turn_away(order=main, words="请到物业办", by=world.by.sun, at=at)

    answer = door().send("duplicates:join", same=token, sure="1")
    assert answer.status_code == 409
    assert "这件事刚刚有了结果" in answer.text
    assert "照明报修" not in answer.text
    assert "不是这件事，单独点单" in door().get("duplicates:join", same=token).text


@pytest.mark.parametrize("token", ["", "x", "000000", "汉字"])
def test_without_the_word_there_is_nothing(world: Any, at: Any, door: Open, token: str) -> None:
    brought(world, at)

    page = door().get("duplicates:join", same=token).text
    sent = door().send("duplicates:join", same=token, sure="1")

    assert "这个提示过期了" in page
    assert "照明报修" not in page
    assert (sent.status_code, Order.objects.count()) == (409, 1)


def test_a_bad_number_is_said(world: Any, at: Any, door: Open) -> None:
    token = queries.shown(brought(world, at), at).token
    answer = door().send("duplicates:join", same=token, sure="1", contact_phone="12")

    assert answer.status_code == 422
    assert "请填手机号，或带区号的座机号" in answer.text


def test_the_place_page_asks_while_typing(world: Any, at: Any, door: Open) -> None:
    page = door().get("orders:place").text

    assert 'hx-post="/duplicates/suggest"' in page
    assert "words,region,station,place" in page
