"""街道评单位: once, after the end, before the other side's view can be read."""

from datetime import timedelta

import pytest

from tests.orders.traces import last, refused, step
from tests.whistles.stories import STREET, UNIT, call_of, closed, there
from yizhan.whistles import operations
from yizhan.whistles.models import Assessment


def assess(world, at, whistle, **more):
    values = {"levels": STREET, "words": "来得快", "by": world.by.zhou, "at": at}
    return operations.assess_call(call=call_of(whistle, "P"), **(values | more))


def test_it_is_kept_and_the_step_does_not_say_what(world, at):
    call = assess(world, at, closed(world, at))

    one = Assessment.objects.get()
    assert (one.side, one.levels, one.words) == ("street", STREET, "来得快")
    assert last(call) == step("assessed_call", world.by.zhou, at)


def test_once_and_in_its_time(world, at):
    whistle, running = closed(world, at), there(world, at)
    with refused("wrong_state", "结束以后才能互评"):
        assess(world, at, running)
    with refused("too_late", "互评的时间已经过了"):
        assess(world, whistle.shown_at, whistle)
    with refused("not_your_post", "由吹哨的街道来评"):
        assess(world, at, whistle, by=world.by.anju)
    assess(world, at, whistle)
    with refused("given", "已经评过了"):
        assess(world, at, whistle)


@pytest.mark.parametrize("levels", [{}, UNIT, STREET | {"arrival": 6}, {"arrival": 5}])
def test_three_questions_five_levels(world, at, levels):
    whistle = closed(world, at)

    with refused("incomplete", "三项都要评"):
        assess(world, at, whistle, levels=levels)


def views(desk, who, whistle):
    text = desk(who).get("whistles:show", whistle.code).text
    return ("来得快" in text, "说得不太清" in text)


def test_neither_reads_the_other_before_both_have_given(world, at, desk):
    whistle = closed(world, at)
    assess(world, at, whistle)
    for who in ("zhou", "anju", "chen", "sun"):
        assert views(desk, who, whistle) == (False, False), who
    operations.assess_whistle(
        call=call_of(whistle, "P"), levels=UNIT, words="说得不太清", by=world.by.anju, at=at
    )

    assert views(desk, "zhou", whistle) == (True, True)
    assert views(desk, "anju", whistle) == (True, True)
    assert views(desk, "liu", whistle) == (False, False)
    assert views(desk, "sun", whistle) == (False, False)


def test_or_after_ten_working_days(world, at, desk, monkeypatch):
    whistle = closed(world, at)
    assess(world, at, whistle)
    before, after = whistle.shown_at - timedelta(seconds=1), whistle.shown_at
    monkeypatch.setattr("yizhan.whistles.views.now", lambda: before)
    assert views(desk, "anju", whistle) == (False, False)
    monkeypatch.setattr("yizhan.whistles.views.now", lambda: after)
    assert views(desk, "anju", whistle) == (True, False)


def test_the_page(world, at, desk):
    whistle = closed(world, at)
    missing = desk("zhou").send("whistles:assess_call", whistle.code, "P", arrival=5)
    assert (missing.status_code, "这一项也请选一个" in missing.text) == (422, True)
    sent = desk("zhou").send("whistles:assess_call", whistle.code, "P", words="", **STREET)
    assert sent.status_code == 302
    again = desk("zhou").send("whistles:assess_call", whistle.code, "P", words="", **STREET)
    assert again.status_code == 409


def test_nothing_is_summed_or_sorted_by_it(world, at, desk):
    whistle = closed(world, at)
    assess(world, at, whistle)

    text = desk("zhou").get("whistles:calls").text
    assert "很好" not in text
    assert "分" not in text.split("<main")[1].split("</main>")[0]
