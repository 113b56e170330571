import pytest

from tests.portal.admin import PAGE, administrator, browser, send
from yizhan.base.switches import is_on
from yizhan.base.verdict import Refused
from yizhan.portal import operations
from yizhan.portal.modules import MODULES, PILOT

pytestmark = pytest.mark.django_db
DISTRICT = "610302"


def test_a_pilot_is_stations_and_orders_and_nothing_else(world, at):
    by = administrator(world)
    operations.switch(module="orders", region_code=DISTRICT, on=False, by=by, at=at)
    operations.pilot(by=by, at=at)

    assert {module.code for module in MODULES if is_on(module.code)} == set(PILOT)
    assert {"orders", "places"} <= set(PILOT)


def test_only_the_system_administrator_starts_a_pilot(world, at):
    with pytest.raises(Refused) as refused:
        operations.pilot(by=world.by.ma, at=at)

    assert refused.value.code == "no_power"


def test_the_page_starts_a_pilot(world, settings):
    settings.STAFF_TOTP_REQUIRED = False
    administrator(world)
    answer = send(browser(world.zhou), f"{PAGE}/pilot")

    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    assert {module.code for module in MODULES if is_on(module.code)} == set(PILOT)
