"""Orders led as far as a test needs, by the product's own operations."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from tests.world import wish
from yizhan.base.actor import ANONYMOUS, Actor, holder_of
from yizhan.orders import operations
from yizhan.orders.models import Order
from yizhan.orders.states import Source
from yizhan.people import operations as people
from yizhan.people.acting import acting_for, actor_for
from yizhan.people.models import Person, Proxy
from yizhan.places.models import Station, StationType
from yizhan.ratings.models import Level, Solved


def placed(world: Any, at: datetime, **more: Any) -> Order:
    """Placed by 王阿姨 in 渭工路社区."""
    return operations.place(wish=wish(world, **more), by=world.by.aunt_wang, at=at)


def anonymous(world: Any, at: datetime, **more: Any) -> Order:
    """Placed by somebody without an account."""
    return operations.place(wish=wish(world, **more), by=ANONYMOUS, at=at)


def holder(order: Order) -> Actor:
    """Whoever holds the receipt of this order."""
    return holder_of("orders.order", order.pk)


def asked(world: Any, at: datetime, **more: Any) -> Order:
    """The clerk has asked for the floor."""
    order = placed(world, at, **more)
    return operations.ask(order=order, question="住几楼？", by=world.by.sun, at=at)


def dispatched(world: Any, at: datetime, *, pool: bool = True, **more: Any) -> Order:
    """Given by the clerk to the first branch."""
    order, unit = placed(world, at, **more), world.units["B1"]
    return operations.dispatch(order=order, unit=unit, pool=pool, by=world.by.sun, at=at)


def invited(world: Any, at: datetime, *people: Any, **more: Any) -> Order:
    """Not open to the whole branch: the clerk has asked these people, 小陈 by default."""
    order, asked_ones = dispatched(world, at, pool=False, **more), people or (world.chen,)
    return operations.invite(order=order, people=asked_ones, by=world.by.sun, at=at)


def accepted(world: Any, at: datetime, **more: Any) -> Order:
    """Taken by 小陈."""
    return operations.accept(order=dispatched(world, at, **more), by=world.by.chen, at=at)


def handing_over(world: Any, at: datetime, **more: Any) -> Order:
    """小陈 has asked 何阿姨 to take it over."""
    order = accepted(world, at, **more)
    return operations.hand_over(order=order, to=world.he, by=world.by.chen, at=at)


def finished(world: Any, at: datetime, **more: Any) -> Order:
    """Done by 小陈."""
    order = accepted(world, at, **more)
    return operations.finish(order=order, result="换了一只灯泡", by=world.by.chen, at=at)


def rated(world: Any, at: datetime, **more: Any) -> Order:
    """Rated by 王阿姨."""
    order, words = finished(world, at, **more), "谢谢"
    return operations.rate(
        order=order, level=Level.GOOD, solved=Solved.YES, words=words, by=world.by.aunt_wang, at=at
    )


def turned_away(world: Any, at: datetime, **more: Any) -> Order:
    """The clerk has named the right counter."""
    order, words = placed(world, at, **more), "请到政务大厅 3 号窗口"
    return operations.turn_away(order=order, words=words, by=world.by.sun, at=at)


def withdrawn(world: Any, at: datetime, **more: Any) -> Order:
    """王阿姨 does not need it any more."""
    order = placed(world, at, **more)
    return operations.withdraw(order=order, reason="", by=world.by.aunt_wang, at=at)


def received(world: Any, at: datetime, **more: Any) -> Order:
    """Read by the clerk."""
    return operations.admit(order=placed(world, at, **more), by=world.by.sun, at=at)


def escalated(world: Any, at: datetime, **more: Any) -> Order:
    """Passed up to the street by the community's secretary."""
    order, reason = received(world, at, **more), "要挖路，社区办不了"
    return operations.escalate(order=order, reason=reason, by=world.by.ma, at=at)


def disputed(world: Any, at: datetime, **more: Any) -> Order:
    """The branch says that it is not its own."""
    order, reason = dispatched(world, at, **more), "电路归物业"
    return operations.dispute(order=order, reason=reason, by=world.by.liu, at=at)


def set_aside(world: Any, at: datetime, **more: Any) -> Order:
    """On the pending list of the community before anybody had it."""
    order, reason = received(world, at, **more), "等明年改造"
    return operations.set_aside(order=order, reason=reason, by=world.by.sun, at=at)


def folded(world: Any, at: datetime, **more: Any) -> Order:
    """The same matter asked for by 李爷爷, merged by the clerk into the one of 王阿姨."""
    main = received(world, at, **more)
    other = operations.place(wish=wish(world, words="楼道黑"), by=world.by.grandpa_li, at=at)
    return operations.fold_in(order=other, main=main, by=world.by.sun, at=at)


def station(world: Any, **more: Any) -> Station:
    """A station in 渭工路社区."""
    values = {
        "code": "WGL1",
        "name": "渭工路驿站",
        "type": StationType.objects.get_or_create(
            code="kiosk", defaults={"name": "岗亭式", "position": 1}
        )[0],
        "build": Station.Build.NEW,
        "status": Station.Status.OPEN,
        "region": world.weigong,
        "address": "渭工路 18 号",
        "latitude": 34.36,
        "longitude": 107.15,
        "calendar": Station.CalendarChoice.DAILY,
    }
    return Station.objects.create(**(values | more))


def registered(world: Any, at: datetime, name: str = "赵秀兰", **more: Any) -> Person:
    """Registered by the clerk of 渭工路社区: no telephone, no way to sign in."""
    values = {
        "home": world.weigong,
        "notice_version": "2026-11",
        "anyway": False,
        "by": world.by.sun,
    }
    person = people.register_person(name=name, at=at, **(values | more))
    return Person.objects.select_related("home").get(pk=person.pk)


def at_counter(by: Actor, person: Person, at: datetime, how: str = "in_person") -> Actor:
    """Staff who act for a person that stands before them."""
    acting = acting_for(by, person, how=how, day=localdate(at))
    assert acting is not None
    return acting


def entered_for(world: Any, person: Person, at: datetime, **more: Any) -> Order:
    """Written down by the clerk for a person at the counter."""
    by = at_counter(world.by.sun, person, at)
    values = {"contact_phone": "", "contact_name": "赵同志"} | more
    return operations.enter(wish=wish(world, **values), source=Source.WALK_IN, by=by, at=at)


def done_for(
    world: Any, person: Person, at: datetime, unit: str = "B1", taker: str = "chen"
) -> Order:
    """The same, done by 小陈 of the first branch."""
    order, by = entered_for(world, person, at), getattr(world.by, taker)
    operations.dispatch(order=order, unit=world.units[unit], pool=True, by=world.by.sun, at=at)
    operations.accept(order=order, by=by, at=at)
    return operations.finish(order=order, result="换了一只灯泡", by=by, at=at)


def entrusted(
    world: Any, at: datetime, principal: Person, agent: Person, *scopes: str, days: int = 30
) -> Proxy:
    """The principal has let the agent act for them: everything but picking up, by default."""
    proxy = people.entrust(
        principal=principal,
        scopes=scopes or ("order", "rate"),
        until=localdate(at) + timedelta(days=days),
        by=world.by.sun if principal.phone is None else actor_for(principal),
        at=at,
    )
    return people.take_on(proxy=proxy, by=actor_for(agent), at=at)


def as_family(agent: Person, principal: Person, at: datetime) -> Actor:
    """The agent, acting for the principal."""
    acting = acting_for(actor_for(agent), principal, how="family", day=localdate(at))
    assert acting is not None
    return acting
