"""家人代办 is given by the person, or on paper before a witness, for a year at most."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests.orders.stories import as_family, entrusted, registered
from tests.people.cast import refused_code
from yizhan.base.codes import is_receipt
from yizhan.people import operations, queries
from yizhan.people.models import Proxy


def entrust(principal, by, at, *scopes, days=30):
    return operations.entrust(
        principal=principal,
        scopes=scopes or ["order"],
        until=localdate(at) + timedelta(days=days),
        by=by,
        at=at,
    )


def test_a_resident_entrusts_the_family(world, at):
    proxy = entrust(world.aunt_wang, world.by.aunt_wang, at, "rate", "order")

    kept = Proxy.objects.get(pk=proxy.pk)
    assert (kept.principal, kept.agent, kept.witness) == (world.aunt_wang, None, None)
    assert (kept.state, kept.scopes, kept.offered_at) == ("offered", ["order", "rate"], at)
    assert (kept.since_date, kept.until_date) == (at.date(), at.date() + timedelta(days=30))
    assert is_receipt(kept.shown_code)
    step = kept.steps.get()
    assert (step.kind, step.actor_id) == ("entrusted", world.aunt_wang.pk)
    assert step.facts == {
        "principal": world.aunt_wang.pk,
        "scopes": ["order", "rate"],
        "until": kept.until_date.isoformat(),
    }
    assert queries.waiting(kept.shown_code, at) == kept


def test_on_paper_the_witness_is_kept(world, at):
    person = registered(world, at)

    proxy = entrust(person, world.by.qian, at)

    assert (proxy.witness, proxy.is_on_paper) == (world.qian, True)


@pytest.mark.parametrize("who", ["feng", "liu", "grandpa_li"])
def test_nobody_gives_what_is_another_s(world, at, who):
    person, by = registered(world, at), getattr(world.by, who)

    assert refused_code(lambda: entrust(person, by, at)) == "not_self"


@pytest.mark.parametrize("days", [-1, 366])
def test_no_longer_than_a_year(world, at, days):
    def give():
        entrust(world.aunt_wang, world.by.aunt_wang, at, days=days)

    assert refused_code(give) == "too_long"


def test_a_year_is_possible(world, at):
    assert entrust(world.aunt_wang, world.by.aunt_wang, at, days=365)


def test_family_cannot_entrust_further(world, at):
    entrusted(world, at, world.aunt_wang, world.grandpa_li)
    by = as_family(world.grandpa_li, world.aunt_wang, at)

    assert refused_code(lambda: entrust(world.aunt_wang, by, at)) == "not_self"
    assert refused_code(lambda: entrust(world.grandpa_li, by, at)) == "not_self"
