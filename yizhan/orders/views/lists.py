"""Lists of orders: the resident's own, the board, and the table."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from yizhan.base.web import Request, asked, shown
from yizhan.orders import ledger, queries, rules
from yizhan.orders.filter_forms import KeepFilter
from yizhan.orders.listing import DUE, Row, Wanted, how_many, narrowed, with_columns
from yizhan.orders.models import Order
from yizhan.orders.states import State
from yizhan.routing.models import Category


@require_safe
def mine(request: Request) -> HttpResponse:
    orders = queries.placed(request.actor.person_id or 0)
    return render(request, "orders/mine.html", {"orders": orders, "tab": "me", "at": now()})


def _works_here(request: Request) -> None:
    if not (request.actor.may("orders.read") or request.actor.may("orders.read_open")):
        raise Http404


@require_safe
def board(request: Request) -> HttpResponse:
    _works_here(request)
    at = now()
    columns = queries.board(request.actor, at)
    context: dict[str, Any] = {
        "columns": columns,
        "late": sum(column.late for column in columns),
        "may_enter": bool(rules.can_enter(request.actor, request.actor.area)),
    }
    return shown(request, "orders/board.html", "orders/_columns.html", context)


def table_page(request: Request, *, form: KeepFilter | None = None) -> HttpResponse:
    """The table as the address, or the filter just sent, narrows it."""
    _works_here(request)
    at, sent = now(), request.POST if request.method == "POST" else request.GET
    wanted = Wanted.read(sent.dict())
    seen = Order.objects.visible_to(request.actor, at)
    count = how_many(narrowed(seen, wanted, at))
    orders = narrowed(seen.older_than(asked(request, "before")), wanted, at)
    rows = list(with_columns(orders)[: queries.PAGE + 1])
    context = {
        "rows": [Row.of(order) for order in rows[: queries.PAGE]],
        "more": rows[queries.PAGE - 1].code if len(rows) > queries.PAGE else None,
        "count": count,
        "wanted": wanted,
        "states": State.choices,
        "dues": DUE.items(),
        "groups": Category.objects.groups().filter(exit="").values_list("code", "name"),
        "saved": queries.filters_of(request.actor),
        "form": form or KeepFilter(request.POST or None),
        "may_take_out": ledger.may(request.actor),
        "at": at,
    }
    status = 422 if form and form.errors else 200
    return render(request, "orders/table.html", context, status=status)


@require_safe
def table(request: Request) -> HttpResponse:
    return table_page(request)
