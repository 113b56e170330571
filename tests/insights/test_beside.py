"""What was done before stands beside what is counted, and is never added to it."""

import pytest

from tests.insights.conftest import said
from tests.orders.stories import finished, placed
from tests.portal.admin import browser
from yizhan.base.actor import CLOCK
from yizhan.base.switches import asked_once, decisions, set_module
from yizhan.insights import pack
from yizhan.insights.metrics import METRICS
from yizhan.insights.models import Baseline
from yizhan.insights.operations import enter_baseline
from yizhan.insights.queries import LIVE, beside

pytestmark = pytest.mark.django_db
DISTRICT, STREET, COMMUNITY = "610302", "610302002", "610302002002"


@pytest.fixture
def enter(world, org, at):
    def entered(metric, code, amount):
        return enter_baseline(
            metric=metric, region=world.regions[code], statement=said(amount), by=org, at=at
        )

    return entered


def test_the_two_stand_apart(world, at, enter):
    finished(world, at)
    placed(world, at)
    enter("orders_finished", STREET, 40)
    enter("orders_finished", "610302005", 7)
    one = beside("orders_finished", DISTRICT)

    assert (one.live, one.before) == (1, 47)
    assert [row.region_code for row in one.entries] == [STREET, "610302005"]
    assert (beside("orders_finished", STREET).live, beside("orders_finished", STREET).before) == (
        1,
        40,
    )


def test_a_part_does_not_claim_what_the_whole_has_done(world, at, enter):
    enter("orders_finished", STREET, 40)

    assert beside("orders_finished", COMMUNITY).before == 0


def test_what_the_platform_does_not_record_has_no_live_count(enter):
    enter("mediations", DISTRICT, 1200)
    one = beside("mediations", DISTRICT)

    assert (one.live, one.before) == (None, 1200)


def test_every_count_has_one_definition():
    codes = [metric.code for metric in METRICS]

    assert len(set(codes)) == len(codes)
    assert set(LIVE) <= set(codes)
    assert all(metric.means and metric.unit for metric in METRICS)


def test_two_queries(enter, django_assert_num_queries):
    enter("orders_finished", STREET, 40)
    with asked_once():
        decisions()
        with django_assert_num_queries(2):
            beside("orders_finished", DISTRICT)


def test_readers_without_the_power_to_enter(world, enter):
    from tests.world import SINCE
    from yizhan.people.models import Post

    enter("mediations", DISTRICT, 1200)
    Post.objects.filter(person=world.qian).delete()
    Post.objects.create(
        person=world.qian, role="assessment_office", unit=world.units["D"], since_date=SINCE
    )
    text = browser(world.qian).get("/insights/baselines").text

    assert "1200" in text
    assert "录入一条" not in text


def test_a_street_reads_its_own(world, enter):
    enter("mediations", "610302005", 9)
    enter("desk_sessions", STREET, 31)
    text = browser(world.zhou).get("/insights/baselines").text

    assert "丽园路" not in text
    assert "桥南街道" not in text
    assert '<b class="num">31</b>' in text


def test_the_sheet_for_paper(world, enter):
    enter("mediations", DISTRICT, 1200)
    text = browser(world.anju).get("/insights/sheet").text

    assert "上线前累计" in text
    assert "1200" in text


@pytest.mark.parametrize("rows", [1, 3])
def test_a_constant_number_of_queries(world, enter, django_assert_num_queries, rows):
    for metric in ("mediations", "desk_sessions", "meetings_held")[:rows]:
        enter(metric, DISTRICT, 5)
    client = browser(world.anju)
    client.get("/insights/baselines")

    with django_assert_num_queries(10):
        client.get("/insights/baselines")


def test_off_in_a_street_it_is_not_shown(world, enter, at):
    enter("mediations", STREET, 9)
    set_module(module="insights", region_code=STREET, on=False, by=CLOCK, at=at)

    assert browser(world.zhou).get("/insights/baselines").status_code == 404
    assert not Baseline.objects.visible_to(world.by.zhou).exists()


def test_the_pack_states_the_facts_of_the_district_once(world, at):
    assert pack.load(by=CLOCK, at=at) == 6
    assert pack.load(by=CLOCK, at=at) == 0

    known = dict(Baseline.objects.values_list("metric", "amount"))
    assert known == {
        "desk_sessions": 800,
        "meetings_held": 110,
        "issues_solved": 30,
        "mediations": 1200,
        "mediations_major": 260,
        "activities_held": 60,
    }
