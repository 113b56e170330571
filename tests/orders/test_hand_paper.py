"""An answer on paper for whoever has no telephone: listed, printed, brought, ticked off."""

import pytest

from tests.orders.stories import done_for, entered_for, finished, registered
from tests.orders.test_accept_race import at_once, codes
from tests.people.cast import refused_code
from yizhan.base.models import Notice
from yizhan.notices.operations import deliver
from yizhan.orders import operations
from yizhan.privacy.models import Look
from yizhan.routing.models import Category


@pytest.fixture
def zhao_lan(world, at):
    """赵秀兰, registered without a telephone."""
    return registered(world, at)


def brought(kind, at):
    """The worker has dealt with everything; the notice of this kind."""
    for notice in Notice.objects.filter(sent_at=None):
        deliver(notice_id=notice.pk, at=at)
    return Notice.objects.get(kind=kind)


def test_the_answer_is_on_the_list_of_the_person_s_community(world, at, zhao_lan):
    done_for(world, zhao_lan, at)

    notice = brought("order_finished", at)
    assert (notice.print_list, notice.to, notice.sent_at) == ("610302002002", zhao_lan, at)
    listed = Notice.objects.exclude(print_list="").values_list("kind", flat=True)
    assert list(listed) == ["order_finished"]


def test_whoever_has_a_telephone_needs_no_paper(world, at):
    finished(world, at)

    assert brought("order_finished", at).print_list == ""


def test_it_is_ticked_off_and_in_the_history(world, at, zhao_lan):
    order = done_for(world, zhao_lan, at)
    notice = brought("order_finished", at)

    operations.hand_paper(notice=notice, by=world.by.qian, at=at)

    notice.refresh_from_db()
    assert notice.read_at == at
    step = order.steps.last()
    assert (step.kind, step.actor_id, step.facts) == (
        "handed",
        world.qian.pk,
        {"notice": notice.pk},
    )
    again = refused_code(lambda: operations.hand_paper(notice=notice, by=world.by.qian, at=at))
    assert again == "ticked"


@pytest.mark.parametrize("who", ["feng", "liu", "chen", "zhou", "aunt_wang"])
def test_nobody_else_ticks_it_off(world, at, zhao_lan, who):
    done_for(world, zhao_lan, at)
    notice, by = brought("order_finished", at), getattr(world.by, who)

    assert refused_code(lambda: operations.hand_paper(notice=notice, by=by, at=at)) == "outside"


def test_the_pages(world, at, door, zhao_lan):
    order = done_for(world, zhao_lan, at)
    brought("order_finished", at)
    visitor = door("qian")

    assert "1</b> 份纸质答复" in visitor.get("counter").text
    page = visitor.get("papers").text
    assert "赵**" in page
    assert "赵秀兰" not in page
    sheet = visitor.get("paper", zhao_lan.code, 1).text
    assert "赵秀兰，您好" in sheet
    assert "换了一只灯泡" in sheet
    look = Look.objects.get(actor=world.qian, kind="export")
    assert (look.subject_id, look.purpose) == (zhao_lan.pk, "打印纸质答复")

    assert visitor.send("hand_paper", zhao_lan.code, 1).headers["Location"] == "/orders/papers"
    assert "没有要送的纸质答复" in visitor.get("papers").text
    assert visitor.get("paper", zhao_lan.code, 1).status_code == 404
    assert "纸质答复送到" in door("sun").get("show", order).text


def test_what_is_sensitive_is_not_printed(world, at, door, zhao_lan):
    order = done_for(world, zhao_lan, at)
    Category.objects.filter(pk=order.category_id).update(is_sensitive=True)

    brought("order_finished", at)
    sheet = door("qian").get("paper", zhao_lan.code, 1).text
    assert "换了一只灯泡" not in sheet
    assert order.category.name not in sheet
    assert "当面了解" in sheet


def test_the_question_is_printed_too(world, at, door, zhao_lan):
    order = entered_for(world, zhao_lan, at)
    operations.ask(order=order, question="住几楼？", by=world.by.sun, at=at)

    brought("order_asked", at)
    assert "住几楼？" in door("sun").get("paper", zhao_lan.code, 1).text


@pytest.mark.parametrize("who", ["feng", "liu", "chen", "zhou", "aunt_wang"])
def test_outside_it_is_not_found(world, at, door, zhao_lan, who):
    done_for(world, zhao_lan, at)
    brought("order_finished", at)

    assert door(who).get("paper", zhao_lan.code, 1).status_code == 404
    assert door(who).send("hand_paper", zhao_lan.code, 1).status_code == 404
    page = door(who).get("papers")
    assert page.status_code == 404 or "赵" not in page.text


def test_two_at_once_tick_it_off_once(race_db, at):
    done_for(race_db, registered(race_db, at), at)
    notice = brought("order_finished", at)

    def hand(by):
        return operations.hand_paper(notice=notice, by=by, at=at)

    outcomes = at_once([lambda by=by: hand(by) for by in (race_db.by.sun, race_db.by.qian)])

    assert codes(outcomes) == {"won": 1, "ticked": 1}
