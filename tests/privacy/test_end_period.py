"""Retention under a moved clock: nothing a day early, all a day late, twice is once."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from procrastinate.contrib.django import app

from tests.orders.stories import (
    accepted,
    anonymous,
    finished,
    placed,
    rated,
    turned_away,
    withdrawn,
)
from tests.orders.traces import kinds, refused
from yizhan.base import chain
from yizhan.base.models import Command, Notice, StoredFile, TextMessage
from yizhan.insights.queries import finished_orders
from yizhan.orders import operations as orders
from yizhan.orders.figures import Period as Week
from yizhan.orders.figures import summary
from yizhan.orders.models import VISITOR_DAYS, Order, Photo
from yizhan.people.models import Person
from yizhan.privacy import jobs, operations, retention
from yizhan.privacy.models import Look, RetentionRun
from yizhan.privacy.retention import ENDINGS, Ending, periods
from yizhan.ratings.models import Rating

DAY = timedelta(days=1)
OVER = [finished, rated, withdrawn, turned_away]
CONTACT = ("contact_name", "contact_phone", "place")


def later(at, *, months=0, days=0):
    """The same hour, so many calendar months and days on."""
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    return at.replace(year=year, month=month + 1) + timedelta(days=days)


@pytest.fixture
def night(monkeypatch):
    """Run the nightly job with the clock at this moment."""

    def run(moment: datetime):
        monkeypatch.setattr(jobs, "now", lambda: moment)
        jobs.end_periods()

    return run


def contact(order):
    row = Order.objects.get(pk=order.pk)
    return [name for name in CONTACT if getattr(row, name)]


@pytest.mark.parametrize("story", OVER)
def test_contact_ends_two_years_after_the_order_and_not_a_day_before(world, at, night, story):
    order = story(world, at)

    night(later(at, months=24, days=-1))
    assert contact(order) == list(CONTACT)
    night(later(at, months=24, days=1))

    assert contact(order) == []
    assert kinds(order)[-1] == "forgotten"
    assert order.steps.last().actor_kind == "clock"
    assert Order.objects.get(pk=order.pk).words.open() == "三单元的楼道灯不亮"


@pytest.mark.parametrize("story", OVER)
def test_photos_end_a_year_after_the_order_and_not_a_day_before(world, at, night, story):
    order = story(world, at, photos=[b"lamp"])

    night(later(at, months=12, days=-1))
    assert Photo.objects.count() == 1
    night(later(at, months=12, days=1))

    assert not Photo.objects.exists()
    assert not StoredFile.objects.exists()
    assert kinds(order)[-1] == "photos_forgotten"
    assert contact(order) == list(CONTACT)


def test_an_open_order_is_never_touched(world, at, night):
    waiting, taken = placed(world, at, photos=[b"lamp"]), accepted(world, at)

    night(later(at, months=120))

    assert contact(waiting) == contact(taken) == list(CONTACT)
    assert Photo.objects.count() == 1


def test_an_order_opened_again_counts_from_its_new_end(world, at, night):
    order = orders.reopen(order=rated(world, at), reason="又坏了", by=world.by.aunt_wang, at=at)
    night(later(at, months=36))
    assert contact(order) == list(CONTACT)

    ended = later(at, months=6)
    orders.withdraw(order=order, reason="", by=world.by.aunt_wang, at=ended)
    night(later(at, months=24, days=1))
    assert contact(order) == list(CONTACT)
    night(later(ended, months=24, days=1))
    assert contact(order) == []


def test_photos_forgotten_do_not_put_the_end_off(world, at, night):
    order = withdrawn(world, at, photos=[b"lamp"])

    night(later(at, months=12, days=1))
    night(later(at, months=24, days=1))

    assert contact(order) == []


def test_twice_is_once(world, at, night):
    order = finished(world, at, photos=[b"lamp"])
    moment = later(at, months=24, days=1)
    night(moment)
    before = kinds(order)

    night(moment)
    night(moment + DAY)

    assert kinds(order) == before
    counts = RetentionRun.objects.filter(code="order_contact").order_by("pk")
    assert list(counts.values_list("count", flat=True)) == [1, 0, 0]


def test_a_worker_that_was_down_for_weeks_makes_up_for_it(world, at, night):
    done = [finished(world, at + n * DAY) for n in range(3)]

    night(later(at, months=25))

    assert [contact(order) for order in done] == [[]] * 3


def test_batches_go_on_until_nothing_is_due(world, at, night, monkeypatch):
    done = [finished(world, at) for _ in range(5)]
    monkeypatch.setattr(jobs, "BATCH", 2)

    night(later(at, months=25))

    assert [contact(order) for order in done] == [[]] * 5
    counts = RetentionRun.objects.filter(code="order_contact").order_by("pk")
    assert list(counts.values_list("count", flat=True)) == [2, 2, 1]


def test_one_that_cannot_end_keeps_no_other_and_is_tried_again(world, at, night, monkeypatch):
    bad, good = finished(world, at), finished(world, at)
    ending, moment = ENDINGS["order_contact"], later(at, months=25)

    def broken(pk, by, when):
        if pk == bad.pk:
            raise OSError("磁盘坏了")
        return ending.end(pk, by, when)

    monkeypatch.setitem(ENDINGS, "order_contact", Ending("order_contact", ending.due, broken))
    night(moment)
    assert (contact(bad), contact(good)) == (list(CONTACT), [])
    run = RetentionRun.objects.filter(code="order_contact").latest("pk")
    assert (run.count, run.failed) == (1, 1)

    monkeypatch.setitem(ENDINGS, "order_contact", ending)
    night(moment + DAY)
    assert contact(bad) == []


def test_a_crash_loses_its_own_batch_only_and_the_next_night_goes_on(world, at, night, monkeypatch):
    done = [finished(world, at) for _ in range(3)]
    ending, moment = ENDINGS["order_contact"], later(at, months=25)

    def dying(pk, by, when):
        if pk == done[2].pk:
            raise SystemExit("killed")
        return ending.end(pk, by, when)

    monkeypatch.setattr(jobs, "BATCH", 2)
    monkeypatch.setitem(ENDINGS, "order_contact", Ending("order_contact", ending.due, dying))
    with pytest.raises(SystemExit):
        night(moment)
    assert [contact(order) for order in done] == [[], [], list(CONTACT)]

    monkeypatch.setitem(ENDINGS, "order_contact", ending)
    night(moment + DAY)
    assert contact(done[2]) == []


def test_figures_and_the_chain_stay_as_they_were(world, at, night):
    for story in (rated, finished, withdrawn):
        story(world, at, photos=[b"lamp"])
    week, moment = Week.around("week", at.date()), later(at, months=30)

    def figures():
        made = summary(world.by.sun, week, moment)
        return (
            made.sentence,
            [(f.name, f.numerator, f.denominator) for f in made.figures],
            finished_orders("610302"),
            Rating.objects.count(),
            Order.objects.count(),
            Person.objects.count(),
        )

    before = figures()
    night(moment)
    chain.seal_waiting(at=moment)

    assert figures() == before
    assert chain.verify() == []


def test_the_message_of_somebody_without_an_account_goes_after_thirty_days(world, at, night):
    anonymous(world, at)
    Notice.objects.update(sent_at=at)
    kept = Notice.objects.exclude(to=None).count()

    night(at + 30 * DAY - timedelta(hours=1))
    assert Notice.objects.filter(to=None).exists()
    night(at + 31 * DAY)

    assert not Notice.objects.filter(to=None).exists()
    assert Notice.objects.count() == kept > 0


def test_messages_and_their_log_go_after_half_a_year(world, at, night):
    placed(world, at)
    Notice.objects.update(sent_at=at)
    waiting = Notice.objects.latest("pk")
    Notice.objects.filter(pk=waiting.pk).update(sent_at=None)
    TextMessage.objects.create(phone="13800000001", kind="x", at=at, sender="s", is_sent=True)

    night(later(at, months=6, days=-1))
    assert Notice.objects.count() > 1
    assert TextMessage.objects.exists()
    night(later(at, months=6, days=1))

    assert list(Notice.objects.all()) == [waiting]
    assert not TextMessage.objects.exists()


def test_commands_go_after_thirty_days(world, at, night):
    Command.objects.create(key="k", owner="person:1", fingerprint="f", at=at)

    night(at + 29 * DAY)
    assert Command.objects.exists()
    night(at + 31 * DAY)
    assert not Command.objects.exists()


def test_looks_and_steps_are_kept(world, at, night):
    from yizhan.privacy.operations import look

    order = finished(world, at)
    look(subject=order, by=world.by.sun, at=at)
    steps = order.steps.count()

    night(later(at, months=120))

    assert Look.objects.count() == 1
    assert order.steps.count() == steps + 1


def test_only_the_clock_ends_anything(world, at):
    with refused("clock_only", "系统按时办"):
        operations.end_period(code="order_contact", limit=1, by=world.by.sun, at=at)


def test_every_period_is_ended_by_somebody():
    found = periods().values()

    assert {one.code for one in found if one.ends_at_night} == set(ENDINGS)
    others = {one.by for one in found if one.by and one.does != "hide"}
    assert others <= set(app.tasks)
    hidden = {one.code: one.days for one in found if one.does == "hide"}
    # tests/orders/test_visible.py proves it: the page is gone for the handler then
    assert hidden == {"handler_access": VISITOR_DAYS}


def test_every_period_says_why_and_lies_within_its_own_bounds(settings):
    for one in periods().values():
        assert one.name
        assert one.what
        assert one.basis
        length = one.months or one.days
        assert not (one.months and one.days)
        assert not one.at_most or one.at_least <= length <= one.at_most
    assert periods()["sessions"].days * 24 * 3600 == settings.SESSION_COOKIE_AGE


def test_half_a_month_is_never_early(at):
    six = periods()["notices"]
    august = datetime(2026, 8, 31, 4, tzinfo=at.tzinfo)

    assert six.cutoff(datetime(2027, 2, 28, 4, tzinfo=at.tzinfo)) < august
    assert six.cutoff(datetime(2027, 3, 1, 4, tzinfo=at.tzinfo)) > august


@pytest.fixture
def own(monkeypatch, tmp_path):
    """Write the `retention.toml` of a pack, and read the periods anew."""

    def write(text):
        monkeypatch.setattr(retention, "pack", lambda: tmp_path)
        (tmp_path / retention.OWN).write_text(text, "utf-8")
        retention._read.cache_clear()
        return periods()

    yield write
    retention._read.cache_clear()


def test_a_district_may_shorten_within_the_bounds(own, world, at, night):
    assert own("[lengths]\norder_contact = 12\n")["order_contact"].months == 12
    order = finished(world, at)

    night(later(at, months=12, days=1))

    assert contact(order) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[lengths]\norder_contact = 37\n", "只能在 6 到 36 个月之间"),
        ("[lengths]\ntext_messages = 5\n", "只能在 6 到 12 个月之间"),
        ('[lengths]\ncommands = "all"\n', "只能在 7 到 90 天之间"),
        ("[lengths]\nhandler_access = 30\n", "不能改「上门的人看单子」"),
        ("[lengths]\nmisspelt = 3\n", "不认识的期限 misspelt"),
        ("order_contact = 12\n", "写得不对"),
        ("[lengths\n", "写得不对"),
    ],
)
def test_a_wrong_pack_is_loud(own, text, words):
    with pytest.raises(ImproperlyConfigured, match=words):
        own(text)


def test_an_ending_without_a_period_is_a_fault():
    for code in ("nonsense", "order_words", "order_contact"):
        with pytest.raises(ValueError, match=code):
            retention.register(Ending(code, lambda cutoff, limit: [], lambda pk, by, at: None))
