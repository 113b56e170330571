"""Orders from before there were clocks get those of what they were promised."""

from importlib import import_module

import pytest
from django.apps import apps

from tests.orders.stories import accepted, asked, dispatched, finished, placed
from yizhan.clocks.models import Clock
from yizhan.orders import operations
from yizhan.orders.models import Order

fill = import_module("yizhan.orders.migrations.0005_clocks").fill


def found():
    names = ("subject_id", "kind", "due_at", "paused_at", "paused_for", "met_at", "round")
    return sorted(Clock.objects.values_list(*names))


@pytest.fixture
def before(world, at):
    """Orders as they were: with promises in their columns and no clocks."""
    orders = [story(world, at) for story in (placed, asked, dispatched, accepted, finished)]
    Clock.objects.all().delete()
    return orders


def test_the_promises_become_clocks(world, at, before):
    fill(apps, None)

    one, two, three, four, _ = before
    waits = (at, "waiting_for_resident", None, 1)
    assert found() == sorted(
        [
            (one.pk, "arrange", one.arrange_by, None, "", None, 1),
            (one.pk, "resolve", one.finish_by, None, "", None, 1),
            (two.pk, "arrange", two.arrange_by, *waits),
            (two.pk, "resolve", two.finish_by, *waits),
            (three.pk, "resolve", three.finish_by, None, "", None, 1),
            (four.pk, "resolve", four.finish_by, None, "", None, 1),
        ]
    )


def test_twice_is_once_and_live_clocks_stay(world, at, before):
    fill(apps, None)
    live = placed(world, at)
    once = found()

    fill(apps, None)

    assert found() == once
    assert Clock.objects.of(live).count() == 4


def test_work_goes_on_from_such_a_clock(world, at, before):
    fill(apps, None)

    order = operations.answer(order=before[1], words="二楼", by=world.by.aunt_wang, at=at)
    operations.finish(order=before[3], result="换好了", by=world.by.chen, at=at)

    assert Order.objects.get(pk=order.pk).state == "received"
    assert Clock.objects.get(subject_id=before[3].pk).met_at == at
    assert not Clock.objects.filter(subject_id=order.pk).exclude(paused_at=None).exists()


def test_in_batches(world, at, before, monkeypatch):
    monkeypatch.setattr(import_module("yizhan.orders.migrations.0005_clocks"), "BATCH", 2)

    fill(apps, None)

    assert len(found()) == 6
