"""Finding the order behind a key of an address: its public code, or its receipt.

For the pages of orders and of the cases around them.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from yizhan.base.codes import is_receipt, tidy
from yizhan.base.web import Request
from yizhan.orders.models import Order
from yizhan.orders.stand_in import stand_in
from yizhan.people.limits import busy_page, count_wrong

View = Callable[..., HttpResponse]


def by_key(view: View) -> View:
    """Let holders of a receipt in without an account; everybody else signs in first.

    `?for=` in the address of an order says for whom the visitor acts, if they may.
    """

    @wraps(view)
    def opened(request: Request, key: str, **kwargs: Any) -> HttpResponse:
        if not is_receipt(tidy(key)):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            stand_in(request)
        elif busy := busy_page(request, "wrong_receipt"):
            return busy
        return view(request, key, **kwargs)

    return login_not_required(opened)


def seen(request: Request, key: str) -> Order:
    """The order this actor may see under this key, or 404. A receipt makes the actor its holder."""
    code = tidy(key)
    if not is_receipt(code):
        visible = Order.objects.visible_to(request.actor, now()).with_names()
        return get_object_or_404(visible, code=code)
    order = Order.objects.of_receipt(code)
    if order is None:
        count_wrong(request, "wrong_receipt")
        raise Http404
    request.actor = replace(request.actor, receipt_of=("orders.order", order.pk))
    return order


def known(request: Request, key: str) -> Order:
    """The same with nothing read but its id: an operation reads the order again under its lock."""
    if is_receipt(tidy(key)):
        return seen(request, key)
    visible = Order.objects.visible_to(request.actor, now()).only("pk")
    return get_object_or_404(visible, code=tidy(key))
