import re
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from tests.insights.conftest import said, typed
from tests.portal.admin import browser, send
from yizhan.base.models import Step
from yizhan.base.verdict import Refused
from yizhan.insights.models import Baseline
from yizhan.insights.operations import enter_baseline

pytestmark = pytest.mark.django_db
PAGE = "/insights/baselines"
ENTER = "/insights/enter_baseline"
DISTRICT, STREET, COMMUNITY = "610302", "610302002", "610302002002"


@pytest.fixture
def entered(world, org, at):
    """`entered("610302002")`: 800 evenings of the late desk in this region."""

    def enter(code, amount=800, by=None, **more):
        return enter_baseline(
            metric=more.pop("metric", "desk_sessions"),
            region=world.regions[code],
            statement=said(amount, **more),
            by=by or org,
            at=at,
        )

    return enter


def test_a_count_is_stated_with_its_step(entered, org, at):
    baseline = entered(DISTRICT)

    assert (baseline.amount, baseline.as_of_date, baseline.source) == (
        800,
        date(2025, 12, 31),
        "年度台账第 3 页",
    )
    assert (baseline.signer, baseline.signer_post, baseline.entered_at) == (
        "方敬言",
        "组织部干事",
        at,
    )
    step = baseline.steps.get()
    assert (step.kind, step.region_code) == ("entered", DISTRICT)
    assert step.facts == {"metric": "desk_sessions", "amount": 800}
    assert (step.actor_id, step.post_id) == (org.person_id, org.post_id)


@pytest.mark.parametrize("first", [DISTRICT, STREET, COMMUNITY])
@pytest.mark.parametrize("second", [DISTRICT, STREET, COMMUNITY])
def test_a_count_is_stated_once_for_a_place_and_all_around_it(entered, first, second):
    entered(first)
    with pytest.raises(Refused) as refused:
        entered(second, 5)

    assert refused.value.code == "taken"
    assert Baseline.objects.count() == Step.objects.count() == 1


def test_streets_side_by_side_and_other_counts_are_stated_apart(entered):
    entered(STREET)
    entered("610302005")
    entered(DISTRICT, metric="mediations")

    assert Baseline.objects.standing().count() == 3


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"metric": "likes"}, "unknown_metric"),
        ({"amount": 0}, "nothing"),
        ({"as_of_date": date(2026, 11, 23)}, "future"),
    ],
)
def test_what_cannot_be_stated(entered, more, code):
    with pytest.raises(Refused) as refused:
        entered(DISTRICT, **more)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("who", "region", "code"),
    [
        ("sun", COMMUNITY, "no_power"),
        ("aunt_wang", DISTRICT, "no_power"),
        ("zhou", DISTRICT, "outside"),
        ("zhou", "610302005", "outside"),
    ],
)
def test_who_may_not(world, entered, who, region, code):
    with pytest.raises(Refused) as refused:
        entered(region, by=getattr(world.by, who))
    assert refused.value.code == code


def test_a_street_states_its_own(world, entered):
    assert entered(STREET, by=world.by.zhou).region_code == STREET


def test_nothing_of_it_is_ever_changed(entered):
    baseline = entered(DISTRICT)
    for act in (
        lambda: Baseline.objects.update(amount=900),
        lambda: Baseline.objects.all().delete(),
        lambda: baseline.save(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()

    assert Baseline.objects.get().amount == 800


def test_the_page_takes_it_once_and_shows_it_apart(world, org):
    client = browser(world.anju)
    for _ in range(2):
        answer = client.post(ENTER, typed(command_id="one"))
        assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)

    assert Baseline.objects.count() == 1
    text = client.get(PAGE).text
    assert 'class="num">800</b>' in text
    assert "年度台账第 3 页，截至" in text
    assert "组织部干事方敬言签字" in text


def test_an_incomplete_form_says_what_is_missing(world, org):
    answer = send(browser(world.anju), ENTER, **typed(source="", amount="many", signer=""))

    assert answer.status_code == 422
    for words in ("请写明来源", "请填一个整数", "请写签字人姓名", "组织部干事"):
        assert words in answer.text


def test_a_second_one_is_refused_on_the_page(world, org, entered):
    entered(DISTRICT)
    answer = send(browser(world.anju), ENTER, **typed(region=STREET))

    assert answer.status_code == 409
    assert "已经按渭滨区录过" in answer.text


def test_a_region_outside_is_not_among_the_choices(world):
    answer = send(browser(world.zhou), ENTER, **typed(region="610302005"))

    assert answer.status_code == 422
    assert "这个地方不在您的辖区" in answer.text


def test_strangers_sign_in_and_others_find_nothing(world):
    assert browser().get(PAGE).status_code == 302
    for who in (world.sun, world.chen, world.aunt_wang, world.liu):
        assert browser(who).get(PAGE).status_code == 404
        assert browser(who).get("/insights/sheet").status_code == 404
        assert send(browser(who), ENTER, **typed()).status_code in (404, 422)
    assert not Baseline.objects.exists()


def test_the_source_is_seen_first_as_others_will_read_it(world, org):
    client, values = browser(world.anju), typed(source="台账，问13800001234")
    answer = send(client, ENTER, **values)

    assert answer.status_code == 422
    assert "别人会看到：<b>台账，问138****1234</b>" in answer.text
    seen = dict(re.findall(r'name="(source-seen)" value="([^"]*)"', answer.text))
    assert send(client, ENTER, **values, **seen).status_code == 302
    assert Baseline.objects.get().source == "台账，问138****1234"


def test_the_operation_asks_too(entered):
    with pytest.raises(Refused) as refused:
        entered(DISTRICT, source="问13800001234")
    assert refused.value.code == "personal_data"
