"""The permission matrix, cell by cell: the data as they are meant, and what they come to.

The first table is `roles.toml` again. The second says in the words of the handbook what each role
sees and may do; the rules, `visible_to` and the masking of numbers have to agree with it.
"""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.orders import stories
from tests.world import QIAONAN, SINCE, WEIGONG
from yizhan.base.actor import ANONYMOUS, Actor, Kind, holder_of
from yizhan.orders import operations, rules
from yizhan.orders.models import Order
from yizhan.people.acting import acting_for, actor_for
from yizhan.people.models import Post
from yizhan.people.roles import ROLES
from yizhan.privacy.rules import can_find_by_phone, can_unmask, phone_access
from yizhan.routing.models import Category

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
    "insights.baseline",
    "privacy.requests",
    "people.cards",
    "feedback.answer",
    "orders.rule",
    "routing.read",
    "routing.table",
    "documents.templates",
)
TABLE = """
role                    reach   phone     staff powers, in the order of POWERS
volunteer               unit    accepted  -     - - - - - - x - - - - - - - - - - - - - - - - -
member                  unit    accepted  -     - - - - - - x - - - - - - - - - - - - - - - - -
building_head           region  masked    x     x - x - - - - - - - - - - - - - - - - - - - - -
grid_worker             region  read      x     x x - x - - x - - - - - - - - - - - x - - - - -
clerk                   region  read      x     x x - x x x x x - - - x - - - - - x x - - x - -
secretary               region  read      x     x x - x x x x x x x - x x - - - - x x x - x - x
branch_secretary        unit    accepted  x     - x - - - x x - x - - - - - - - - - - - - - - -
keeper                  region  masked    x     x - - - - - - - - - - - x - - - - - x - - - - -
property                unit    masked    x     - x - - - - x - x - - - - - - - - - - - - - - -
partner                 unit    masked    x     - x - - - - x - x - - - - - - - - - - - - - - -
mass_organisation       unit    masked    x     - x - - - - x - x - - - - - - - - - - - - - - -
mediator                unit    never     x     - - - - - - - - - - - - - - - - - - - - - - - -
street_office           region  reason    x     - x - x x - - - - - x - - - - - x x - x x x - x
justice_office          region  never     x     - - - - - - - - - - - - - - - - - - - - - - - -
organisation_department region  never     x     - - - - - - - - - - x - - - - - x - - - - - x x
assessment_office       region  never     x     - - - - - - - - - - x - - - - - - - - - - - - -
system_admin            none    never     x     - - - - - - - - - - - - - x - - - - - - - - - -
security_admin          none    never     x     - - - - - - - - - - - - - - x - - - - - - - - -
audit_admin             none    never     x     - - - - - - - - - - - - - - - x - - - - - - - -
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


# What it comes to. `area`, `done`, `unit`, `else`: sees an open order in the post's area, one that
# is finished there, one given to the post's unit from elsewhere, one the post has no part in. The
# acts are those on an order in its area; `lead` (发出邀请), `claim` (接单), `back` (退回) are about
# the order of its unit. `find`: searches for a person by number. `number`: how a telephone number
# is seen; before and after 接单 where that differs.
MEANT = """
role                     area done unit else | ent tri dis inv lead claim back fin find | number
volunteer                -    -    -    -    | -   -   -   -   -    x     -    -   -    never/read
member                   -    -    -    -    | -   -   -   -   -    x     -    -   -    never/read
building_head            x    -    -    -    | x   -   -   -   -    -     -    -   -    masked
grid_worker              x    x    -    -    | x   x   -   -   -    x     -    -   -    read
clerk                    x    x    -    -    | x   x   x   x   -    x     -    x   x    read
secretary                x    x    -    -    | x   x   x   x   -    x     -    x   x    read
branch_secretary         -    -    x    -    | -   -   -   -   x    x     x    -   -    never/read
keeper                   -    -    -    -    | x   -   -   -   -    -     -    -   -    masked
property                 -    -    x    -    | -   -   -   -   -    x     x    -   -    masked
partner                  -    -    x    -    | -   -   -   -   -    x     x    -   -    masked
mass_organisation        -    -    x    -    | -   -   -   -   -    x     x    -   -    masked
mediator                 -    -    -    -    | -   -   -   -   -    -     -    -   -    never
street_office            x    x    -    -    | -   x   x   -   -    -     -    -   -    reason
justice_office           -    -    -    -    | -   -   -   -   -    -     -    -   -    never
organisation_department  -    -    -    -    | -   -   -   -   -    -     -    -   -    never
assessment_office        -    -    -    -    | -   -   -   -   -    -     -    -   -    never
system_admin             -    -    -    -    | -   -   -   -   -    -     -    -   -    never
security_admin           -    -    -    -    | -   -   -   -   -    -     -    -   -    never
audit_admin              -    -    -    -    | -   -   -   -   -    -     -    -   -    never
"""
HEAD, *LINES = [line.replace("|", " ").split() for line in MEANT.strip().splitlines()]
CELLS = {row[0]: dict(zip(HEAD[1:], row[1:], strict=True)) for row in LINES}


def meant(*columns):
    """Some columns of the table, for every role."""
    return {role: {name: row[name] for name in columns} for role, row in CELLS.items()}


def marked(**found):
    """One row as it was found."""
    return {name: "x" if yes else "-" for name, yes in found.items()}


@pytest.fixture
def orders(world, at):
    """Orders in two communities. 第一党支部 of the first one also has an order of the second."""
    there = world.regions[QIAONAN]
    far, given = (stories.placed(world, at, region=there) for _ in range(2))
    return SimpleNamespace(
        new=stories.placed(world, at),
        taken=stories.accepted(world, at),
        area=sent(stories.placed(world, at), world.units["B2"], world.by.sun, at),
        done=done_by_another_branch(world, at),
        unit=moved(given, world.units["B1"]),
        far=sent(far, world.units["C2"], world.by.feng, at),
        far_new=stories.placed(world, at, region=there),
    )


def moved(order, unit):
    """As after a move of the branch: its order lies in a region that is not its own."""
    Order.objects.filter(pk=order.pk).update(state="dispatched", unit=unit, pool=True)
    return Order.objects.with_names().get(pk=order.pk)


def sent(order, unit, by, at):
    return operations.dispatch(order=order, unit=unit, pool=True, by=by, at=at)


def done_by_another_branch(world, at):
    order = sent(stories.placed(world, at), world.units["B2"], world.by.sun, at)
    order = operations.accept(order=order, by=world.by.zhao, at=at)
    return operations.finish(order=order, result="办好了", by=world.by.zhao, at=at)


def in_post(world, role, unit="B1"):
    """A person who has no order in hand, in a post of this role."""
    post = Post.objects.create(person=world.he, role=role, unit=world.units[unit], since_date=SINCE)
    return actor_for(world.he, post)


def test_every_role_has_its_meaning():
    assert set(CELLS) == set(ROLES)


def test_what_each_role_sees(world, at, orders):
    found, offered = {}, {}
    for role in ROLES:
        by = in_post(world, role)
        seen = set(Order.objects.visible_to(by, at))
        found[role] = marked(
            area=orders.area in seen,
            done=orders.done in seen,
            unit=orders.unit in seen,
            **{"else": bool(seen & {orders.far, orders.far_new})},
        )
        offered[role] = set(Order.objects.offered_to(by))

    assert found == meant("area", "done", "unit", "else")
    takers = {role for role, row in CELLS.items() if row["claim"] == "x"}
    assert offered == {role: {orders.unit} if role in takers else set() for role in ROLES}


def test_what_each_role_may_do(world, orders):
    found = {}
    for role in ROLES:
        by = in_post(world, role)
        found[role] = marked(
            ent=rules.can_enter(by, WEIGONG),
            tri=rules.can_admit(orders.new, by),
            dis=rules.can_dispatch(orders.new, by),
            inv=rules.can_invite(orders.area, by),
            lead=rules.can_invite(orders.unit, by),
            claim=rules.can_accept(orders.unit, by, rules.NOTHING),
            back=rules.can_send_back(orders.unit, by),
            fin=rules.can_finish(orders.taken, by),
            find=can_find_by_phone(by),
        )

    assert found == meant("ent", "tri", "dis", "inv", "lead", "claim", "back", "fin", "find")


@pytest.mark.parametrize("can", [rules.can_ask, rules.can_amend, rules.can_turn_away])
def test_whoever_admits_also_asks_amends_and_turns_away(world, orders, can):
    found = {role: marked(tri=can(orders.new, in_post(world, role))) for role in ROLES}

    assert found == meant("tri")


def test_no_role_reaches_beyond_its_area_and_unit(world, orders):
    asker = (rules.can_rate, rules.can_reopen, rules.can_withdraw)
    triage = (rules.can_admit, rules.can_ask, rules.can_turn_away, rules.can_dispatch)
    later = (rules.can_amend, rules.can_invite, rules.can_send_back, rules.can_finish)
    for role in ROLES:
        by = in_post(world, role)
        assert not rules.can_enter(by, QIAONAN)
        assert not rules.can_accept(orders.far, by, rules.NOTHING)
        assert not [can for can in triage if can(orders.far_new, by)], role
        assert not [can for can in later if can(orders.far, by)], role
        assert not [can for can in asker for one in vars(orders).values() if can(one, by)], role


@pytest.mark.parametrize("role", CELLS)
def test_how_a_role_sees_a_number(world, role):
    by = in_post(world, role)
    before, _, after = CELLS[role]["number"].partition("/")

    for accepted, access in ((False, before), (True, after or before)):
        assert phone_access(by, accepted=accepted) == access
        with_reason = can_unmask(by, accepted=accepted, purpose="核对上门时间")
        without = can_unmask(by, accepted=accepted, purpose="")
        assert bool(with_reason) == (access in ("read", "reason"))
        assert bool(without) == (access == "read")


def test_a_street_reaches_its_communities_and_no_other_street(world, at, orders):
    seen = set(Order.objects.visible_to(in_post(world, "street_office", "S"), at))
    other = set(Order.objects.visible_to(in_post(world, "street_office", "S2"), at))

    assert {orders.new, orders.area, orders.done} <= seen
    assert other == {orders.far, orders.far_new, orders.unit}


def test_a_unit_reaches_what_was_given_to_the_units_below_it(world, at, orders):
    seen = Order.objects.visible_to(in_post(world, "branch_secretary", "C"), at)

    assert set(seen) == {orders.area, orders.taken, orders.done, orders.unit}


def test_a_resident_sees_their_own_and_nobody_elses(world, at, orders):
    mine = set(Order.objects.visible_to(world.by.aunt_wang, at))

    assert mine == set(Order.objects.all())
    assert not Order.objects.visible_to(world.by.grandpa_li, at).exists()
    assert not Order.objects.visible_to(ANONYMOUS, at).exists()
    assert not rules.can_withdraw(orders.new, world.by.grandpa_li)


def test_a_receipt_opens_one_order(at, orders):
    holder = holder_of("orders.order", orders.new.pk)

    assert list(Order.objects.visible_to(holder, at)) == [orders.new]
    assert rules.can_withdraw(orders.new, holder)
    assert not rules.can_withdraw(orders.far_new, holder)


def test_whoever_took_it_sees_it_until_seven_days_after_it_was_done(world, at):
    order = stories.finished(world, at)
    days = [timedelta(days=6, hours=23), timedelta(days=7)]

    seen = [order in Order.objects.visible_to(world.by.chen, at + later) for later in days]

    assert seen == [True, False]
    assert phone_access(world.by.chen, accepted=True) == "read"
    assert phone_access(world.by.chen, accepted=False) == "never"


# Acting for another person. `counter`: has a counter in its area and serves whoever is registered
# there. Whoever acts for a person sees that person's orders and nothing else, and does what the
# person could do and nothing else, whatever the post may do otherwise.
COUNTER = {"grid_worker", "clerk", "secretary", "keeper"}


@pytest.fixture
def registered(world, at):
    """A person without a telephone, with an order of their own."""
    person = stories.registered(world, at)
    return SimpleNamespace(person=person, order=stories.entered_for(world, person, at))


@pytest.mark.parametrize("how", ["in_person", "phone", "card", "family", ""])
def test_who_may_act_for_a_person_without_a_telephone(world, at, registered, how):
    found = {
        role
        for role in ROLES
        if acting_for(in_post(world, role), registered.person, how=how, day=at.date())
    }

    assert found == (COUNTER if how in ("in_person", "phone") else set())


def test_a_counter_elsewhere_serves_nobody_here(world, at, registered):
    for role in ROLES:
        by = in_post(world, role, "C2")
        assert acting_for(by, registered.person, how="in_person", day=at.date()) is None


def test_whoever_acts_for_a_person_has_no_other_part(world, at, orders, registered):
    others = list(vars(orders).values())
    plain = (rules.can_admit, rules.can_ask, rules.can_amend, rules.can_turn_away)
    later = (rules.can_dispatch, rules.can_invite, rules.can_send_back, rules.can_finish)
    asker = (rules.can_rate, rules.can_reopen, rules.can_withdraw, rules.can_answer)
    for role in sorted(COUNTER):
        by = acting_for(in_post(world, role), registered.person, how="phone", day=at.date())
        assert set(Order.objects.visible_to(by, at)) == {registered.order}, role
        assert not [o for o in others if rules.sees(o, by, at)], role
        assert not [can for can in (*plain, *later, *asker) for o in others if can(o, by)], role
        assert not [can for can in (*plain, *later) if can(registered.order, by)], role
        assert not Order.objects.offered_to(by).exists()
        assert not Order.objects.known_to(by).exists()
        assert not rules.can_reveal(registered.order, by, "read")
        assert not can_find_by_phone(by)
        assert not can_unmask(by, accepted=False, purpose="核对上门时间")


SCOPES = [(), ("pick_up",), ("rate",), ("order",), ("order", "rate", "pick_up")]


@pytest.mark.parametrize("scopes", SCOPES)
def test_family_sees_and_does_what_it_was_entrusted_with(world, at, orders, scopes):
    stories.entrusted(world, at, world.aunt_wang, world.grandpa_li, *(scopes or ("pick_up",)))
    by = stories.as_family(world.grandpa_li, world.aunt_wang, at)
    mine = Order.objects.filter(author=world.aunt_wang)
    sensitive = Category.objects.get(code="daily_repair")

    expected = set(mine) if "order" in scopes else {orders.done} if "rate" in scopes else set()
    assert set(Order.objects.visible_to(by, at)) == expected
    assert {order for order in mine.with_names() if rules.sees(order, by, at)} == expected
    assert bool(rules.can_withdraw(orders.new, by)) == ("order" in scopes)
    assert bool(rules.can_rate(orders.done, by, rules.NOTHING)) == ("rate" in scopes)
    Category.objects.filter(pk=sensitive.pk).update(is_sensitive=True)
    assert not Order.objects.visible_to(by, at).exists()
    assert not [order for order in mine.with_names() if rules.sees(order, by, at)]
