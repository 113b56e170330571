"""看谁合适: the advice for one order. 一起邀请: a plan for all that wait, changed and sent."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from yizhan.base.web import Request, gone_to, once_for, refused_on
from yizhan.dispatch import operations, queries, rules, screens
from yizhan.dispatch.forms import DrawUp, EditPlan
from yizhan.dispatch.models import Plan
from yizhan.orders.models import Order
from yizhan.orders.rules import can_invite


@require_safe
def advice(request: Request, key: str) -> HttpResponse:
    """Who fits this order. The form on the page invites by `orders.invite`."""
    at, by = now(), request.actor
    order = get_object_or_404(Order.objects.visible_to(by, at).with_names(), code=key)
    verdict = can_invite(order, by)
    if verdict.code == "not_your_post":
        raise Http404
    verdict.or_refuse()
    return render(request, "dispatch/advice.html", {"advice": screens.advice(order, at)})


def _queue_page(request: Request, *, status: int = 200) -> HttpResponse:
    if not rules.can_plan(request.actor):
        raise Http404
    screen = screens.queue_screen(request.actor, now())
    form = DrawUp(request.POST or None, units=screen.units)
    context = {"screen": screen, "form": form, "most": queries.MOST}
    return render(request, "dispatch/queue.html", context, status=status)


@require_safe
def queue(request: Request) -> HttpResponse:
    """What waits for somebody, and the plans for it."""
    return _queue_page(request)


@require_POST
@refused_on(_queue_page)
def draw_up(request: Request) -> HttpResponse:
    """Compute a plan for what waits."""
    if not rules.can_plan(request.actor):
        raise Http404
    units = queries.units_of(queries.waiting(request.actor, asked_too=True))
    form = DrawUp(request.POST, units=units)
    if not form.is_valid():
        return _queue_page(request, status=422)
    plan = once_for(
        request,
        lambda: operations.draw_up(by=request.actor, at=now(), **form.values()),
    )
    return gone_to(request, plan)


def _found(request: Request, code: str) -> Plan:
    return get_object_or_404(Plan.objects.visible_to(request.actor), code=code)


def _plan_page(request: Request, code: str, *, status: int = 200) -> HttpResponse:
    made = _found(request, code)
    screen = screens.plan_screen(made, now())
    context: dict[str, Any] = {"plan": made, "screen": screen}
    if made.state == Plan.State.DRAFT:
        context["form"] = EditPlan(request.POST or None, screen=screen)
    return render(request, "dispatch/plan.html", context, status=status)


@require_safe
def plan(request: Request, code: str) -> HttpResponse:
    """A plan: a draft to change and send, or what came of it."""
    return _plan_page(request, code)


@require_POST
@refused_on(_plan_page)
def adjust(request: Request, code: str) -> HttpResponse:
    """Keep what was changed, compute the rest again."""
    made = _found(request, code)
    form = EditPlan(request.POST, screen=screens.plan_screen(made, now()))
    if made.state == Plan.State.DRAFT and not form.is_valid():
        return _plan_page(request, code, status=422)
    choices = form.choices() if form.is_valid() else {}
    adjusted = once_for(
        request,
        lambda: operations.adjust(plan=made, choices=choices, by=request.actor, at=now()),
    )
    return gone_to(request, adjusted, said="已按您改的再算了一次")


@require_POST
@refused_on(_plan_page)
def send(request: Request, code: str) -> HttpResponse:
    """Invite everybody who is chosen."""
    made = _found(request, code)
    form = EditPlan(request.POST, screen=screens.plan_screen(made, now()))
    if made.state == Plan.State.DRAFT and not form.is_valid():
        return _plan_page(request, code, status=422)
    choices = form.choices() if form.is_valid() else {}
    sent = once_for(
        request,
        lambda: operations.send(plan=made, choices=choices, by=request.actor, at=now()),
    )
    return gone_to(request, sent)
