"""The living district: what is in it, that it is lawful, and that the same day makes it again."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import time

import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import localdate, localtime

from tests.world import NOON
from yizhan.answers import queries
from yizhan.answers.models import Answer
from yizhan.base import chain
from yizhan.base.models import Notice, Step
from yizhan.clocks.calendar import is_workday
from yizhan.conduct.models import Flag
from yizhan.demo import load
from yizhan.demo.data import living, read
from yizhan.orders.models import Invitation, Order
from yizhan.orders.queries import is_late
from yizhan.orders.rules import LOAD
from yizhan.orders.states import OPEN, Source, State
from yizhan.people.models import Person, Post, Unit
from yizhan.ratings.models import Rating
from yizhan.regions.models import Region

STREET, WEIGONG = "610302002", "610302002002"
SQL_PER_ORDER = 65


@pytest.fixture(scope="module")
def told(demo):
    """The whole district, and how many SQL statements it took."""
    statements = Counter()

    def counted(execute, *arguments):
        statements["all"] += 1
        return execute(*arguments)

    with connection.execute_wrapper(counted), demo("610302", "living"):
        loading = statements["all"]
        yield loading


def test_an_order_costs_a_bounded_number_of_statements(told):
    assert told / living().orders <= SQL_PER_ORDER


@pytest.fixture
def small(monkeypatch):
    """The living district with one street and two dozen orders."""
    every, made = load.own_regions, replace(living(), orders=24)
    monkeypatch.setattr(load, "living", lambda: made)
    monkeypatch.setattr(
        load, "own_regions", lambda: [one for one in every() if one.code.startswith(STREET)]
    )


def test_every_community_has_its_people(told):
    communities = Region.objects.current().own().communities()
    posts = defaultdict(list)
    for post in Post.objects.select_related("unit", "unit__region"):
        posts[post.unit.region.code, post.role].append(post)

    assert communities.count() == 53
    for region in communities:
        for role in ("clerk", "secretary", "keeper", "branch_secretary"):
            assert posts[region.code, role], (region, role)
        members = posts[region.code, "member"]
        assert len(members) >= 4
        assert all(member.skills for member in members)
        assert Person.objects.filter(home=region, posts=None).exists()
        assert Unit.objects.filter(region=region, kind="branch").count() == 2


def test_every_street_and_town_has_companies_and_a_team(told):
    streets = Region.objects.current().own().filter(kind__in=["street", "town"])

    assert streets.count() == 8
    for street in streets:
        kinds = set(Unit.objects.filter(region=street).values_list("kind", flat=True))
        assert kinds == {"street", "team", "property", "partner"}
        for kind in ("team", "property", "partner"):
            assert Post.objects.filter(unit__region=street, unit__kind=kind).exists()


def test_names_and_numbers_are_each_somebody_s_own(told):
    people = list(Person.objects.all())

    assert all(person.is_demo for person in people)
    assert len({person.full_name for person in people}) == len(people)
    phones = [person.phone.open() for person in people if person.phone]
    without = [person for person in people if not person.phone]
    assert len(set(phones)) == len(phones)
    assert [person.full_name for person in without] == [row["name"] for row in read("counter")]


def test_whoever_has_no_telephone_has_a_card_and_a_family(told):
    [row] = read("counter")
    [person] = Person.objects.exclude(notice_version="")

    assert person.cards.in_use().count() == 1
    assert person.proxies.in_force(localdate(NOON)).count() == 1
    orders = Order.objects.filter(author=person)
    assert orders.count() == sum(one["who"] == row["key"] for one in read("orders"))
    assert all(order.steps.first().on_behalf_of == person.pk for order in orders)


def test_there_are_orders_in_every_state_and_from_every_door(told):
    states = Counter(Order.objects.values_list("state", flat=True))

    assert sum(states.values()) == living().orders + len(read("orders") + read("cases"))
    assert set(states) == set(State.values)
    assert states["rated"] > states["finished"] > states["accepted"]
    assert set(Order.objects.values_list("source", flat=True)) == set(Source.values)
    assert Order.objects.filter(author=None).count() > 60
    assert sum(is_late(order, NOON) for order in Order.objects.all()) >= 10
    assert set(Order.objects.values_list("region_code", flat=True)) == set(
        Region.objects.current().own().communities().values_list("code", flat=True)
    )


def test_every_kind_of_act_has_happened(told):
    kinds = set(Step.objects.filter(subject_type="orders.order").values_list("kind", flat=True))
    answers = set(Invitation.objects.values_list("state", flat=True))
    levels = Counter(Rating.objects.values_list("level", flat=True))

    unplayed = {"undone", "forgotten", "photos_forgotten", "erased", "handed"}
    unplayed |= {"extension_refused", "recomputed"}
    # The ways back from what the demo shows standing.
    unplayed |= {"called_in", "sent_down", "settled", "taken_up", "concluded"}
    unplayed |= {"folded_out", "parted", "answered_with", "pool_opened"}
    assert set(Order.STEPS) - kinds <= unplayed
    assert {"accepted", "declined"} <= answers
    assert set(levels) == {1, 2, 3, 4, 5}
    assert levels[5] > levels[4] > levels[3] > levels[1] > 0


def test_it_all_happened_in_the_last_thirty_days_and_in_order(told):
    steps = Step.objects.filter(subject_type="orders.order").order_by("subject_id", "seq")
    last = {}
    for step in steps:
        assert step.at <= NOON
        assert step.at >= last.get(step.subject_id, step.at)
        last[step.subject_id] = step.at

    first = localdate(min(Order.objects.values_list("placed_at", flat=True)))
    assert (localdate(NOON) - first).days == living().days
    crowd = [order.pk for order in Order.objects.order_by("pk")[: living().orders]]
    office = steps.filter(subject_id__in=crowd, kind__in=["admitted", "dispatched", "asked"])
    for step in office:
        assert is_workday(localdate(step.at))
        assert time(8, 30) <= localtime(step.at).time() <= time(18)


def test_nobody_ever_had_more_in_hand_than_allowed(told):
    hands, holder = Counter(), {}
    for step in Step.objects.filter(subject_type="orders.order").order_by("at", "pk"):
        if step.kind in ("accepted", "handed_over"):
            let_go(hands, holder, step)
            holder[step.subject_id] = step.actor_id
            hands[step.actor_id] += 1
            assert hands[step.actor_id] <= LOAD
        elif step.kind in ("sent_back", "finished"):
            let_go(hands, holder, step)

    assert holder


def let_go(hands, holder, step):
    before = holder.pop(step.subject_id, None)
    if before:
        hands[before] -= 1


def test_the_cast_s_own_community_stays_readable(told):
    here = Order.objects.filter(region_code=WEIGONG)
    wang = Person.objects.with_phone("13800000001")

    assert here.filter(state__in=OPEN).count() <= 40
    assert [order.words.open() for order in wang.orders.order_by("pk")] == [
        row["words"] for row in read("orders") if row["who"] == "aunt_wang"
    ]
    for row in read("people"):
        person = Person.objects.with_phone(row["phone"])
        told_of = [one for one in read("orders") if one.get("handler") == row["key"]]
        bad = [one for one in read("cases") if one["kind"] == "bad"]
        told_of += [one for one in bad if one["by"] == row["key"]]
        assert person.handled_orders.count() == len(told_of)


def test_two_answers_are_public_and_one_waits_and_no_flag_has_done_anything(told):
    assert Counter(Answer.objects.values_list("state", flat=True)) == {
        "published": 2,
        "waiting": 1,
    }
    assert queries.public(NOON).count() == 2
    assert list(Flag.objects.values_list("state", "measure")) == [("raised", "")]


def test_old_messages_are_not_sent_again(told):
    night = NOON.replace(hour=0) - (NOON - NOON.replace(hour=0)) * 2  # 16:00 UTC: last midnight

    assert not Notice.objects.filter(at__lt=night, sent_at=None).exclude(
        subject_id__in=Order.objects.order_by("-pk")[: len(read("orders") + read("cases"))].values(
            "pk"
        )
    )


def test_the_history_is_whole(told):
    while chain.seal_waiting(at=NOON):
        pass

    assert chain.verify() == []


def test_only_the_cast_is_shown_and_the_others_can_sign_in(told):
    page = Client().get("/demo/").content.decode()
    clerk = Person.objects.get(username="c001001")

    assert page.count('name="key"') == len(read("people"))
    assert clerk.full_name not in page
    assert clerk.check_password(load.PASSWORD)
    assert clerk.phone.open() == "15400100101"


def test_a_second_load_adds_nothing(told):
    models = (Order, Person, Post, Unit, Step, Notice)
    before = [model.objects.count() for model in models]

    load.load(NOON)

    assert [model.objects.count() for model in models] == before


def history():
    """Everything that is said and done, without the random codes."""
    orders = Order.objects.select_related("category", "unit", "handler", "author").order_by("pk")
    phones = {one.pk: one.phone.open() if one.phone else "" for one in Person.objects.all()}
    steps = Step.objects.select_related("remark").order_by("subject_type", "subject_id", "seq")
    return {
        "orders": [
            [one.words.open(), one.place and one.place.open(), one.state, one.source, one.brief]
            for one in orders
        ],
        "ends": [
            [one.region_code, one.placed_at, one.finish_by, one.unit and one.unit.code]
            for one in orders
        ],
        "hands": [[phones.get(one.handler_id), phones.get(one.author_id)] for one in orders],
        "people": [(one.full_name, phones[one.pk]) for one in Person.objects.order_by("pk")],
        "posts": list(Post.objects.order_by("pk").values_list("role", "unit__code", "skills")),
        "steps": [
            [one.subject_type, one.seq, one.kind, one.at, phones.get(one.actor_id)] for one in steps
        ],
        "said": [one.remark.text.open() for one in steps if one.remark],
    }


def test_the_same_day_makes_the_same_district(demo, small):
    found = []
    for name in ("one", "two"):
        with demo("610302", name):
            found.append(history())

    assert len(found[0]["orders"]) == 24 + len(read("orders") + read("cases"))
    for what, rows in found[0].items():
        assert rows == found[1][what], what
