"""派单目录 being written: the draft, its rules, and what is proposed."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizhan.base.web import Request, asked, gone_to, once_for, refused_on
from yizhan.routing import forms, operations, queries, screens
from yizhan.routing.models import RoutingRule, RoutingTable
from yizhan.routing.views.reading import DRAFT, as_file, keeps, the_draft


def _rule(request: Request, pk: int) -> RoutingRule:
    """A rule of the draft, for who writes it; 404 otherwise."""
    rows = RoutingRule.objects.filter(table=the_draft(request)).with_names()
    return get_object_or_404(rows.select_related("table__region", "category", "unit"), pk=pk)


def _draft_page(request: Request, pk: int = 0, *, status: int = 200) -> HttpResponse:
    table = the_draft(request)
    dropping = request.path.endswith("/drop_rule")
    context = {
        "table": table,
        "rules": screens.rules_of(table),
        "proposals": screens.proposals_of(table),
        "report": screens.report(queries.loaded(table)),
        "steps": screens.steps_of([table])[::-1],
        "labels": RoutingTable.STEPS,
        "pk": pk,
        "drop_form": forms.Drop(request.POST if dropping else None),
    }
    return render(request, "routing/draft.html", context, status=status)


@require_safe
def draft(request: Request) -> HttpResponse:
    """The draft: its rules, what waits, what is wrong."""
    if asked(request, "as") == "xlsx":
        return as_file(the_draft(request))
    return _draft_page(request)


def _no_draft_page(request: Request) -> HttpResponse:
    if not keeps(request):
        raise Http404
    return render(request, "ui/refused_page.html", {"refusal": request.refusal})


@require_POST
@refused_on(_no_draft_page)
def begin_draft(request: Request) -> HttpResponse:
    if not keeps(request):
        raise Http404
    once_for(request, lambda: operations.begin_draft(by=request.actor, at=now()))
    return gone_to(request, DRAFT, said="已起草新的一版，改好以后再发布")


def _add_page(request: Request, *, status: int = 200) -> HttpResponse:
    form = forms.RuleForm(request.POST or None)
    context = {"table": the_draft(request), "form": form}
    return render(request, "routing/rule.html", context, status=status)


@require_http_methods(["GET", "POST"])
@refused_on(_add_page)
def add_rule(request: Request) -> HttpResponse:
    if request.method == "GET":
        return _add_page(request)
    table, form = the_draft(request), forms.RuleForm(request.POST)
    if not form.is_valid():
        return _add_page(request, status=422)
    kept = form.cleaned_data["kept"]
    line, by = form.line(), request.actor
    row = once_for(
        request,
        lambda: operations.add_rule(table=table, line=line, kept=kept, by=by, at=now()),
    )
    return gone_to(request, DRAFT, said=f"已加上，排在第 {row.position} 条，可以再上移下移")


def _change_page(request: Request, pk: int, *, status: int = 200) -> HttpResponse:
    row = _rule(request, pk)
    sent = request.POST.copy() if request.method == "POST" else None
    if sent is not None and request.refusal and request.refusal.code == "stale":
        sent["version"] = str(row.version)
    (rule,) = queries.as_rules([row])
    context = {
        "table": row.table,
        "row": row,
        "rule": rule,
        "form": forms.RuleForm(sent, initial=forms.initial_of(row)),
    }
    return render(request, "routing/rule.html", context, status=status)


@require_http_methods(["GET", "POST"])
@refused_on(_change_page)
def change_rule(request: Request, pk: int) -> HttpResponse:
    if request.method == "GET":
        return _change_page(request, pk)
    row, form = _rule(request, pk), forms.RuleForm(request.POST)
    if not form.is_valid():
        return _change_page(request, pk, status=422)
    given, line = form.cleaned_data, form.line()
    once_for(
        request,
        lambda: operations.change_rule(
            rule=row,
            line=line,
            version=given["version"] or 0,
            kept=given["kept"],
            by=request.actor,
            at=now(),
        ),
    )
    return gone_to(request, DRAFT, said="已改好这一条")


def _act(
    request: Request,
    pk: int,
    form: django_forms.Form | None,
    act: Callable[[RoutingRule, dict[str, Any]], RoutingRule],
    said: str,
) -> HttpResponse:
    """Load the rule, check the form, do one thing, return to the draft."""
    row = _rule(request, pk)
    if form is not None and not form.is_valid():
        return _draft_page(request, pk, status=422)
    values = form.cleaned_data if form is not None else {}
    once_for(request, lambda: act(row, values))
    return gone_to(request, DRAFT, said=said)


@require_POST
@refused_on(_draft_page)
def move_rule(request: Request, pk: int) -> HttpResponse:
    def act(row: RoutingRule, given: dict[str, Any]) -> RoutingRule:
        is_up, seen = given["where"] == "up", given["version"]
        return operations.move_rule(rule=row, is_up=is_up, version=seen, by=request.actor, at=now())

    return _act(request, pk, forms.Move(request.POST), act, "已调整先后")


@require_POST
@refused_on(_draft_page)
def end_rule(request: Request, pk: int) -> HttpResponse:
    def act(row: RoutingRule, given: dict[str, Any]) -> RoutingRule:
        return operations.end_rule(rule=row, version=given["version"], by=request.actor, at=now())

    return _act(request, pk, forms.Seen(request.POST), act, "已从草稿里去掉，旧版不受影响")


@require_POST
@refused_on(_draft_page)
def accept_rule(request: Request, pk: int) -> HttpResponse:
    def act(row: RoutingRule, _: dict[str, Any]) -> RoutingRule:
        return operations.accept_rule(rule=row, by=request.actor, at=now())

    return _act(request, pk, None, act, "已采纳，排好了先后，发布后生效")


@require_POST
@refused_on(_draft_page)
def drop_rule(request: Request, pk: int) -> HttpResponse:
    def act(row: RoutingRule, given: dict[str, Any]) -> RoutingRule:
        return operations.drop_rule(rule=row, reason=given["reason"], by=request.actor, at=now())

    return _act(request, pk, forms.Drop(request.POST), act, "已记下不采纳的原因")
