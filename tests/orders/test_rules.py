"""Every rule over every state and every kind of actor. The database is blocked: facts only."""

import inspect
from datetime import UTC, datetime, timedelta

import pytest

from yizhan.base.actor import CLOCK, Actor, Kind, holder_of
from yizhan.orders import rules
from yizhan.orders.models import Order
from yizhan.orders.rules import NOTHING, Facts, Last
from yizhan.orders.states import State
from yizhan.people.models import Unit
from yizhan.people.roles import ROLES
from yizhan.routing.models import Category

HERE, FAR, STREET = "610302002002", "610302005013", "610302002"
ASKER, HANDLER = 1, 2
GIVEN = (State.DISPATCHED, State.ACCEPTED, State.FINISHED, State.RATED)
TAKEN = (State.ACCEPTED, State.FINISHED, State.RATED)


def person(number, role="", *, area="", path=""):
    """Someone in a post of this role, as the middleware makes them."""
    powers = ROLES[role].powers if role else frozenset()
    unit = int(path.split(".")[-2]) if path else None
    return Actor(
        kind=Kind.PERSON,
        person_id=number,
        role=role,
        powers=powers,
        area=area,
        unit_id=unit,
        unit_path=path,
    )


CAST = {
    "asker": person(ASKER),
    "receipt": holder_of("orders.order", 77),
    "clock": CLOCK,
    "resident": person(9),
    "handler": person(HANDLER, "member", path="1.2.3."),
    "colleague": person(3, "member", path="1.2.3."),
    "leader": person(4, "branch_secretary", path="1.2.3."),
    "parent": person(14, "partner", path="1.2."),
    "rival": person(5, "branch_secretary", path="1.2.30."),
    "clerk": person(6, "clerk", area=HERE),
    "far_clerk": person(7, "clerk", area=FAR),
    "secretary": person(15, "secretary", area=HERE),
    "street": person(8, "street_office", area=STREET),
    "grid": person(10, "grid_worker", area=HERE),
    "head": person(11, "building_head", area=HERE),
    "keeper": person(12, "keeper", area=HERE),
    "mediator": person(13, "mediator", path="1.2.3."),
}
CODES = {
    "y": "",
    "p": "not_your_post",
    "a": "not_asker",
    "h": "not_handler",
    "w": "wrong_state",
    "l": "too_late",
    "c": "confidential",
    "o": "still_open",
}
# One letter a state, in the order of `State`: placed received asking dispatched accepted …
TABLE = """
admit      clerk     ywwwwwwwwwwww
admit      street    ywwwwwwwwwwww
admit      grid      ywwwwwwwwwwww
ask        clerk     yywwwwwwwywww
ask        street    yywwwwwwwywww
ask        grid      yywwwwwwwywww
ask        handler   ppppypppppppp
answer     asker     wwywwwwwwwwww
answer     receipt   wwywwwwwwwwww
answer     clerk     wwywwwwwwwwww
answer     grid      wwywwwwwwwwww
answer     head      wwywwwwwwwwww
answer     keeper    wwywwwwwwwwww
amend      clerk     yyyyywwwwyyyw
amend      street    yyyyywwwwyyyw
amend      grid      yyyyywwwwyyyw
turn_away  clerk     yywwwwwwwywww
turn_away  street    yywwwwwwwywww
turn_away  grid      yywwwwwwwywww
dispatch   clerk     yywwwwwwwywww
dispatch   street    yywwwwwwwywww
invite     clerk     wwwywwwwwwwww
invite     leader    pppywwwpppppp
send_back  handler   ppppywwpppppp
send_back  leader    pppywwwpppppp
send_back  parent    pppywwwpppppp
hand_over  handler   hhhhywwhhhhhh
finish     handler   hhhhywwhhhhhh
finish     clerk     wwwwywwwwwwww
rate       asker     wwwwwywwwwwww
rate       receipt   wwwwwywwwwwww
read_rating clerk     wwwwwwywwwwww
read_rating street    wwwwwwywwwwww
read_rating grid      wwwwwwywwwwww
reopen     asker     wwwwwyywywwww
reopen     receipt   wwwwwyywywwww
withdraw   asker     yyyylllllyyyy
withdraw   receipt   yyyylllllyyyy
forget_asker asker     oooooyyyyoooy
forget_asker receipt   oooooyyyyoooy
forget_asker clerk     oooooyyyyoooy
forget_asker street    oooooyyyyoooy
forget_asker clock     oooooyyyyoooy
admit      secretary ywwwwwwwwwwww
ask        secretary yywwwwwwwywww
answer     secretary wwywwwwwwwwww
amend      secretary yyyyywwwwyyyw
turn_away  secretary yywwwwwwwywww
dispatch   secretary yywwwwwwwywww
invite     secretary wwwywwwwwwwww
finish     secretary wwwwywwwwwwww
read_rating secretary wwwwwwywwwwww
forget_asker secretary oooooyyyyoooy
set_aside  secretary wywyywwwwywww
take_up    secretary wwwwwwwwwwwyw
conclude   secretary wwwwwwwwwwwyw
escalate   secretary wywwwwwwwwwww
send_down  street    wwwwwwwwwywww
call_in    clerk     wwwywwwwwwwww
call_in    street    wwwywwwwwwwww
call_in    secretary wwwywwwwwwwww
call_in    clock     wwwywwwwwwwww
dispute    leader    pppywwwpppppp
dispute    parent    pppywwwpppppp
settle     street    wwwwwwwwwwyww
set_aside  clerk     wywyywwwwywww
set_aside  street    wywyywwwwywww
take_up    clerk     wwwwwwwwwwwyw
take_up    street    wwwwwwwwwwwyw
conclude   clerk     wwwwwwwwwwwyw
conclude   street    wwwwwwwwwwwyw
conclude   asker     wwwwwwwwwwwyw
conclude   receipt   wwwwwwwwwwwyw
"""
TIMED = (  # their own tables are in test_contact and test_ask_extension
    "contact", "ask_extension", "grant_extension", "refuse_extension", "recompute_provisional",
)  # fmt: skip
FILTERS = ("keep_filter", "drop_filter")
NOT_FOR = {
    "answer": "a",
    "hand_over": "h",
    "finish": "h",
    "rate": "a",
    "reopen": "a",
    "withdraw": "a",
    "read_rating": "c",
}
ROWS = {tuple(line.split()[:2]): line.split()[2] for line in TABLE.strip().splitlines()}
VERBS = sorted({verb for verb, _ in ROWS})


def order_in(state, **more):
    """An order of 渭工路 that has come this far, given to unit 3 and taken by the handler."""
    values = {
        "pk": 77,
        "state": state,
        "region_code": HERE,
        "author_id": ASKER,
        "unit": Unit(pk=3, path="1.2.3.") if state in GIVEN else None,
        "pool": state in GIVEN,
        "handler_id": HANDLER if state in TAKEN else None,
        "contact_phone": "13800000001",
    }
    return Order(**(values | more))


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("verb", VERBS)
def test_who_may_do_what_in_which_state(verb, who):
    can = getattr(rules, f"can_{verb}")
    found = [can(order_in(state), CAST[who]) for state in State]

    letters = ROWS.get((verb, who), NOT_FOR.get(verb, "p") * len(State))
    assert [verdict.code for verdict in found] == [CODES[letter] for letter in letters]
    assert [bool(verdict.reason) for verdict in found] == [letter != "y" for letter in letters]


def test_every_rule_has_its_table_here():
    known = {name.removeprefix("can_") for name in dir(rules) if name.startswith("can_")}

    assert known == {
        *VERBS,
        "place",
        "stand_in",
        "take_in",
        "enter",
        "accept",
        "decline",
        "reveal",
        "undo",
        "give_cause",
        "fold_in",
        "fold_out",
        *TIMED,
        *FILTERS,
    }


def test_rules_ask_nobody_but_their_arguments():
    assert ".objects" not in inspect.getsource(rules)


@pytest.mark.parametrize("verb", ["ask", "send_back", "hand_over", "finish"])
def test_while_the_resident_is_asked_the_handler_waits(verb):
    order = order_in(State.ASKING, handler_id=HANDLER, unit=Unit(pk=3, path="1.2.3."))

    assert not getattr(rules, f"can_{verb}")(order, CAST["handler"])


def test_once_the_handler_has_asked_it_is_too_late_to_withdraw():
    order = order_in(State.ASKING, asked_from=State.ACCEPTED, handler_id=HANDLER)

    assert rules.can_withdraw(order, CAST["asker"]).code == "too_late"


def test_who_did_the_work_does_not_read_the_rating_in_any_post():
    order = order_in(State.RATED, handler_id=CAST["clerk"].person_id)

    assert rules.can_read_rating(order, CAST["clerk"]).code == "confidential"
    assert rules.can_read_rating(order, CAST["street"])


def test_can_take_in():
    assert rules.can_take_in(is_on=True)
    verdict = rules.can_take_in(is_on=False)

    assert verdict.code == "module_off"
    assert "请打电话或到社区服务中心" in verdict.reason


@pytest.mark.parametrize(
    ("code", "words"), [("", ""), ("emergency", "请马上拨打"), ("elsewhere", "请到别处")]
)
def test_can_place(code, words):
    verdict = rules.can_place(Category(exit=code, exit_words=words))

    assert (verdict.code, verdict.reason) == (f"exit_{code}" if code else "", words)


@pytest.mark.parametrize(
    ("who", "region", "code"),
    [
        ("clerk", HERE, ""),
        ("keeper", HERE, ""),
        ("head", HERE, ""),
        ("grid", HERE, ""),
        ("far_clerk", HERE, "outside"),
        ("keeper", FAR, "outside"),
        ("keeper", STREET, "outside"),
        ("street", HERE, "not_your_post"),
        ("asker", HERE, "not_your_post"),
        ("receipt", HERE, "not_your_post"),
        ("handler", HERE, "not_your_post"),
        ("leader", HERE, "not_your_post"),
    ],
)
def test_can_enter(who, region, code):
    assert rules.can_enter(CAST[who], region).code == code


INVITED, OVER = Facts(invited=True), Facts(invited=True, taking_over=True)


@pytest.mark.parametrize(
    ("who", "state", "pool", "facts", "code"),
    [
        ("colleague", "dispatched", True, NOTHING, ""),
        ("leader", "dispatched", True, NOTHING, ""),
        ("colleague", "dispatched", False, NOTHING, "not_offered"),
        ("colleague", "dispatched", False, INVITED, ""),
        ("rival", "dispatched", True, NOTHING, "not_offered"),
        ("rival", "dispatched", True, INVITED, ""),
        ("parent", "dispatched", True, NOTHING, "not_offered"),
        ("clerk", "dispatched", True, NOTHING, "not_offered"),
        ("clerk", "dispatched", False, INVITED, ""),
        ("asker", "dispatched", True, INVITED, "not_your_post"),
        ("receipt", "dispatched", True, NOTHING, "not_your_post"),
        ("keeper", "dispatched", True, NOTHING, "not_your_post"),
        ("mediator", "dispatched", True, NOTHING, "not_your_post"),
        ("colleague", "placed", True, NOTHING, "taken"),
        ("colleague", "accepted", True, NOTHING, "taken"),
        ("colleague", "accepted", True, INVITED, "taken"),
        ("colleague", "accepted", False, OVER, ""),
        ("colleague", "asking", False, OVER, "taken"),
        ("colleague", "finished", False, OVER, "taken"),
        ("colleague", "withdrawn", True, NOTHING, "taken"),
        ("colleague", "dispatched", True, Facts(in_hand=2), ""),
        ("colleague", "dispatched", True, Facts(in_hand=3), "enough_in_hand"),
        ("colleague", "dispatched", False, Facts(invited=True, in_hand=3), "enough_in_hand"),
        ("colleague", "accepted", False, Facts(True, True, in_hand=3), "enough_in_hand"),
    ],
)
def test_can_accept(who, state, pool, facts, code):
    order = order_in(State(state), pool=pool)

    assert rules.can_accept(order, CAST[who], facts).code == code


def test_nobody_accepts_their_own():
    order = order_in(State.DISPATCHED, author_id=3)

    assert rules.can_accept(order, CAST["colleague"], INVITED).code == "own_order"


@pytest.mark.parametrize("invited", [False, True])
@pytest.mark.parametrize("state", State)
def test_can_decline(state, invited):
    verdict = rules.can_decline(order_in(state), Facts(invited=invited))

    open_states = (State.DISPATCHED, State.ACCEPTED)
    assert verdict.code == ("" if invited and state in open_states else "not_invited")


@pytest.mark.parametrize(
    ("who", "access", "code"),
    [
        ("clerk", "read", ""),
        ("street", "reason", ""),
        ("handler", "read", ""),
        ("handler", "masked", "masked"),
        ("clerk", "masked", "masked"),
        ("clerk", "never", "masked"),
        ("far_clerk", "read", "outside"),
        ("colleague", "read", "outside"),
        ("keeper", "masked", "outside"),
        ("head", "masked", "outside"),
        ("resident", "never", "outside"),
    ],
)
def test_can_reveal(who, access, code):
    assert rules.can_reveal(order_in(State.ACCEPTED), CAST[who], access).code == code


AT = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("who", "kind", "by", "minutes", "invited", "code"),
    [
        ("clerk", "admitted", 6, 0, False, ""),
        ("clerk", "admitted", 6, 10, False, ""),
        ("clerk", "admitted", 6, 11, False, "too_late"),
        ("clerk", "amended", 6, 1, False, ""),
        ("clerk", "turned_away", 6, 1, False, ""),
        ("clerk", "dispatched", 6, 1, False, ""),
        ("clerk", "dispatched", 6, 1, True, "invited"),
        ("clerk", "dispatched", 8, 1, False, "not_yours"),
        ("street", "dispatched", 8, 1, False, ""),
        ("grid", "admitted", 10, 1, False, ""),
        ("grid", "dispatched", 10, 1, False, "not_your_post"),
        ("far_clerk", "admitted", 7, 1, False, "not_your_post"),
        ("asker", "admitted", 1, 1, False, "not_your_post"),
        ("receipt", "turned_away", None, 1, False, "not_your_post"),
        *(("clerk", kind, 6, 1, False, "wrong_state") for kind in ("accepted", "placed", "undone")),
    ],
)
def test_can_undo(who, kind, by, minutes, invited, code):
    last = Last(kind, by, AT - timedelta(minutes=minutes), invited=invited)

    assert rules.can_undo(order_in(State.RECEIVED), last, CAST[who], AT).code == code
    assert rules.can_undo(order_in(State.RECEIVED), None, CAST[who], AT).code == "wrong_state"


def test_without_a_number_there_is_nothing_to_reveal():
    order = order_in(State.ACCEPTED, contact_phone="")

    assert rules.can_reveal(order, CAST["clerk"], "read").code == "no_phone"


def test_a_unit_is_no_part_of_another_whose_number_begins_alike():
    """Unit 3 is not above unit 30: paths end in a dot."""
    order = order_in(State.DISPATCHED, unit=Unit(pk=30, path="1.2.30."))

    assert not rules.can_invite(order, CAST["leader"])
    assert rules.can_invite(order, CAST["rival"])


@pytest.mark.parametrize(
    ("who", "asker", "receipt", "handler"),
    [
        ("asker", True, True, False),
        ("receipt", True, True, False),
        ("keeper", False, True, False),
        ("handler", False, False, True),
        ("clerk", False, False, False),
    ],
)
def test_who_is_who(who, asker, receipt, handler):
    order = order_in(State.ACCEPTED, entered_by_id=12)

    by = CAST[who]
    found = (rules.is_asker(order, by), rules.holds_receipt(order, by), rules.is_handler(order, by))
    assert found == (asker, receipt, handler)


def test_nobody_is_not_the_author_of_what_nobody_signed():
    order = order_in(State.PLACED, author_id=None, handler_id=None, entered_by_id=None)

    by = Actor(kind=Kind.RECEIPT)
    assert not rules.is_asker(order, by)
    assert not rules.holds_receipt(order, by)
    assert not rules.is_handler(order, by)
