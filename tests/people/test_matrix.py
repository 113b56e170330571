"""The permission matrix, cell by cell: a change in the data must be meant."""

import pytest

from yizhan.base.actor import Actor, Kind
from yizhan.people.roles import ROLES
from yizhan.privacy.rules import phone_access

POWERS = (
    "orders.enter",
    "orders.read",
    "orders.read_open",
    "orders.triage",
    "orders.dispatch",
    "orders.invite",
    "orders.accept",
    "orders.finish",
    "orders.send_back",
    "orders.escalate",
    "orders.stats",
    "people.find",
    "places.keep",
    "system.settings",
    "system.accounts",
    "system.audit",
)
TABLE = """
role                    reach   phone     staff powers, in the order of POWERS
volunteer               unit    accepted  -     - - - - - - x - - - - - - - - -
member                  unit    accepted  -     - - - - - - x - - - - - - - - -
building_head           region  masked    x     x - x - - - - - - - - - - - - -
grid_worker             region  read      x     x x - x - - x - - - - - - - - -
clerk                   region  read      x     x x - x x x x x - - - x - - - -
secretary               region  read      x     x x - x x x x x - x - x x - - -
branch_secretary        unit    accepted  x     - x - - - x x - x - - - - - - -
keeper                  region  masked    x     x - - - - - - - - - - - x - - -
property                unit    masked    x     - x - - - - x - x - - - - - - -
partner                 unit    masked    x     - x - - - - x - x - - - - - - -
mass_organisation       unit    masked    x     - x - - - - x - x - - - - - - -
mediator                unit    never     x     - - - - - - - - - - - - - - - -
street_office           region  reason    x     - x - x x - - - - - x - - - - -
justice_office          region  never     x     - - - - - - - - - - - - - - - -
organisation_department region  never     x     - - - - - - - - - - x - - - - -
assessment_office       region  never     x     - - - - - - - - - - x - - - - -
system_admin            none    never     x     - - - - - - - - - - - - - x - -
security_admin          none    never     x     - - - - - - - - - - - - - - x -
audit_admin             none    never     x     - - - - - - - - - - - - - - - x
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]
SEEN = {
    "read": ("read", "read"),
    "reason": ("reason", "reason"),
    "masked": ("masked", "masked"),
    "accepted": ("never", "read"),
    "never": ("never", "never"),
}


def test_every_role_is_in_the_table():
    assert [row[0] for row in ROWS] == list(ROLES)


def test_every_power_is_in_the_table():
    known = {power for role in ROLES.values() for power in role.powers}
    assert {power for power in known if not power.startswith("phone.")} == set(POWERS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_role(row):
    name, reach, phone, staff, *cells = row
    role = ROLES[name]
    assert (role.reach, role.phone, role.staff) == (reach, phone, staff == "x")
    for power, cell in zip(POWERS, cells, strict=True):
        assert (power in role.powers) == (cell == "x"), power
    actor = Actor(kind=Kind.PERSON, person_id=1, powers=role.powers)
    before, after = SEEN[phone]
    assert phone_access(actor, accepted=False) == before
    assert phone_access(actor, accepted=True) == after


def test_three_administrators_are_kept_apart():
    system = {"system.settings", "system.accounts", "system.audit"}
    for role in ROLES.values():
        held = role.powers & system
        assert len(held) <= 1
        if held:
            assert role.powers == held | {"phone.never"}
            assert role.reach == "none"
