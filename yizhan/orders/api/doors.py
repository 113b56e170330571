"""How an order is found, shown and acted on through the door of the API."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import Router
from ninja.errors import HttpError

from yizhan.base.codes import tidy
from yizhan.base.web import Request, once_for
from yizhan.orders import queries, rules, schemas, screens
from yizhan.orders.models import Order
from yizhan.privacy.rules import phone_access

router = Router(tags=["orders"])
FAULTS: dict[int, Any] = {
    400: schemas.ProblemOut,
    401: schemas.ProblemOut,
    403: schemas.ProblemOut,
    404: schemas.ProblemOut,
    409: schemas.RefusalOut,
    422: schemas.ProblemOut,
}
ORDER: dict[int, Any] = {200: schemas.OrderOut, **FAULTS}
PLACED: dict[int, Any] = {201: schemas.PlacedOut, **FAULTS}


def demo_mark() -> str | None:
    """What every answer with data says of itself in a demo."""
    return "演示数据" if settings.DEMO else None


def shown(request: Request, order: Order) -> dict[str, Any]:
    """An order with the acts that this actor may do now."""
    facts = queries.facts_of(order, request.actor)
    access = phone_access(request.actor, accepted=order.handler_id == request.actor.person_id)
    last = queries.last_for(order, request.actor, now())
    undo = rules.can_undo(order, last, request.actor, now())
    verdicts = screens.verdicts(order, request.actor, facts, access, undo)
    may = sorted(verb for verb, yes in verdicts.items() if yes)
    return schemas.order_values(order, may, demo_mark())


def found(request: Request, code: str, *, offered: bool = False) -> Order:
    """The order under a code if this actor may see it, or be offered it; 404 otherwise."""
    visible = Order.objects.visible_to(request.actor, now()).with_names().filter(code=tidy(code))
    if offered and not visible.exists():
        visible = Order.objects.known_to(request.actor).with_names().filter(code=tidy(code))
    return get_object_or_404(visible)


def acted(
    request: Request,
    code: str,
    operation: Callable[..., Order],
    *,
    offered: bool = False,
    **values: Any,
) -> dict[str, Any]:
    """One act through the door of the API, once per Idempotency-Key."""
    order = found(request, code, offered=offered)
    by = request.actor
    done = once_for(request, lambda: operation(order=order, by=by, at=now(), **values))
    return shown(request, Order.objects.with_names().get(pk=done.pk))


def known(rows: Any, code: str | None, what: str) -> Any:
    """The row with this code, None for no code; 422 when there is none."""
    if not code:
        return None
    row = rows.filter(code=code).first()
    if row is None:
        raise HttpError(422, f"没有这个{what}：{code}")
    return row
