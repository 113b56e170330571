import pytest
from django.db.models import Q

from yizhan.base.actor import CLOCK
from yizhan.base.models import Step, Switch
from yizhan.base.switches import asked_once, decisions, is_on, runs, set_module, where_on
from yizhan.regions.models import Region

pytestmark = pytest.mark.django_db
DISTRICT, STREET, COMMUNITY = "610302", "610302002", "610302002002"
OTHER = "610302005013"


@pytest.fixture
def turn(at):
    """`turn("orders", STREET, on=False)`."""

    def turned(module, region_code, *, on):
        return set_module(module=module, region_code=region_code, on=on, by=CLOCK, at=at)

    return turned


def test_everything_is_on_until_someone_switches_it_off(turn):
    assert is_on("orders")
    turn("orders", DISTRICT, on=False)
    assert not is_on("orders")
    assert is_on("places")


def test_the_nearest_decision_wins(turn):
    turn("orders", DISTRICT, on=False)
    turn("orders", STREET, on=True)

    assert is_on("orders", COMMUNITY)
    assert not is_on("orders", OTHER)
    assert not is_on("orders")


def test_a_module_runs_while_it_is_on_anywhere(turn):
    turn("orders", DISTRICT, on=False)
    assert not runs("orders")

    turn("orders", COMMUNITY, on=True)
    assert runs("orders")
    assert runs("orders", STREET)
    assert not runs("orders", OTHER[:9])


def test_a_decision_that_says_the_same_as_above_is_taken_back(turn):
    turn("orders", STREET, on=False)
    switch = turn("orders", STREET, on=True)

    assert (switch.is_on, switch.version) == (None, 2)
    turn("orders", DISTRICT, on=False)
    assert not is_on("orders", COMMUNITY)


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        ((), {"610302002002", "610302002008", "610302005013"}),
        (((STREET, False),), {"610302005013"}),
        (((STREET, False), (COMMUNITY, True)), {"610302002002", "610302005013"}),
        (((DISTRICT, False), (STREET, True)), {"610302002002", "610302002008"}),
        (((DISTRICT, False), (STREET, True), (COMMUNITY, False)), {"610302002008"}),
        (((DISTRICT, False),), set()),
    ],
)
def test_rows_are_found_where_a_module_is_on(world, turn, made, shown):
    for code, on in made:
        turn("orders", code, on=on)
    rows = Region.objects.own().communities().filter(where_on("orders", "code"))

    assert {row.code for row in rows} == shown
    assert shown == {
        code for code in ("610302002002", "610302002008", OTHER) if is_on("orders", code)
    }


def test_without_decisions_nothing_is_asked_of_the_rows():
    assert where_on("orders", "code") == Q()


def test_each_change_is_a_step(turn, at):
    switch = turn("places", STREET, on=False)
    turn("places", STREET, on=True)

    steps = list(switch.steps.values_list("seq", "kind", "region_code", "facts", "at"))
    assert steps == [
        (1, "switched_off", STREET, {"module": "places"}, at),
        (2, "switched_on", STREET, {"module": "places"}, at),
    ]
    assert Step.objects.count() == 2
    assert Switch.objects.count() == 1


def test_a_request_asks_once_and_sees_its_own_change(turn, django_assert_num_queries):
    turn("orders", DISTRICT, on=False)

    with asked_once():
        with django_assert_num_queries(1):
            assert [is_on("orders"), runs("places"), len(decisions())] == [False, True, 1]
        turn("orders", DISTRICT, on=True)
        assert is_on("orders")
    with django_assert_num_queries(2):
        assert is_on("orders")
        assert is_on("orders")
