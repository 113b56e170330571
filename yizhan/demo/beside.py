"""Invented cases beside an order, told by the same operations as real ones."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils.timezone import localdate

from yizhan.base import jobs
from yizhan.base.actor import ANONYMOUS, CLOCK, Actor, holder_of
from yizhan.base.models import Notice
from yizhan.callbacks import operations as callbacks
from yizhan.demo.data import read
from yizhan.disputes import operations as disputes
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.orders.operations.placing import Wish
from yizhan.pendings import operations as pendings
from yizhan.pendings.operations import Entry
from yizhan.people.acting import actor_for
from yizhan.people.models import Person, Unit
from yizhan.ratings.models import Level, Solved
from yizhan.regions.models import Region
from yizhan.routing.models import Category
from yizhan.whistles import operations as whistles
from yizhan.whistles.models import Call
from yizhan.whistles.operations.blowing import Brief

CLERK, SECRETARY, STREET = "sun", "ma", "zhou"
LATER = timedelta(hours=1)


def tell(people: Mapping[str, Person], at: datetime) -> None:
    """Every row of `cases.toml`, `hours` ago."""
    newest = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with jobs.held():
        for row in read("cases"):
            start = at - timedelta(hours=row["hours"])
            _TOLD[row["kind"]](row, people, _placed(row, people, start), start + LATER)
    Notice.objects.filter(pk__gt=newest).update(sent_at=F("at"))


def _placed(row: Mapping[str, Any], people: Mapping[str, Person], at: datetime) -> Order:
    wish = Wish(
        words=row["words"],
        category=Category.objects.get(code=row["category"]),
        region=Region.objects.current().get(code=row["region"]),
    )
    order = orders.place(wish=wish, by=ANONYMOUS.through("demo"), at=at)
    return orders.admit(order=order, by=_in_post(people, CLERK), at=at)


def _in_post(people: Mapping[str, Person], key: str) -> Actor:
    person = people[key]
    return actor_for(person, person.posts.select_related("unit__region").first(), "demo")


def _dispute(
    row: Mapping[str, Any], people: Mapping[str, Person], order: Order, at: datetime
) -> None:
    unit, clerk = Unit.objects.get(code=row["unit"]), _in_post(people, CLERK)
    order = orders.dispatch(order=order, unit=unit, pool=True, by=clerk, at=at)
    disputes.raise_dispute(
        order=order,
        cause=row["cause"],
        words=row["reason"],
        by=_in_post(people, row["by"]),
        at=at + LATER,
    )


def _whistle(
    row: Mapping[str, Any], people: Mapping[str, Person], order: Order, at: datetime
) -> None:
    by = _in_post(people, SECRETARY)
    order = orders.escalate(order=order, reason=row["escalated"], by=by, at=at)
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=row["helpers"])}
    whistle = whistles.blow(
        order=order,
        brief=Brief(row["sort"], row["matter"], row["place"]),
        lead=Unit.objects.get(code=row["lead"]),
        helpers=[units[code] for code in row["helpers"] if code in units],
        by=_in_post(people, STREET),
        at=at + LATER,
    )
    call = Call.objects.get(whistle=whistle, part=Call.Part.LEAD)
    by, then = _in_post(people, row["by"]), at + 2 * LATER
    whistles.answer_call(call=call, words=row["answer"], by=by, at=then)


def _pending(
    row: Mapping[str, Any], people: Mapping[str, Person], order: Order, at: datetime
) -> None:
    by, post = _in_post(people, SECRETARY), people[SECRETARY].posts.select_related("unit")
    review = localdate(at) + timedelta(days=row["days"])
    entry = Entry(row["reason"], row["measure"], post[0], review)
    pendings.pend(order=order, entry=entry, by=by, at=at)


def _bad(row: Mapping[str, Any], people: Mapping[str, Person], order: Order, at: datetime) -> None:
    unit, by = Unit.objects.get(code=row["unit"]), _in_post(people, row["by"])
    order = orders.dispatch(order=order, unit=unit, pool=True, by=_in_post(people, CLERK), at=at)
    order = orders.accept(order=order, by=by, at=at + LATER)
    order = orders.finish(order=order, result=row["result"], by=by, at=at + 2 * LATER)
    asker, then = holder_of("orders.order", order.pk), at + 3 * LATER
    given: dict[str, Any] = {"level": Level.BAD, "solved": Solved.NO, "words": row["said"]}
    orders.rate(order=order, by=asker, at=then, **given)
    callbacks.draw(order=order, by=CLOCK, at=then + LATER)


def _same(row: Mapping[str, Any], people: Mapping[str, Person], order: Order, at: datetime) -> None:
    """Another has asked for the same before."""
    alike = Order.objects.filter(category=order.category, region_code=row["region"]).open()
    main = alike.exclude(pk=order.pk).order_by("-pk").first()
    if main:
        orders.fold_in(order=order, main=main, by=_in_post(people, CLERK), at=at)


_TOLD = {
    "dispute": _dispute,
    "whistle": _whistle,
    "pending": _pending,
    "bad": _bad,
    "same": _same,
}
