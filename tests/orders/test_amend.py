"""修改分类: and the words that an invited person reads."""

import re

import pytest

from tests.orders.door import assert_fragment, assert_kept, assert_late, assert_sent_to, assert_shut
from tests.orders.stories import accepted, dispatched, finished, placed
from tests.orders.traces import heard, last, refused, step
from yizhan.orders import operations
from yizhan.routing.models import Category


def category(code="facility_light"):
    return Category.objects.get(code=code)


def amend(order, by, at, *, version=None, code="facility_light"):
    return operations.amend(
        order=order,
        category=category(code),
        brief="楼道照明",
        version=order.version if version is None else version,
        by=by,
        at=at,
    )


def typed(order, **more):
    return {"category": "facility_light", "brief": "楼道照明", "version": order.version, **more}


@pytest.mark.parametrize("who", ["sun", "ma", "zhou"])
def test_the_clerk_corrects_category_and_brief(world, at, who):
    order, by = placed(world, at), getattr(world.by, who)

    with heard() as told:
        order = amend(order, by, at)

    assert (order.state, order.version) == ("placed", 2)
    assert (order.category.code, order.brief) == ("facility_light", "楼道照明")
    facts = {"before": "daily_repair", "after": "facility_light"}
    assert last(order) == step("amended", by, at, words="家庭小修", **facts)
    assert told == []


def test_the_promises_stay_as_they_were_given(world, at):
    order = placed(world, at)
    promised = (order.arrange_by, order.finish_by)

    order = amend(order, world.by.sun, at, code="safety_fire")
    order.refresh_from_db()
    assert (order.arrange_by, order.finish_by) == promised


def test_how_pressing_it_is_counts_from_then_on(world, at):
    order = placed(world, at)
    promised = (order.arrange_by, order.finish_by)
    given = {"category": category(), "brief": "楼道照明", "version": order.version}

    order = operations.amend(order=order, level="urgent", by=world.by.sun, at=at, **given)

    assert (order.level, (order.arrange_by, order.finish_by)) == ("urgent", promised)
    facts = last(order)["facts"]
    assert (facts["level_before"], facts["level"]) == ("normal", "urgent")
    assert operations.undo(order=order, by=world.by.sun, at=at).level == "normal"
    reopened = operations.turn_away(order=order, words="请到政务大厅", by=world.by.sun, at=at)
    assert reopened.level == "normal"


def test_a_form_without_it_leaves_it(world, at, door):
    order = placed(world, at)

    assert door("sun").send("amend", order, **typed(order, level="complex")).status_code == 302
    order.refresh_from_db()
    assert order.level == "complex"
    assert "疑难" in door("sun").get("show", order).text
    assert door("sun").send("amend", order, **typed(order)).status_code == 302
    order.refresh_from_db()
    assert order.level == "complex"


def test_also_while_someone_works_on_it(world, at):
    order = amend(accepted(world, at), world.by.sun, at)

    assert (order.state, order.brief) == ("accepted", "楼道照明")


def test_a_stale_version_is_refused_naming_both_values(world, at):
    order = placed(world, at)
    seen = order.version
    operations.amend(
        order=order,
        category=category("wish_small"),
        brief="换灯泡",
        version=seen,
        by=world.by.ma,
        at=at,
    )

    with refused("stale", "现在是「微心愿，换灯泡」，您要改成「照明报修，楼道照明」"):
        amend(order, world.by.sun, at, version=seen)
    order.refresh_from_db()
    assert (order.brief, order.version) == ("换灯泡", 2)


def test_any_other_change_makes_it_stale_too(world, at):
    order = placed(world, at)
    operations.admit(order=order, by=world.by.ma, at=at)

    with refused("stale", "别人刚改过这张单子"):
        amend(order, world.by.sun, at, version=1)


@pytest.mark.parametrize("who", ["aunt_wang", "chen", "liu", "qian", "feng"])
def test_nobody_else_amends(world, at, who):
    order = placed(world, at)

    with refused("not_your_post", "分类由社区工作人员来改"):
        amend(order, getattr(world.by, who), at)


def test_not_when_it_is_done(world, at):
    order = finished(world, at)

    with refused("wrong_state", "已经办结，不能再改分类"):
        amend(order, world.by.sun, at)


def test_not_into_an_exit(world, at):
    order = placed(world, at)

    with refused("exit_elsewhere", "专门的办理渠道"):
        amend(order, world.by.sun, at, code="legal")


def test_a_plain_form(world, at, door):
    order = placed(world, at)

    assert_sent_to(door("sun").send("amend", order, **typed(order)), f"/orders/{order.code}/")
    order.refresh_from_db()
    assert (order.category.code, order.brief) == ("facility_light", "楼道照明")


def test_htmx(world, at, door):
    order = dispatched(world, at)
    answer = door("sun").send("amend", order, htmx=True, **typed(order))

    assert_fragment(answer, "分类已改好", 'value="楼道照明"')


def test_outside(world, at, door):
    order = placed(world, at)

    assert_shut(door, "amend", order, **typed(order))


def test_late(world, at, door):
    order = finished(world, at)

    assert_late(door("sun").send("amend", order, **typed(order)), "已经办结，不能再改分类")


def test_stale_shows_both_values_and_the_next_try_goes_through(world, at, door):
    order = placed(world, at)
    seen = typed(order)
    amend(order, world.by.ma, at, code="wish_small")
    clerk = door("sun")
    answer = clerk.send("amend", order, **seen)

    assert_late(answer, "现在是「微心愿，楼道照明」，您要改成「照明报修，楼道照明」")
    assert 'name="version" value="2"' in answer.text
    assert_sent_to(clerk.send("amend", order, **{**seen, "version": 2}), f"/orders/{order.code}/")


def test_a_brief_is_needed_and_the_category_stays_chosen(world, at, door):
    order = placed(world, at)
    answer = door("sun").send("amend", order, **typed(order, brief=""))

    assert_kept(answer, "请写一个简短的事由", '<option value="facility_light" selected>')


def test_an_exit_is_no_choice(world, at, door):
    order = placed(world, at)

    assert door("sun").send("amend", order, **typed(order, category="legal")).status_code == 422


def shown(answer):
    """What the page holds to tell that its proposals were seen."""
    return dict(re.findall(r'type="hidden" name="(brief-seen)" value="([^"]*)"', answer.text))


def test_the_clerk_first_sees_what_others_will_read(world, at, door):
    order = placed(world, at)
    clerk, values = door("sun"), typed(order, brief="送药，打13800001234")
    answer = clerk.send("amend", order, **values)

    assert_kept(answer, "写到了电话号码", "别人会看到：<b>送药，打138****1234</b>")
    order.refresh_from_db()
    assert (order.version, order.brief) == (1, "家庭小修")
    assert_sent_to(clerk.send("amend", order, **values, **shown(answer)), f"/orders/{order.code}/")
    order.refresh_from_db()
    assert order.brief == "送药，打138****1234"
    assert "kept" not in last(order)["facts"]


def test_what_stays_has_a_reason_in_the_step(world, at, door):
    order = placed(world, at)
    clerk, values = door("sun"), typed(order, brief="送药，打13800001234")
    seen = shown(clerk.send("amend", order, htmx=True, **values))
    clerk.send("amend", order, **values, **seen, **{"brief-keep-0": "office"})

    order.refresh_from_db()
    assert order.brief == "送药，打13800001234"
    assert last(order)["facts"]["kept"] == ["phone:office"]


def test_the_operation_asks_too(world, at):
    order = placed(world, at)
    values = {"order": order, "category": category(), "version": 1, "by": world.by.sun, "at": at}

    with refused("personal_data", "写到了姓名，别人会看到"):
        operations.amend(brief="找王桂兰", **values)
    order = operations.amend(brief="找王桂兰", kept={"王桂兰": "agreed"}, **values)
    assert order.brief == "找王桂兰"
