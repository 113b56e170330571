"""Disputes led as far as a test needs, by the product's own operations."""

from datetime import datetime
from itertools import count
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.orders import stories
from tests.world import SINCE
from yizhan.base.actor import Actor
from yizhan.disputes import operations
from yizhan.disputes.models import Dispute
from yizhan.orders import operations as orders
from yizhan.people.acting import actor_for
from yizhan.people.models import Person, Post, Unit

_commands = count(1)


def raised(world: Any, at: datetime, **more: Any) -> Dispute:
    """The first branch says that the order is not its duty."""
    values = {"cause": "not_our_duty", "words": "楼道灯归物业管", "by": world.by.liu, "at": at}
    if "order" not in more:
        more["order"] = stories.dispatched(world, at)
    return operations.raise_dispute(**(values | more))


def ruled(world: Any, at: datetime, unit: str | None = "P") -> Dispute:
    """The street has appointed the property company."""
    dispute, words = raised(world, at), "楼道灯由物业维护，合同有约定"
    return operations.adjudicate(
        dispute=dispute, unit=world.units[unit] if unit else None, words=words, by=world.by.zhou,
        at=at,
    )  # fmt: skip


def department(world: Any, at: datetime) -> tuple[Unit, Actor]:
    """An office of the district with somebody who answers for it."""
    unit = Unit.objects.create(
        code="Z1", kind="department", name="城管局", region=world.regions["610302"], path="",
        parent=world.units["D"],
    )  # fmt: skip
    unit.path = f"{world.units['D'].path}{unit.pk}."
    unit.save(update_fields=["path"])
    return unit, hired(world, "史明", "partner", unit)


def hired(world: Any, name: str, role: str, unit: Unit) -> Actor:
    """Somebody new in a post."""
    person = Person.objects.create(name=name)
    post = Post.objects.create(person=person, role=role, unit=unit, since_date=SINCE)
    post.unit = unit
    return actor_for(person, post)


def of_department(world: Any, at: datetime) -> Dispute:
    """The street has given an order to a department, which says that it is not its duty."""
    unit, by = department(world, at)
    order = orders.admit(order=stories.placed(world, at), by=world.by.sun, at=at)
    orders.dispatch(order=order, unit=unit, pool=False, by=world.by.sun, at=at)
    return operations.raise_dispute(
        order=order, cause="not_our_duty", words="不属城管职责", by=by, at=at
    )


class Desk:
    """One person's browser at the pages of cases."""

    def __init__(self, person: Any) -> None:
        self.client = Client()
        if person is not None:
            self.client.force_login(person)

    def get(self, name: str, *args: Any) -> Any:
        """Open a page by its full name."""
        return self.client.get(reverse(name, args=args))

    def send(self, name: str, *args: Any, **fields: Any) -> Any:
        """Send a form, with a command of its own."""
        values = {"command_id": f"case-{next(_commands)}", **fields}
        return self.client.post(reverse(name, args=args), values)
