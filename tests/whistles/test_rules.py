"""Tables of facts for the rules of whistles. The database is blocked."""

from datetime import UTC, datetime, timedelta

import pytest

from yizhan.base.actor import Actor, Kind
from yizhan.people.models import Unit
from yizhan.whistles import kinds, rules
from yizhan.whistles.models import Call, Whistle

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
SHOWN = NOON + timedelta(days=14)
STREET = Actor(
    kind=Kind.PERSON, person_id=1, powers=frozenset({"orders.rule"}), area="610302002", unit_id=1
)
UNIT = Actor(
    kind=Kind.PERSON, person_id=2, powers=frozenset({"orders.accept"}), unit_id=7, unit_path="1.7."
)
# One letter a state: called answered arrived explained done cancelled; y yes, w wrong_state,
# c cancelled, l is_lead. Then the same after the end of the whistle.
TABLE = """
answer_call     unit   helper ywwwwc wwwwww
report_in       unit   helper yywywc wwwwww
explain         unit   helper yywwwc wwwwww
complete_part   unit   helper wwywwc wwwwww
cancel_call     street helper yywyww wwwwww
cancel_call     street lead   llllll wwwwww
confirm_arrival street helper wwywyw wwwwww
"""
CODES = {"y": "yes", "w": "wrong_state", "c": "cancelled", "l": "is_lead"}
ROWS = [line.split() for line in TABLE.strip().splitlines()]


def call(state="called", *, part="helper", whistle="open", **more):
    whistle = Whistle(
        state=whistle, region_code="610302002002", shown_at=None if whistle == "open" else SHOWN
    )
    return Call(state=state, part=part, unit=Unit(pk=7, path="1.7."), whistle=whistle, **more)


@pytest.mark.parametrize(("verb", "who", "part", "running", "over"), ROWS)
def test_what_may_be_done_to_a_call(verb, who, part, running, over):
    can, by = getattr(rules, f"can_{verb}"), {"unit": UNIT, "street": STREET}[who]
    for whistle, letters in (("open", running), ("closed", over)):
        found = [can(call(s, part=part, whistle=whistle), by).code or "yes" for s in Call.State]
        assert found == [CODES[letter] for letter in letters], whistle


@pytest.mark.parametrize("verb", [row[0] for row in ROWS])
def test_the_other_side_may_not(verb):
    can = getattr(rules, f"can_{verb}")
    other = STREET if ROWS[[row[0] for row in ROWS].index(verb)][1] == "unit" else UNIT

    assert can(call("arrived"), other).code in ("not_your_unit", "not_your_post")


def test_both_sides_read_when_both_have_given_or_the_time_is_over():
    done = call("done", whistle="closed")
    for given, at, reads in (
        ([], NOON, "not_yet"),
        (["street"], NOON, "not_yet"),
        (["unit"], SHOWN - timedelta(seconds=1), "not_yet"),
        (["street", "unit"], NOON, "yes"),
        ([], SHOWN, "yes"),
    ):
        for by in (STREET, UNIT):
            assert (rules.can_read_assessment(done, given, by, at).code or "yes") == reads
    stranger = Actor(kind=Kind.PERSON, person_id=3)
    assert rules.can_read_assessment(done, ["street", "unit"], stranger, SHOWN).code == "not_a_side"


def test_who_acts_for_another_is_no_side():
    acting = Actor(kind=Kind.PERSON, person_id=2, powers=UNIT.powers, unit_id=7, on_behalf_of=9)

    assert rules.can_report_in(call(), acting).code == "not_your_unit"


def test_times_are_data_in_words():
    assert [kinds.in_words(kind) for kind in kinds.Kind] == [
        "2 个工作日内", "1 个工作日内", "1 小时内",
    ]  # fmt: skip
