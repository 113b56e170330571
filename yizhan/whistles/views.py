"""吹哨报到: blowing, the lists, the page of one whistle, and the acts of both sides on it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizhan.base.codes import tidy
from yizhan.base.web import Request, gone_to, once_for, refused_on
from yizhan.orders.models import Order
from yizhan.people.models import Unit
from yizhan.whistles import forms, kinds, operations, queries, rules, screens
from yizhan.whistles.models import ANSWER, Assessment, Call, Whistle

ON_A_CALL: dict[str, Any] = {
    "answer_call": forms.AnswerCall,
    "explain": forms.Explain,
    "complete_part": forms.CompletePart,
    "cancel_call": forms.CancelCall,
}
ASSESSING = {"assess_call": Assessment.Side.STREET, "assess_whistle": Assessment.Side.UNIT}


@require_safe
def calls(request: Request) -> HttpResponse:
    """Calls that wait for my unit; for the street, whistles that are open, late ones first."""
    if not any(request.actor.may(power) for power in (*ANSWER, "orders.dispatch")):
        raise Http404
    at = now()
    context = {"lists": queries.lists(request.actor, at), "at": at}
    return render(request, "whistles/calls.html", context)


def _order(request: Request, code: str) -> Order:
    """The order that this actor may blow a whistle about, or 404."""
    seen = Order.objects.visible_to(request.actor, now()).with_names()
    order = get_object_or_404(seen, code=tidy(code))
    if rules.can_blow(order, request.actor).code == "not_your_post":
        raise Http404
    return order


def _blow_page(request: Request, order: str) -> HttpResponse:
    found = _order(request, order)
    form = forms.Blow(request.POST or None, order=found, caller=request.actor.unit_id)
    may = rules.can_blow(found, request.actor, is_open=queries.is_open(found))
    status = 422 if form.is_bound and not form.is_valid() else 200
    context = {"form": form, "order": found, "may": may}
    return render(request, "whistles/blow.html", context, status=status)


@require_http_methods(["GET", "POST"])
@refused_on(_blow_page)
def blow(request: Request, order: str) -> HttpResponse:
    found = _order(request, order)
    form = forms.Blow(request.POST or None, order=found, caller=request.actor.unit_id)
    if request.method == "GET" or not form.is_valid():
        return _blow_page(request, order)
    lead, helpers, by = form.cleaned_data["lead"], form.cleaned_data["helpers"], request.actor
    whistle = once_for(
        request,
        lambda: operations.blow(
            order=found, brief=form.brief(), lead=lead, helpers=list(helpers), by=by, at=now()
        ),
    )
    return gone_to(request, whistle, said="哨已吹响，已通知叫到的单位")


def _seen(request: Request, code: str) -> Whistle:
    return get_object_or_404(
        Whistle.objects.visible_to(request.actor).with_names(), code=tidy(code)
    )


def _context(request: Request, code: str) -> dict[str, Any]:
    whistle, at, by = _seen(request, code), now(), request.actor
    return {
        "whistle": whistle,
        "rows": screens.rows(whistle, by, at),
        "lines": screens.history(whistle),
        "steers": rules.leads(whistle, by),
        "within": kinds.in_words(whistle.kind),
        "days": rules.SHOWN_AFTER_DAYS,
        "late": whistle.is_late(at),
        "at": at,
    }


def _page(request: Request, code: str, unit: str = "", *, status: int = 200) -> HttpResponse:
    context = _context(request, code)
    whistle, rows = context["whistle"], context["rows"]
    match = request.resolver_match
    here = match.url_name if match and request.method == "POST" else None
    context["rows"] = [
        replace(row, forms=_forms(row, here if row.code == unit else None, request.POST))
        for row in rows
    ]
    if rules.can_close_whistle(whistle, request.actor):
        named = [row.call.unit for row in rows if row.call.part == Call.Part.HELPER]
        context["forms"] = _of_street(whistle, named, here, request.POST)
    return render(request, "whistles/show.html", context, status=status)


def _of_street(whistle: Whistle, named: list[Unit], here: str | None, sent: Any) -> dict[str, Any]:
    """The street's forms on a whistle; one that did not go through as it was sent."""

    def given(verb: str) -> dict[str, Any]:
        return {"data": sent if here == verb else None, "auto_id": f"id_{verb}_%s"}

    return {
        "call_unit": forms.CallUnit(order=whistle.order, **given("call_unit")),
        "change_lead": forms.ChangeLead(units=named, **given("change_lead")),
        "close_whistle": forms.CloseWhistle(**given("close_whistle")),
    }


def _forms(row: screens.Row, here: str | None, sent: Any) -> dict[str, Any]:
    """The forms of what may be done to a call; one that did not go through as it was sent."""
    prefix = f"{row.call.pk}-"
    made: dict[str, Any] = {}
    for verb, form in ON_A_CALL.items():
        if row.may[verb]:
            data = sent if here == verb else None
            made[verb] = form(data, auto_id=f"id_{prefix}{verb}_%s")
    for verb, side in ASSESSING.items():
        if row.may[verb]:
            data = sent if here == verb else None
            made[verb] = forms.Assess(data, side=side, auto_id=f"id_{prefix}{verb}_%s")
    return made


@require_safe
def show(request: Request, code: str) -> HttpResponse:
    """What the street wrote, who was called, what came of it. Nothing of the order for units."""
    return _page(request, code)


@require_safe
def sheet(request: Request, code: str) -> HttpResponse:
    """通知单: the whistle on A4, for a unit that files paper."""
    return render(request, "whistles/sheet.html", _context(request, code))


def _act(
    request: Request, code: str, operation: Callable[..., Whistle], form: Any, said: str
) -> HttpResponse:
    """One act of the street on a whistle."""
    if not form.is_valid():
        return _page(request, code, status=422)
    whistle, by, kept = _seen(request, code), request.actor, form.cleaned_data
    done = once_for(request, lambda: operation(whistle=whistle, by=by, at=now(), **kept))
    return gone_to(request, done, said=said)


@require_POST
@refused_on(_page)
def call_unit(request: Request, code: str) -> HttpResponse:
    form = forms.CallUnit(request.POST, order=_seen(request, code).order)
    return _act(request, code, operations.call_unit, form, "已通知这家单位")


@require_POST
@refused_on(_page)
def change_lead(request: Request, code: str) -> HttpResponse:
    units = [call.unit for call in queries.calls_of(_seen(request, code))]
    form = forms.ChangeLead(request.POST, units=units)
    return _act(request, code, operations.change_lead, form, "牵头单位换好了，已通知两家")


@require_POST
@refused_on(_page)
def close_whistle(request: Request, code: str) -> HttpResponse:
    form = forms.CloseWhistle(request.POST)
    return _act(request, code, operations.close_whistle, form, "已结束，请两边评一评")


def _call(request: Request, code: str, unit: str) -> Call:
    found = Call.objects.with_names().filter(whistle=_seen(request, code))
    return get_object_or_404(found, unit__code=unit.replace("\0", ""))


def _on_call(
    request: Request, code: str, unit: str, operation: Callable[..., Call], said: str
) -> HttpResponse:
    """One act on a call, with words where it has some."""
    call, by, kept = _call(request, code, unit), request.actor, {}
    if made := ON_A_CALL.get(operation.__name__):
        form = made(request.POST)
        if not form.is_valid():
            return _page(request, code, unit, status=422)
        kept = form.cleaned_data
    once_for(request, lambda: operation(call=call, by=by, at=now(), **kept))
    return gone_to(request, call.whistle, said=said)


@require_POST
@refused_on(_page)
def answer_call(request: Request, code: str, unit: str) -> HttpResponse:
    return _on_call(request, code, unit, operations.answer_call, "已回应，街道看得到")


@require_POST
@refused_on(_page)
def report_in(request: Request, code: str, unit: str) -> HttpResponse:
    return _on_call(request, code, unit, operations.report_in, "已报到")


@require_POST
@refused_on(_page)
def explain(request: Request, code: str, unit: str) -> HttpResponse:
    return _on_call(request, code, unit, operations.explain, "已说明，街道会另作安排")


@require_POST
@refused_on(_page)
def complete_part(request: Request, code: str, unit: str) -> HttpResponse:
    return _on_call(request, code, unit, operations.complete_part, "办的结果已记下")


@require_POST
@refused_on(_page)
def cancel_call(request: Request, code: str, unit: str) -> HttpResponse:
    return _on_call(request, code, unit, operations.cancel_call, "已告诉这家单位不用来了")


@require_POST
@refused_on(_page)
def confirm_arrival(request: Request, code: str, unit: str) -> HttpResponse:
    return _on_call(request, code, unit, operations.confirm_arrival, "已确认到场")


def _assess(request: Request, code: str, unit: str, operation: Callable[..., Call]) -> HttpResponse:
    call, by = _call(request, code, unit), request.actor
    form = forms.Assess(request.POST, side=ASSESSING[operation.__name__])
    if not form.is_valid():
        return _page(request, code, unit, status=422)
    words, kept = form.cleaned_data["words"], form.cleaned_data["kept"]
    values = {"levels": form.levels(), "words": words, "kept": kept, "by": by}
    once_for(request, lambda: operation(call=call, at=now(), **values))
    return gone_to(request, call.whistle, said="评好了，两边都评了才看得到")


@require_POST
@refused_on(_page)
def assess_call(request: Request, code: str, unit: str) -> HttpResponse:
    return _assess(request, code, unit, operations.assess_call)


@require_POST
@refused_on(_page)
def assess_whistle(request: Request, code: str, unit: str) -> HttpResponse:
    return _assess(request, code, unit, operations.assess_whistle)
