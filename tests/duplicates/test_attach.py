"""After sending, without any script: the receipt page asks whether to go together."""

from datetime import timedelta
from typing import Any

import pytest

from tests.duplicates.alike import LIGHT_TOO, brought, caught_up
from tests.duplicates.door import Open
from tests.orders.stories import holder
from yizhan.base.verdict import Refused
from yizhan.duplicates import operations, queries
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.orders.states import State

ASKED = "同一件事已有人提出，要一起办吗？"


def test_attach_puts_ones_own_to_the_other(world: Any, at: Any) -> None:
    main, order = brought(world, at), brought(world, at, LIGHT_TOO)
    operations.attach(order=order, main=main, by=holder(order), at=at)

    order.refresh_from_db()
    assert (order.state, order.main_id) == (State.MERGED, main.pk)


@pytest.mark.parametrize("who", ["sun", "grandpa_li", "chen"])
def test_only_the_asker(world: Any, at: Any, who: str) -> None:
    main, order = brought(world, at), brought(world, at, LIGHT_TOO)
    with pytest.raises(Refused) as refused:
        operations.attach(order=order, main=main, by=getattr(world.by, who), at=at)
    assert refused.value.code == "not_asker"


def test_not_after_the_community_has_read_it(world: Any, at: Any) -> None:
    main, order = brought(world, at), brought(world, at, LIGHT_TOO)
    orders.admit(order=order, by=world.by.sun, at=at)
    with pytest.raises(Refused) as refused:
        operations.attach(order=order, main=main, by=holder(order), at=at)
    assert refused.value.code == "too_late"


@pytest.mark.parametrize("who", ["", "grandpa_li"])
def test_the_receipt_page_asks(world: Any, at: Any, door: Open, who: str) -> None:
    main = brought(world, at)
    caught_up(at)
    visitor = door(who)
    sent = visitor.send("orders:place", words=LIGHT_TOO, region=world.weigong.code)
    order = Order.objects.exclude(pk=main.pk).get()

    shown = visitor.client.get(sent.headers["Location"]).text
    assert ASKED in shown
    assert main.code not in shown
    key = order.code if who else order.receipt_code
    page = visitor.get("duplicates:attach", key)
    assert "照明报修" in page.text
    assert main.code not in page.text

    [same] = queries.same_as_order(order, holder(order), at)
    done = visitor.send("duplicates:attach", key, same=same.token)
    assert done.headers["Location"] == f"/orders/{key}/"
    assert "和同一件事一起办" in visitor.client.get(done.headers["Location"]).text
    assert visitor.send("duplicates:attach", key, same=same.token).status_code == 409


def test_it_does_not_ask_for_ever_nor_staff(
    world: Any, at: Any, door: Open, monkeypatch: Any
) -> None:
    brought(world, at)
    order = brought(world, at, LIGHT_TOO)
    caught_up(at)

    assert ASKED in door().get("orders:show", order.receipt_code).text
    assert ASKED not in door("sun").get("orders:show", order.code).text
    later = at + timedelta(minutes=31)
    monkeypatch.setattr("yizhan.orders.views.opening.now", lambda: later)
    assert ASKED not in door().get("orders:show", order.receipt_code).text


def test_a_sensitive_order_is_not_asked_about(world: Any, at: Any, door: Open) -> None:
    brought(world, at)
    order = brought(world, at, LIGHT_TOO, category="care_elder")
    caught_up(at)

    assert ASKED not in door().get("orders:show", order.receipt_code).text
    page = door().get("duplicates:attach", order.receipt_code)
    assert "没有找到别人提的同一件事" in page.text


def test_a_wrong_receipt_counts(world: Any, at: Any, door: Open) -> None:
    brought(world, at)

    assert door().get("duplicates:attach", "48271K3QX9P2W").status_code in (302, 404)
