import pytest

from tests.insights.conftest import said, typed
from tests.portal.admin import browser, send
from yizhan.base.verdict import Refused
from yizhan.insights.models import Baseline
from yizhan.insights.operations import correct_baseline, enter_baseline

pytestmark = pytest.mark.django_db
DISTRICT, STREET = "610302", "610302002"


@pytest.fixture
def enter(world, org, at):
    def entered(code=DISTRICT, amount=800):
        region = world.regions[code]
        return enter_baseline(
            metric="desk_sessions", region=region, statement=said(amount), by=org, at=at
        )

    return entered


@pytest.fixture
def correct(org, at):
    def corrected(baseline, amount=812, by=None, **more):
        return correct_baseline(
            baseline=baseline,
            statement=said(amount, **more),
            reason="漏了十二场",
            by=by or org,
            at=at,
        )

    return corrected


def path(baseline):
    return f"/insights/baselines/{baseline.pk}/correct_baseline"


def fields(**more):
    kept = typed(amount="812", reason="漏了十二场") | more
    return {name: value for name, value in kept.items() if name not in ("metric", "region")}


def test_a_new_entry_takes_the_place_of_the_old_one(enter, correct):
    old = enter()
    new = correct(old)

    assert list(Baseline.objects.standing()) == [new]
    assert (new.corrects, new.amount, new.reason) == (old, 812, "漏了十二场")
    assert Baseline.objects.get(pk=old.pk).amount == 800
    step = new.steps.get()
    assert (step.kind, step.facts) == (
        "corrected",
        {"metric": "desk_sessions", "corrects": old.pk, "before": 800, "amount": 812},
    )


def test_an_entry_is_corrected_once(enter, correct):
    old = enter()
    correct(old)
    with pytest.raises(Refused) as refused:
        correct(old, 813)

    assert refused.value.code == "corrected"


def test_taken_back_it_makes_room_for_its_parts_and_no_more(enter, correct):
    none = correct(enter(), 0)
    enter(STREET, 300)
    with pytest.raises(Refused) as refused:
        correct(none, 800)

    assert refused.value.code == "taken"


def test_who_may_not(world, enter, correct):
    old = enter()
    for who, code in (("sun", "no_power"), ("zhou", "outside")):
        with pytest.raises(Refused) as refused:
            correct(old, by=getattr(world.by, who))
        assert refused.value.code == code


def test_not_for_a_day_to_come(enter, correct, at):
    from datetime import date

    with pytest.raises(Refused) as refused:
        correct(enter(), as_of_date=date(2026, 12, 1))
    assert refused.value.code == "future"


def test_the_page_corrects_and_both_stay_readable(world, enter):
    old, client = enter(), browser(world.anju)
    assert 'value="800"' in client.get(path(old)).text
    answer = send(client, path(old), **fields())
    assert (answer.status_code, answer.headers["Location"]) == (302, "/insights/baselines")

    text = client.get("/insights/baselines").text
    assert "更正：漏了十二场" in text
    assert '原来是 <span class="num">800</span> 场' in text


def test_a_late_form_is_refused_and_an_incomplete_one_shown_again(world, enter, correct):
    old, client = enter(), browser(world.anju)
    assert "请写一句为什么更正" in send(client, path(old), **fields(reason="")).text
    correct(old)
    answer = send(client, path(old), **fields())

    assert answer.status_code == 409
    assert "这一条已经更正过了" in answer.text


def test_others_find_nothing(world, enter):
    old = enter()
    for who in (world.sun, world.aunt_wang, world.zhou):
        assert browser(who).get(path(old)).status_code == 404
        assert send(browser(who), path(old), **fields()).status_code == 404


def test_a_reason_with_a_number_is_asked_about(world, org, enter):
    baseline = enter()
    answer = send(browser(world.anju), path(baseline), **fields(reason="问13800001234"))

    assert answer.status_code == 422
    assert "别人会看到：<b>问138****1234</b>" in answer.text
    assert Baseline.objects.count() == 1
