"""Who fits, in tables of facts: no database here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhan.dispatch import rules
from yizhan.dispatch.rules import Helper, Need
from yizhan.places.coordinates import Point

HERE = Point(34.36, 107.15)
FAR = Point(34.38, 107.15)
REPAIR = Need(7, skill="水电维修", point=HERE)


@pytest.mark.parametrize(
    ("skills", "skill", "known"),
    [
        ("水电维修、搬运", "水电维修", True),
        ("会水电", "水电维修", True),
        ("水电", "水电维修", True),
        ("理发", "水电维修", False),
        ("家庭水电维修；理发", "水电维修", True),
        ("修", "水电维修", False),
        ("", "水电维修", False),
        ("", "", True),
        ("理发", "", True),
    ],
)
def test_a_skill_is_what_somebody_says_of_themselves(skills, skill, known):
    assert rules.knows(Helper(1, skills=skills), skill) == known


@pytest.mark.parametrize(
    ("need", "helper", "words"),
    [
        (
            REPAIR,
            Helper(1, skills="水电维修", point=Point(34.3655, 107.15)),
            "会水电维修；离得近，约 800 米；手上没有别的单子",
        ),
        (REPAIR, Helper(1, point=HERE, in_hand=1), "没写会不会水电维修；就在附近；手上有 1 件"),
        (Need(7, point=HERE), Helper(1, point=FAR, in_hand=2), "约 2.9 公里；手上有 2 件"),
        (Need(7), Helper(1, point=FAR), "手上没有别的单子"),
        (Need(7, point=HERE), Helper(1), "手上没有别的单子"),
        (Need(7), Helper(1, month=9, week=1, waiting=2), "手上没有别的单子"),
    ],
)
def test_a_reason_names_skill_way_and_load_and_nothing_else(need, helper, words):
    assert rules.reason(need, helper) == words


@pytest.mark.parametrize(
    ("helper", "code"),
    [
        (Helper(1), ""),
        (Helper(1, in_hand=2, week=1, month=12, waiting=5), ""),
        (Helper(1, is_asked=True, is_free=False, in_hand=3), "asked"),
        (Helper(1, is_free=False, in_hand=3), "not_free"),
        (Helper(1, in_hand=3, week=2), "full"),
        (Helper(1, week=2), "resting"),
    ],
)
def test_why_somebody_is_not_suggested(helper, code):
    assert rules.standing(helper) == code
    assert bool(rules.suggest(Need(7), [helper])) == (not code)


@pytest.mark.parametrize(
    ("helper", "room"),
    [
        (Helper(1), 2),
        (Helper(1, in_hand=2), 1),
        (Helper(1, in_hand=3), 0),
        (Helper(1, week=1), 1),
        (Helper(1, week=2), 0),
        (Helper(1, week=9), 0),
        (Helper(1, waiting=1), 1),
        (Helper(1, waiting=3), 0),
        (Helper(1, is_free=False), 0),
    ],
)
def test_three_in_hand_two_a_week_and_nobody_is_asked_for_more_at_once(helper, room):
    assert rules.room(helper) == room


@pytest.mark.parametrize(
    ("need", "times"),
    [
        (Need(7), 1),
        (Need(7, level="complex"), 1),
        (Need(7, level="urgent"), 4),
        (Need(7, is_late=True), 2),
        (Need(7, level="urgent", is_late=True), 8),
    ],
)
def test_what_is_urgent_or_late_goes_first(need, times):
    assert rules.penalty(need) == 200 * 60 * times


def test_the_near_the_skilled_and_the_rested_come_first():
    near, far = Helper(1, skills="水电维修", point=HERE), Helper(2, skills="水电维修", point=FAR)
    unskilled, busy = Helper(3, point=HERE), Helper(4, skills="水电维修", point=HERE, in_hand=2)
    often = Helper(5, skills="水电维修", point=HERE, month=6)

    found = rules.suggest(REPAIR, [far, often, unskilled, busy, near])

    assert [one.person_id for one in found] == [1, 4, 5, 3, 2]


def test_the_best_five_and_no_more():
    assert len(rules.suggest(REPAIR, [Helper(n) for n in range(1, 9)])) == 5


def test_equals_do_not_always_come_in_the_same_order():
    helpers = [Helper(n) for n in range(1, 9)]
    firsts = {rules.suggest(Need(order), helpers)[0].person_id for order in range(1, 60)}

    assert len(firsts) > 4
    assert rules.suggest(Need(3), helpers) == rules.suggest(Need(3), helpers[::-1])


counts = st.integers(0, 5)
helpers = st.builds(
    Helper,
    person_id=st.integers(1, 99),
    skills=st.sampled_from(["", "水电维修", "理发"]),
    point=st.sampled_from([None, HERE, FAR]),
    in_hand=counts,
    waiting=counts,
    week=counts,
    month=st.integers(0, 40),
    is_free=st.booleans(),
    is_asked=st.booleans(),
)


@given(st.lists(helpers, max_size=12, unique_by=lambda one: one.person_id))
def test_whoever_is_suggested_may_be_asked_and_nobody_cheaper_is_left_out(found):
    top = rules.suggest(REPAIR, found)
    chosen = {one.person_id for one in top}
    rest = [one for one in found if one.person_id not in chosen and not rules.standing(one)]

    assert [one.cost for one in top] == sorted(one.cost for one in top)
    assert not [one for one in found if one.person_id in chosen and rules.standing(one)]
    assert not top or all(
        rules.cost(REPAIR, one) + rules.spread(one) >= top[-1].cost for one in rest
    )


@given(helpers, st.integers(0, 40))
def test_how_much_somebody_took_lately_is_never_in_the_words(helper, month):
    other = Helper(**{**{n: getattr(helper, n) for n in helper.__slots__}, "month": month})

    assert rules.reason(REPAIR, helper) == rules.reason(REPAIR, other)
    assert rules.standing(helper) == rules.standing(other)
