"""Which rule an order meets, what a table covers, what in it never fires. No database."""

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yizhan.base.actor import ANONYMOUS, CLOCK, Actor, Kind
from yizhan.routing.conditions import ALWAYS, LEVELS, Conditions, read
from yizhan.routing.matching import Facts, Rule, Target, mismatch, route
from yizhan.routing.models import RoutingRule, RoutingTable
from yizhan.routing.reports import Matter, coverage, crossing, place_for, shadowed
from yizhan.routing.rules import can_keep_table, can_publish, can_read_table

BRANCH, TEAM, OFFICE = Target(kind="branch"), Target(kind="team"), Target(unit="D1", name="住建局")
MATTERS = [
    Matter("daily", "生活帮扶（未细分）", "daily", "branch", needs_visit=True),
    Matter("daily_repair", "家庭小修", "daily", "branch", needs_visit=True),
    Matter("daily_clinic", "陪同就医", "daily", "branch", needs_visit=True, is_sensitive=True),
    Matter("facility_lift", "电梯报修", "facility", "property"),
]
HERE, NEAR, FAR = "610302002002", "610302002008", "610302005013"
REGIONS = [HERE, NEAR, FAR]


def facts(category="daily_repair", region=HERE, **more):
    matter = next(one for one in MATTERS if one.code == category)
    return Facts(
        category=category,
        group=matter.group,
        region=region,
        handler=matter.handler,
        **{"needs_visit": matter.needs_visit, "is_sensitive": matter.is_sensitive} | more,
    )


def rule(number, target=BRANCH, *, category="", region="", faults=(), **conditions):
    return Rule(
        pk=number,
        number=number,
        target=target,
        category=category,
        region=region,
        conditions=Conditions(**conditions),
        faults=tuple(faults),
    )


@pytest.mark.parametrize(
    ("asked", "more", "says"),
    [
        ({"category": "daily"}, {}, ""),
        ({"category": "daily_repair"}, {}, ""),
        ({"category": "facility"}, {}, "只管「facility」"),
        ({"category": "daily_repair"}, {"category": "daily"}, "只管「daily_repair」"),
        ({"region": "610302"}, {}, ""),
        ({"region": HERE[:9]}, {}, ""),
        ({"region": FAR[:9]}, {}, "只管610302005"),
        ({"level": "urgent"}, {"level": "urgent"}, ""),
        ({"level": "urgent"}, {}, "只管级别是急的"),
        ({"needs_visit": True}, {}, ""),
        ({"needs_visit": False}, {}, "只管不用上门的"),
        ({"is_sensitive": True}, {}, "只管敏感事项的"),
        ({"is_sensitive": True}, {"category": "daily_clinic"}, ""),
        ({"outside_hours": True}, {"outside_hours": True}, ""),
        ({"outside_hours": True}, {}, "只管办公时间以外点的单的"),
        ({"station_type": "kiosk"}, {"station_type": "kiosk"}, ""),
        ({"station_type": "kiosk"}, {}, "只管在kiosk点的单"),
        ({"words": ("电梯", "扶梯")}, {"words": "扶梯坏了"}, ""),
        ({"words": ("电梯",)}, {"words": "楼道灯不亮"}, "原话里没有「电梯」"),
    ],
)
def test_what_a_rule_asks(asked, more, says):
    assert mismatch(rule(1, **asked), facts(**more)) == says


def test_the_first_that_matches_decides_and_the_others_say_why_not():
    table = [
        rule(1, OFFICE, category="facility"),
        rule(2, TEAM, category="daily"),
        rule(3, BRANCH),
        rule(4, BRANCH, region=FAR),
    ]

    answer = route(facts(), table)

    assert (answer.target, answer.rule, answer.is_broken) == (TEAM, table[1], False)
    assert answer.why == "第 2 条，「daily」，全区，派给当地的志愿服务队"
    assert answer.passed_over == (
        (table[0], "只管「facility」"),
        (table[2], "也符合，但第 2 条排在前面"),
    )


def test_without_a_rule_the_usual_kind_of_the_category_is_named():
    answer = route(facts("facility_lift"), [rule(1, region=FAR)])

    assert (answer.target, answer.rule) == (Target(kind="property"), None)
    assert answer.why.endswith("按这一类常办的单位：物业企业")


def test_a_broken_rule_is_named_and_nothing_is_taken_instead():
    table = [rule(1, OFFICE, category="daily", faults=["单位「住建局」已停用"]), rule(2)]

    answer = route(facts(), table)

    assert (answer.target, answer.rule, answer.is_broken) == (None, table[0], True)
    assert "第 1 条本该生效，但它失效了：单位「住建局」已停用" in answer.why
    assert route(facts("facility_lift"), table).rule == table[1]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ([], "条件读不出来"),
        ({"phase": "moon"}, "没有「phase」这种条件"),
        ({"level": "calm"}, "没有「calm」这种级别"),
        ({"level": ["urgent"]}, "没有「['urgent']」这种级别"),
        ({"needs_visit": "yes"}, "「要上门」只能是或不是"),
        ({"station_type": "castle"}, "没有「castle」这种驿站类型"),
        ({"words": "电梯"}, "原话里的词读不出来"),
        ({"words": [" "]}, "原话里的词要有 1 至 20 个"),
        ({"words": ["电" * 13]}, f"「{'电' * 13}」太长，一个词最多 12 个字"),
    ],
)
def test_conditions_outside_the_closed_set_are_named(data, fault):
    assert read(data, {"kiosk"}) == (ALWAYS, [fault])


def test_conditions_are_kept_and_read_again():
    kept = Conditions("urgent", True, False, True, "kiosk", ("电梯", "扶梯"))

    assert read(kept.as_data(), {"kiosk"}) == (kept, [])
    assert kept.in_words({"kiosk": "岗亭"}) == [
        "级别是急", "要上门", "不是敏感事项", "办公时间以外点的单", "在岗亭点的单",
        "原话里有「电梯」或「扶梯」",
    ]  # fmt: skip
    assert read({}, ()) == (ALWAYS, [])


def test_a_rule_below_a_wider_one_never_fires():
    wide, narrow = rule(1, category="daily"), rule(2, TEAM, category="daily_repair", region=HERE)

    assert shadowed([wide, narrow], MATTERS, REGIONS) == [(narrow, (wide,))]
    assert shadowed([narrow, wide], MATTERS, REGIONS) == []


def test_several_rules_together_can_leave_nothing():
    levels = [rule(n, level=level) for n, level in enumerate(LEVELS, 1)]
    last = rule(4, TEAM, category="daily")

    assert shadowed([*levels, last], MATTERS, REGIONS) == [(last, tuple(levels))]
    assert shadowed([*levels[1:], last], MATTERS, REGIONS) == []


def test_a_rule_that_no_order_can_meet_is_reported():
    never = rule(1, category="facility_lift", needs_visit=True)

    assert shadowed([never], MATTERS, REGIONS) == [(never, ())]


def test_words_hold_less_than_none():
    words, plain = rule(1, TEAM, words=("电梯",)), rule(2)

    assert shadowed([words, plain], MATTERS, REGIONS) == []
    assert shadowed([plain, words], MATTERS, REGIONS) == [(words, (plain,))]
    more = rule(3, OFFICE, words=("电梯井",))
    assert shadowed([words, more], MATTERS, REGIONS) == [(more, (words,))]


def test_only_rules_that_cross_are_a_conflict():
    by_place = rule(1, TEAM, region=HERE)
    by_matter = rule(2, OFFICE, category="facility")
    narrow = rule(3, BRANCH, category="facility", region=HERE)

    assert crossing([by_place, by_matter], MATTERS, REGIONS) == [(by_place, by_matter)]
    assert crossing([narrow, by_matter], MATTERS, REGIONS) == []
    assert (
        crossing([by_matter, rule(4, TEAM, region=FAR, category="daily")], MATTERS, REGIONS) == []
    )
    assert crossing([by_place, rule(5, TEAM, category="facility")], MATTERS, REGIONS) == []
    words = rule(6, OFFICE, words=("电梯",))
    assert crossing([by_place, words], MATTERS, REGIONS) == [(by_place, words)]


def test_a_new_rule_goes_above_what_would_leave_it_nothing():
    table = [rule(1, category="facility"), rule(2)]

    assert place_for(rule(9, TEAM, category="daily"), table, MATTERS, REGIONS) == 1
    assert place_for(rule(9, TEAM, category="facility", region=HERE), table, MATTERS, REGIONS) == 0
    assert place_for(rule(9, TEAM), table[:1], MATTERS, REGIONS) == 1


# Any table

CATEGORIES = ("", "daily", "facility", *(one.code for one in MATTERS))
targets = st.sampled_from([BRANCH, TEAM, OFFICE])
maybe = st.sampled_from([None, True, False])
conditions = st.builds(
    Conditions,
    level=st.sampled_from(["", *LEVELS]),
    needs_visit=maybe,
    is_sensitive=maybe,
    outside_hours=maybe,
    station_type=st.sampled_from(["", "kiosk"]),
    words=st.sampled_from([(), ("电梯",), ("电梯", "漏水")]),
)
some_rules = st.lists(
    st.tuples(
        targets,
        st.sampled_from(CATEGORIES),
        st.sampled_from(["", "610302", HERE[:9], HERE, FAR]),
        st.one_of(st.just(ALWAYS), conditions),
        st.sampled_from([(), (), ("失效",)]),
    ),
    max_size=6,
).map(
    lambda rows: [
        Rule(pk=n, number=n, target=t, category=c, region=r, conditions=k, faults=f)
        for n, (t, c, r, k, f) in enumerate(rows, 1)
    ]
)
TEXTS = ("", "电梯停了", "漏水", "电梯漏水")
EVERY = [
    facts(one.code, region, level=level, outside_hours=outside, station_type=kind, words=text)
    for one, region, level, outside, kind, text in product(
        MATTERS, REGIONS, LEVELS, (False, True), ("", "kiosk"), TEXTS
    )
]
some_facts = st.sampled_from(EVERY)


@given(some_rules, some_facts)
def test_one_rule_decides_and_it_is_the_first_that_matches(table, order):
    answer = route(order, table)

    matching = [one for one in table if not mismatch(one, order)]
    assert answer.rule == (matching[0] if matching else None)
    assert answer.is_broken == bool(matching and matching[0].faults)
    assert route(order, table) == answer
    told = [one for one, _ in answer.passed_over]
    assert len({one.pk for one in told}) == len(told)
    assert {one.pk for one in matching[1:]} <= {one.pk for one in told}


@given(some_rules, some_facts, st.randoms(use_true_random=False))
def test_the_order_of_rules_that_do_not_match_makes_no_difference(table, order, dice):
    matching = [one for one in table if not mismatch(one, order)]
    others = [one for one in table if mismatch(one, order)]
    mixed = list(matching)
    for one in others:
        mixed.insert(dice.randint(0, len(mixed)), one)

    before, after = route(order, table), route(order, mixed)
    assert (after.target, after.rule) == (before.target, before.rule)


@given(some_rules)
def test_coverage_agrees_with_asking_for_every_order(table):
    found = {(one.matter.code, one.region): one.state for one in coverage(table, MATTERS, REGIONS)}

    for matter, region in product(MATTERS, REGIONS):
        orders = [one for one in EVERY if (one.category, one.region) == (matter.code, region)]
        hit = [route(one, table).rule is not None for one in orders]
        expected = "all" if all(hit) else "some" if any(hit) else "none"
        assert found[matter.code, region] == expected


@given(some_rules)
def test_what_is_reported_as_never_firing_never_fires_and_nothing_else(table):
    fired = {answer.rule.pk for one in EVERY if (answer := route(one, table)).rule}

    reported = {one.pk for one, _ in shadowed(table, MATTERS, REGIONS)}
    assert reported == {one.pk for one in table} - fired


@given(some_rules)
def test_what_crosses_shares_orders_and_neither_holds_the_other(table):
    def met(one):
        return {n for n, order in enumerate(EVERY) if not mismatch(one, order)}

    for one, other in crossing(table, MATTERS, REGIONS):
        here, there = met(one), met(other)
        assert one.target != other.target
        assert here & there
        assert here - there
        assert there - here


@given(some_rules, st.data())
def test_a_rule_put_in_its_place_is_left_something_if_anything_is(table, data):
    assume(table)
    new = table.pop(data.draw(st.integers(0, len(table) - 1)))
    place = place_for(new, table, MATTERS, REGIONS)

    for one in table[:place]:
        wide = {n for n, order in enumerate(EVERY) if not mismatch(one, order)}
        own = {n for n, order in enumerate(EVERY) if not mismatch(new, order)}
        assert not own or own - wide


# Who may


def actor(*powers, area="610302"):
    return Actor(kind=Kind.PERSON, person_id=1, powers=frozenset(powers), area=area)


@pytest.mark.parametrize(
    ("by", "reads", "keeps"),
    [
        (actor("routing.table"), "", ""),
        (actor("routing.table", area=HERE[:9]), "", "outside"),
        (actor("routing.read"), "", "no_power"),
        (actor("orders.triage"), "no_power", "no_power"),
        (ANONYMOUS, "no_power", "no_power"),
        (CLOCK, "no_power", ""),
    ],
)
def test_who_reads_and_who_writes(by, reads, keeps):
    assert can_read_table(by).code == reads
    assert can_keep_table(by, "610302").code == keeps


def test_only_a_sound_draft_as_it_was_seen_is_published(at):
    from yizhan.regions.models import Region

    table = RoutingTable(region=Region(code="610302"), version=4)
    today = at.date()
    values = {
        "version": 4, "from_date": today, "today": today, "rules": [rule(1)], "waiting": 0,
        "newest": 2, "newest_seen": 2,
    }  # fmt: skip

    def code(**more):
        return can_publish(table, actor("routing.table"), **(values | more)).code

    assert code() == ""
    assert code(version=3) == "stale"
    assert code(newest_seen=1) == "newer"
    assert code(waiting=1) == "proposals"
    assert code(rules=[]) == "empty"
    assert code(rules=[rule(1, faults=["单位已停用"])]) == "broken"
    assert code(from_date=today.replace(day=1)) == "past"
    table.state = RoutingTable.State.PUBLISHED
    assert code() == "wrong_state"
    assert RoutingRule.State.ACTIVE.label == "在目录里"
