"""The four clocks of an order: what each act does to them, under a moved clock."""

from datetime import timedelta

import pytest

from tests.orders import stories
from tests.orders.clockwork import MONDAY, clocks, lights, moment, same
from tests.world import wish
from yizhan.clocks import allowances
from yizhan.clocks.models import Clock
from yizhan.orders import operations
from yizhan.orders.states import Source

HOUR = timedelta(hours=1)
TEN, NOON, TUESDAY = MONDAY + HOUR, MONDAY + 2 * HOUR, moment("2026-11-24 10:00")
FRIDAY = moment("2026-11-27 10:00")
ALL = {"sign": "green", "arrange": "green", "contact": "green", "resolve": "green"}


def dispatched(world, order, at):
    given = {"unit": world.units["B1"], "pool": True, "by": world.by.sun, "at": at}
    return operations.dispatch(order=order, **given)


def taken(world, at):
    order = dispatched(world, stories.placed(world, MONDAY), TEN)
    return operations.accept(order=order, by=world.by.chen, at=at)


def test_placing_starts_all_four(world):
    order = stories.placed(world, MONDAY)

    assert lights(order, MONDAY) == ALL
    assert {kind: one.due_at for kind, one in clocks(order).items()} == {
        "sign": moment("2026-11-23 15:00"),
        "arrange": moment("2026-11-24 09:30"),
        "contact": moment("2026-11-24 18:00"),
        "resolve": moment("2026-11-30 18:00"),
    }
    assert same(order)
    assert {one.about for one in clocks(order).values()} == {"daily_repair"}


def test_in_one_statement_more(world, django_assert_num_queries, django_assert_max_num_queries):
    with django_assert_max_num_queries(14) as sent:
        stories.placed(world, MONDAY)
    assert sum("clocks_clock" in one["sql"] for one in sent.captured_queries) == 1


@pytest.mark.parametrize("act", ["dispatch", "finish", "admit", "withdraw"])
def test_an_act_costs_one_statement_more(world, django_assert_max_num_queries, act):
    order = taken(world, NOON) if act == "finish" else stories.placed(world, MONDAY)
    by = {"finish": world.by.chen, "withdraw": world.by.aunt_wang}.get(act, world.by.sun)
    given = {
        "dispatch": {"unit": world.units["B1"], "pool": True},
        "finish": {"result": "好了"},
        "withdraw": {"reason": ""},
    }.get(act, {})

    with django_assert_max_num_queries(30) as sent:
        getattr(operations, act)(order=order, by=by, at=FRIDAY, **given)
    assert sum("clocks_clock" in one["sql"] for one in sent.captured_queries) == 1


@pytest.mark.parametrize("source", [Source.WALK_IN, Source.CALLER])
def test_at_a_counter_somebody_has_answered(world, source):
    order = operations.enter(wish=wish(world), source=source, by=world.by.sun, at=MONDAY)

    assert lights(order, MONDAY) == ALL | {"sign": "met"}


def test_the_first_human_act_meets_sign(world):
    order = operations.admit(order=stories.placed(world, MONDAY), by=world.by.sun, at=TEN)
    assert clocks(order)["sign"].met_at == TEN

    dispatched(world, order, NOON)
    assert {kind: one.met_at for kind, one in clocks(order).items()} == {
        "sign": TEN,
        "arrange": NOON,
        "contact": None,
        "resolve": None,
    }


def test_late_is_late(world):
    order = dispatched(world, stories.placed(world, MONDAY), FRIDAY)

    assert lights(order, FRIDAY) == ALL | {"sign": "late", "arrange": "late", "contact": "red"} | {
        "resolve": "amber"
    }


def test_done_meets_the_rest(world):
    order = operations.finish(order=taken(world, NOON), result="好了", by=world.by.chen, at=TUESDAY)

    assert lights(order, TUESDAY) == dict.fromkeys(ALL, "met")


def test_asking_stops_arranging_and_the_end(world):
    order, sun = stories.placed(world, MONDAY), world.by.sun
    order = operations.ask(order=order, question="几楼？", by=sun, at=TEN)
    assert lights(order, FRIDAY) == {
        "sign": "met",
        "arrange": "paused",
        "contact": "red",
        "resolve": "paused",
    }

    order = operations.answer(order=order, words="二楼", by=world.by.aunt_wang, at=TUESDAY)

    assert {kind: one.due_at for kind, one in clocks(order).items()} == {
        "sign": moment("2026-11-23 15:00"),
        "arrange": moment("2026-11-25 09:30"),
        "contact": moment("2026-11-24 18:00"),
        "resolve": moment("2026-12-01 18:00"),
    }
    assert clocks(order)["contact"].met_at == TUESDAY
    assert same(order)
    assert (order.arrange_by, order.finish_by) == (
        clocks(order)["arrange"].due_at,
        clocks(order)["resolve"].due_at,
    )


def test_the_handler_asks(world):
    order = operations.ask(order=taken(world, TEN), question="几楼？", by=world.by.chen, at=NOON)
    order = operations.answer(order=order, words="二楼", by=world.by.aunt_wang, at=TUESDAY)

    assert clocks(order)["arrange"].due_at == moment("2026-11-24 09:30")
    assert order.finish_by == moment("2026-12-01 17:00")
    assert same(order)


def test_on_the_pending_list_time_stands_still(world):
    sun = world.by.sun
    order = operations.set_aside(order=taken(world, TEN), reason="等材料", by=sun, at=TUESDAY)
    assert lights(order, moment("2027-03-01 09:00"))["resolve"] == "paused"

    order = operations.take_up(order=order, reason="到了", by=sun, at=FRIDAY)

    assert order.finish_by == moment("2026-12-03 18:00")
    assert same(order)


def test_struck_off_in_time(world):
    sun = world.by.sun
    order = operations.set_aside(order=taken(world, TEN), reason="等材料", by=sun, at=TUESDAY)
    later = moment("2026-12-28 10:00")

    owner = world.sun
    order = operations.conclude(order=order, result="修好了", owner=owner, by=sun, at=later)

    assert lights(order, later)["resolve"] == "met"
    assert same(order)


def re_routed(world, order):
    """Back, out again, disputed, settled, called in, passed up."""
    sun, liu, zhou = world.by.sun, world.by.liu, world.by.zhou
    order = operations.send_back(order=order, reason="没有梯子", by=world.by.chen, at=TUESDAY)
    order = operations.send_back(order=order, reason="没有梯子", by=liu, at=TUESDAY)
    order = dispatched(world, order, FRIDAY)
    order = operations.dispute(order=order, reason="归物业", by=liu, at=FRIDAY)
    unit = world.units["B1"]
    order = operations.settle(order=order, unit=unit, words="归你们", by=zhou, at=FRIDAY)
    order = operations.call_in(order=order, by=sun, at=FRIDAY)
    return operations.escalate(order=order, reason="没人接", by=world.by.ma, at=FRIDAY)


def test_re_routing_keeps_the_clock(world):
    order = taken(world, TEN)
    before = list(Clock.objects.order_by("pk").values())

    order = re_routed(world, order)

    assert list(Clock.objects.order_by("pk").values()) == before
    assert same(order)


def test_reopening_gives_new_clocks(world):
    order = operations.finish(order=taken(world, NOON), result="好了", by=world.by.chen, at=TUESDAY)
    old = sorted(Clock.objects.values_list("pk", "due_at", "met_at"))

    order = operations.reopen(order=order, reason="又坏了", by=world.by.aunt_wang, at=FRIDAY)

    assert lights(order, FRIDAY, number=2) == ALL
    assert clocks(order, 2)["resolve"].due_at == moment("2026-12-04 18:00")
    assert same(order, 2)
    assert sorted(Clock.objects.filter(round=1).values_list("pk", "due_at", "met_at")) == old


def test_turned_away_is_answered(world):
    given = {"words": "请到政务大厅", "by": world.by.sun, "at": TEN}
    order = operations.turn_away(order=stories.placed(world, MONDAY), **given)

    assert lights(order, FRIDAY) == dict.fromkeys(ALL, "stopped") | {"sign": "met"}


def test_withdrawn_is_not_late(world):
    given = {"reason": "", "by": world.by.aunt_wang, "at": TEN}
    order = operations.withdraw(order=stories.placed(world, MONDAY), **given)

    assert lights(order, FRIDAY) == dict.fromkeys(ALL, "stopped")


@pytest.mark.parametrize("verb", ["admit", "dispatch", "turn_away", "escalate"])
def test_undo_puts_the_clocks_back(world, verb):
    order, by = stories.placed(world, MONDAY), world.by.sun
    if verb == "escalate":
        by = world.by.ma
        order = operations.admit(order=order, by=by, at=TEN)
    given = {
        "dispatch": {"unit": world.units["B1"], "pool": False},
        "turn_away": {"words": "请到政务大厅"},
        "escalate": {"reason": "要挖路"},
    }.get(verb, {})
    before = list(Clock.objects.order_by("pk").values())

    order = getattr(operations, verb)(order=order, by=by, at=NOON, **given)
    operations.undo(order=order, by=by, at=NOON + timedelta(minutes=5))

    assert list(Clock.objects.order_by("pk").values()) == before


def test_merging_is_no_reason_to_wait(world):
    main, order = taken(world, TEN), stories.placed(world, MONDAY)
    before = {kind: one.due_at for kind, one in clocks(order).items()}
    order = operations.fold_in(order=order, main=main, by=world.by.sun, at=NOON)
    assert lights(order, NOON) == ALL

    operations.finish(order=main, result="好了", by=world.by.chen, at=TUESDAY)

    assert {kind: one.due_at for kind, one in clocks(order).items()} == before
    assert clocks(order)["resolve"].met_at == TUESDAY


def test_level_and_category_say_how_long(world, tmp_path, monkeypatch):
    own = '[category.daily]\nresolve = { normal = "3d" }\n'
    (tmp_path / "clocks.toml").write_text(own, "utf-8")
    monkeypatch.setattr(allowances, "pack", lambda: tmp_path)

    order = stories.placed(world, MONDAY)

    assert order.finish_by == moment("2026-11-26 18:00")
    assert clocks(order)["resolve"].amount == 3


def test_the_page_of_staff_says_how_each_stands(world, door):
    page = door("sun").get("show", stories.placed(world, MONDAY)).text

    for words in ("签收", "安排", "联系", "办结", "按 5 个工作日计"):
        assert words in page


def test_the_asker_reads_what_explains_the_date(world, door):
    order = stories.placed(world, MONDAY)
    assert "按 8 个工作小时计" in door("aunt_wang").get("show", order).text

    operations.ask(order=order, question="几楼？", by=world.by.sun, at=TEN)
    assert "等您补充的时候不计时" in door("aunt_wang").get("show", order).text


def test_the_asker_reads_that_a_date_is_provisional(world, door):
    order = stories.placed(world, moment("2026-12-30 09:00"))
    dispatched(world, order, moment("2026-12-30 10:00"))

    assert "只会提前，不会推后" in door("aunt_wang").get("show", order).text
