import pytest

from yizhan.base.switches import is_on, off_modules, set_module

pytestmark = pytest.mark.django_db
STREET, COMMUNITY = "610302002", "610302002002"


def test_everything_is_on_until_someone_switches_it_off():
    assert is_on("orders")
    set_module(module="orders", region_code="610302", on=False)
    assert not is_on("orders")
    assert is_on("places")


def test_the_nearest_decision_wins():
    set_module(module="orders", region_code="610302", on=False)
    set_module(module="orders", region_code=STREET, on=True)

    assert is_on("orders", COMMUNITY)
    assert not is_on("orders", "610302005013")
    assert not is_on("orders")


def test_a_decision_can_be_taken_back():
    set_module(module="orders", region_code=STREET, on=False)
    set_module(module="orders", region_code=STREET, on=True)

    assert is_on("orders", COMMUNITY)


def test_what_is_off_for_the_district_in_one_query(django_assert_num_queries):
    set_module(module="orders", region_code="610302", on=False)
    set_module(module="places", region_code=STREET, on=False)

    with django_assert_num_queries(1):
        assert off_modules() == {"orders"}
