"""Tables of facts for the rules of disputes. The database is blocked."""

from datetime import UTC, datetime, timedelta

import pytest

from yizhan.base.actor import Actor, Kind
from yizhan.disputes import rules
from yizhan.disputes.models import Dispute
from yizhan.orders.models import Order
from yizhan.people.models import Unit
from yizhan.regions.models import Region
from yizhan.routing.models import Category

STREET, DISTRICT, COMMUNITY = "610302002", "610302", "610302002002"
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
DESKS = """
branch     610302002002 sits  610302002
community  610302002002 sits  610302002
property   610302002    sits  610302002
street     610302002    sits  610302
department 610302       sits  610302
partner    610302       sits  610302
team       610302005    sits  610302
street     610302002    empty 610302002
department 610302       empty 610302002
"""
# who, area, whose desk, dispute, order, answer
RULINGS = """
street_office 610302002    610302002 raised disputed   yes
street_office 610302       610302002 raised disputed   yes
street_office 610302       610302    raised disputed   yes
street_office 610302002    610302    raised disputed   for_the_district
street_office 610302005    610302002 raised disputed   not_your_post
secretary     610302002002 610302002 raised disputed   not_your_post
street_office 610302002    610302002 ruled  dispatched wrong_state
street_office 610302002    610302002 raised withdrawn  wrong_state
"""


def rows(table):
    return [line.split() for line in table.strip().splitlines()]


def order(state="dispatched"):
    return Order(
        region_code=COMMUNITY, state=state, category=Category(code="daily_repair"), returned_by=[]
    )


@pytest.mark.parametrize(("kind", "region", "sits", "desk"), rows(DESKS))
def test_whose_desk_it_is(kind, region, sits, desk):
    unit = Unit(kind=kind, region=Region(code=region))

    assert rules.desk_of(order(), unit, district_sits=sits == "sits") == desk


@pytest.mark.parametrize(("role", "area", "desk", "state", "of_order", "answer"), rows(RULINGS))
def test_who_rules(role, area, desk, state, of_order, answer):
    powers = {"orders.rule"} if role == "street_office" else {"orders.dispatch"}
    by = Actor(kind=Kind.PERSON, person_id=1, role=role, powers=frozenset(powers), area=area)
    dispute = Dispute(order=order(of_order), desk_code=desk, state=state)

    assert (rules.can_adjudicate(dispute, by).code or "yes") == answer


def test_the_light_goes_from_green_over_amber_to_red():
    due = NOON + timedelta(hours=10)
    dispute = Dispute(
        order=order("disputed"), state="raised", amber_at=NOON + timedelta(hours=6), rule_by=due
    )
    found = [rules.light(dispute, NOON + timedelta(hours=hours)) for hours in (0, 5, 6, 9, 10, 99)]

    assert found == ["green", "green", "amber", "amber", "red", "red"]
    assert set(found) == set(rules.LIGHTS)
