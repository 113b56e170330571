"""Placing by JSON, and the key that makes a repetition harmless."""

import pytest

from tests.orders.stories import dispatched, placed
from tests.orders.traces import kinds, last, step
from yizhan.base.codes import is_receipt
from yizhan.base.models import Notice
from yizhan.orders.models import Order

WISH = {"words": "三单元的楼道灯不亮", "region": "610302002002", "category": "daily_repair"}


def test_placing_as_a_resident(world, at, machine):
    answer = machine("aunt_wang").send("", **WISH, contact_phone="13800000001", place="三单元")

    order = Order.objects.get()
    told = answer.json()
    assert answer.status_code == 201
    assert is_receipt(told["receipt"])
    assert told["receipt"] == order.receipt_code
    assert (told["state"], told["state_name"], told["words"]) == ("placed", "待受理", WISH["words"])
    assert (order.author, order.place.open(), order.placed_at) == (world.aunt_wang, "三单元", at)
    facts = {"source": "phone_page", "category": "daily_repair", "station": "", "photos": 0}
    assert last(order) == step("placed", world.by.aunt_wang, at, **facts)
    assert "withdraw" in told["may"]
    assert "13800000001" not in answer.text


def test_entering_as_staff(world, machine):
    answer = machine("qian").send("/enter", **WISH, source="caller")

    order = Order.objects.get()
    assert answer.status_code == 201
    assert (order.source, order.entered_by, order.author) == ("caller", world.qian, None)


def test_entering_is_refused_with_code_and_reason(machine):
    answer = machine("feng").send("/enter", **WISH, source="caller")

    told = {"code": "outside", "reason": "这个地方不在您的辖区"}
    assert (answer.status_code, answer.json()) == (409, told)
    assert not Order.objects.exists()


def test_asking_for_a_call(world, machine):
    answer = machine("aunt_wang").send("/call_back", phone="13800000001", region="610302002002")

    order = Order.objects.get()
    assert (answer.status_code, order.source, order.author) == (201, "call_back", world.aunt_wang)


def test_an_exit_is_409_and_says_where_to_go(machine):
    answer = machine("aunt_wang").send("", **{**WISH, "category": "emergency"})

    assert (answer.status_code, answer.json()["code"]) == (409, "exit_emergency")
    assert "马上拨打" in answer.json()["reason"]


@pytest.mark.parametrize("path", ["", "/enter", "/call_back"])
def test_placing_needs_a_key(machine, path):
    sent = {**WISH, "source": "caller", "phone": "13800000001"}

    assert machine().send(path, **sent).status_code == 401
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"words": "灯"},
        {"words": "长" * 1001},
        {"region": None},
        {"region": "610302999999"},
        {"region": "610302100001"},
        {"category": "nothing"},
        {"station": "NONE"},
        {"contact_phone": "12"},
        {"contact_phone": "13800000001\n"},
        {"words": "三单元\x00的灯不亮"},
        {"place": "\x00"},
    ],
)
def test_what_is_wrong_is_422(machine, fields):
    answer = machine("aunt_wang").send("", **{**WISH, **fields})

    assert (answer.status_code, list(answer.json())) == (422, ["detail"])
    assert not Order.objects.exists()


def test_the_same_key_gives_the_same_order(machine):
    system = machine("qian")
    first, second = (system.send("/enter", once="k1", **WISH, source="caller") for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert Order.objects.count() == 1


def test_the_same_key_with_other_words_is_refused(machine):
    system = machine("qian")
    system.send("/enter", once="k1", **WISH, source="caller")
    answer = system.send("/enter", once="k1", **WISH, source="walk_in")

    assert (answer.status_code, answer.json()["code"]) == (409, "command_reused")
    assert Order.objects.count() == 1


def test_the_same_key_on_another_order_is_refused(world, at, machine):
    one, two = placed(world, at), placed(world, at)
    system = machine("sun")
    system.send(f"/{one.code}/admit", once="k1")

    assert system.send(f"/{two.code}/admit", once="k1").json()["code"] == "command_reused"
    two.refresh_from_db()
    assert two.state == "placed"


def test_a_repeated_act_is_done_once(world, at, machine):
    order, system = placed(world, at), machine("sun")
    sent = [system.send(f"/{order.code}/admit", once="k1").status_code for _ in range(2)]

    assert sent == [200, 200]
    assert kinds(order) == ["placed", "admitted"]
    assert Notice.objects.filter(kind="order_admitted").count() == 1


def test_a_refusal_is_repeated_too(world, at, machine):
    order, system = dispatched(world, at), machine("sun")
    first = system.send(f"/{order.code}/admit", once="k1")

    assert first.status_code == 409
    assert system.send(f"/{order.code}/admit", once="k1").json() == first.json()


def test_two_systems_may_use_the_same_key(machine):
    for who in ("qian", "sun"):
        assert machine(who).send("/enter", once="k1", **WISH, source="caller").status_code == 201

    assert Order.objects.count() == 2
