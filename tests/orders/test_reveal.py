"""显示完整电话: to those who may, with a purpose, written down."""

from datetime import timedelta

import pytest

from tests.orders.door import assert_fragment, assert_kept, assert_late, assert_shut
from tests.orders.stories import accepted, dispatched, finished, placed
from tests.orders.traces import refused
from yizhan.orders import operations
from yizhan.people.acting import actor_for
from yizhan.people.models import Post
from yizhan.privacy.models import Look

PHONE = "13800000001"


def reveal(order, by, at, purpose="联系点单人办理本单"):
    return operations.reveal(order=order, purpose=purpose, by=by, at=at)


def looks():
    rows = Look.objects.filter(kind="unmask")
    return list(rows.values_list("subject_type", "subject_id", "actor", "post_id", "purpose", "at"))


@pytest.mark.parametrize("who", ["sun", "ma", "chen", "zhou"])
def test_a_look_is_written_down(world, at, who):
    order, by = accepted(world, at), getattr(world.by, who)

    assert reveal(order, by, at) == order
    assert looks() == [
        ("orders.order", order.pk, by.person_id, by.post_id, "联系点单人办理本单", at)
    ]
    order.refresh_from_db()
    assert order.version == 3


def test_each_look_is_written_down(world, at):
    order = accepted(world, at)
    for _ in range(2):
        reveal(order, world.by.chen, at)

    assert len(looks()) == 2


@pytest.mark.parametrize("purpose", ["", "看看", "   核实   "])
def test_the_street_writes_why(world, at, purpose):
    order = placed(world, at)

    with refused("purpose", "请写清楚为什么要看完整号码"):
        reveal(order, world.by.zhou, at, purpose)


def test_the_property_company_sees_it_masked(world, at):
    """It handles what it has accepted, but calls through the community."""
    order = operations.dispatch(
        order=placed(world, at), unit=world.units["P"], pool=True, by=world.by.sun, at=at
    )
    order = operations.accept(order=order, by=world.by.anju, at=at)

    with refused("masked", "您的岗位看不到完整电话"):
        reveal(order, world.by.anju, at)


def test_a_building_head_sees_it_masked(world, at):
    post = Post(person=world.grandpa_li, role="building_head", unit=world.units["C"])
    order = placed(world, at)

    with refused("outside", "不在您的辖区"):
        reveal(order, actor_for(world.grandpa_li, post), at)


@pytest.mark.parametrize("who", ["feng", "he", "zhao", "qian", "liu", "grandpa_li"])
def test_nobody_outside_sees_it(world, at, who):
    order = accepted(world, at)

    with refused("outside", "这张单子不在您的辖区"):
        reveal(order, getattr(world.by, who), at)


def test_before_accepting_a_member_sees_nothing(world, at):
    order = dispatched(world, at)

    with refused("outside", "这张单子不在您的辖区"):
        reveal(order, world.by.chen, at)


def test_seven_days_after_the_end_the_handler_sees_nothing(world, at):
    order, week = finished(world, at), timedelta(days=7)

    assert reveal(order, world.by.chen, at + week - timedelta(minutes=1)) == order
    with refused("masked", "您的岗位看不到完整电话"):
        reveal(order, world.by.chen, at + week)


def test_without_a_number_there_is_nothing_to_see(world, at):
    order = placed(world, at, contact_phone="")

    with refused("no_phone", "点单人没有留电话"):
        reveal(order, world.by.sun, at)


def test_the_page_shows_it_masked_until_asked(world, at, door):
    order, handler = accepted(world, at), door("chen")

    before = handler.get("show", order).text
    assert "138****0001" in before
    assert PHONE not in before
    answer = handler.send("reveal", order, purpose="联系点单人办理本单")
    assert answer.status_code == 200
    assert PHONE in answer.text
    assert len(looks()) == 1
    assert PHONE not in handler.get("show", order).text


def test_htmx(world, at, door):
    answer = door("sun").send("reveal", placed(world, at), htmx=True, purpose="联系点单人办理本单")

    assert_fragment(answer, PHONE)


def test_outside(world, at, door):
    assert_shut(door, "reveal", accepted(world, at), purpose="联系点单人办理本单")
    assert looks() == []


def test_a_masked_post_is_told_so(world, at, door):
    order = operations.dispatch(
        order=placed(world, at), unit=world.units["P"], pool=False, by=world.by.sun, at=at
    )
    answer = door("anju").send("reveal", order, purpose="联系点单人办理本单")

    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
    assert PHONE not in answer.text
    assert looks() == []


def test_a_reason_too_thin_for_the_street(world, at, door):
    assert_late(door("zhou").send("reveal", placed(world, at), purpose="核实"), "至少 4 个字")


def test_a_purpose_is_needed(world, at, door):
    assert_kept(door("sun").send("reveal", placed(world, at), purpose=""), "请写明用途")
    assert looks() == []


def test_the_asker_sees_their_own_number(world, at, door):
    assert PHONE in door("aunt_wang").get("show", placed(world, at)).text
    assert looks() == []
