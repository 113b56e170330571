"""派单目录 to be read: versions, one of them, on paper, as a file; the bench, the reports."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from yizhan.base import sheets
from yizhan.base.web import Request, asked
from yizhan.regions.district import profile
from yizhan.routing import forms, queries, rules, screens
from yizhan.routing.models import Category, RoutingTable
from yizhan.routing.rows import as_rows


@dataclass(frozen=True, slots=True)
class _Page:
    name: str

    def get_absolute_url(self) -> str:
        return reverse(f"routing:{self.name}")


LIST, DRAFT = _Page("tables"), _Page("draft")


def reads(request: Request) -> None:
    """404 for whoever has no part in the table."""
    if not rules.can_read_table(request.actor):
        raise Http404


def keeps(request: Request) -> bool:
    """Whether the visitor writes the table."""
    return bool(rules.can_keep_table(request.actor, profile().code))


def the_draft(request: Request) -> RoutingTable:
    """The draft, for who writes it; 404 otherwise."""
    found = RoutingTable.objects.draft() if keeps(request) else None
    if found is None:
        raise Http404
    return found


def version(request: Request, number: int) -> RoutingTable:
    """The published version with this number, or 404."""
    reads(request)
    seen = RoutingTable.objects.visible_to(request.actor).published().select_related("region")
    return get_object_or_404(seen, number=number)


def wanted(request: Request, day: date) -> tuple[queries.Loaded, str]:
    """The version that the address names, or the one that holds on a day; and its name there."""
    which = asked(request, "table")
    if which == "draft" and keeps(request) and (draft := RoutingTable.objects.draft()):
        return queries.loaded(draft), "draft"
    if which.isdecimal() and len(which) < 5:
        return queries.loaded(version(request, int(which))), which
    return queries.in_force(day), ""


@require_safe
def tables(request: Request) -> HttpResponse:
    """Every version, and what holds today."""
    reads(request)
    today, may_keep = localdate(now()), keeps(request)
    context = {
        "versions": screens.history(request.actor, today),
        "found": (found := queries.in_force(today)),
        "rules": screens.rules_of(found.table, request.actor.area) if found.table else [],
        "may_keep": may_keep,
        "draft": RoutingTable.objects.draft() if may_keep else None,
    }
    return render(request, "routing/tables.html", context)


def table_page(request: Request, number: int, *, status: int = 200) -> HttpResponse:
    """One published version, with the form to publish it again."""
    one = version(request, number)
    today, may_keep = localdate(now()), keeps(request)
    newest = queries.newest_number()
    (shown,) = [each for each in screens.history(request.actor, today) if each.table == one]
    context = {
        "version": shown,
        "table": one,
        "rules": screens.rules_of(one, request.actor.area),
        "may_again": may_keep and one.number != newest,
        "form": forms.From(request.POST or None, initial={"from_date": today}),
    }
    return render(request, "routing/table.html", context, status=status)


@require_safe
def table(request: Request, number: int) -> HttpResponse:
    """One published version."""
    if asked(request, "as") == "xlsx":
        return as_file(version(request, number), request.actor.area)
    return table_page(request, number)


def as_file(one: RoutingTable, area: str = "") -> HttpResponse:
    """The rules as a workbook that can be changed and imported again."""
    found = screens.rules_of(one, area)
    notes = {each.row.pk: each.row.note for each in found}
    name = content_disposition_header(True, f"派单目录 {one}.xlsx")
    head, *lines = as_rows([each.rule for each in found], notes)
    marked = [*head, "演示数据"] if settings.DEMO else head
    body = sheets.as_xlsx([marked, *lines])
    headers = {"Content-Disposition": str(name), "Cache-Control": "no-store"}
    return HttpResponse(body, content_type=sheets.XLSX, headers=headers)


@require_safe
def sheet(request: Request, number: int) -> HttpResponse:
    """One published version for the wall of an office."""
    one, at = version(request, number), now()
    (shown,) = [each for each in screens.history(request.actor, localdate(at)) if each.table == one]
    found = screens.rules_of(one, request.actor.area)
    context = {"version": shown, "table": one, "rules": found, "at": at}
    return render(request, "routing/sheet.html", context)


@require_safe
def bench(request: Request) -> HttpResponse:
    """Which rule an order would come under, why, and why the others would not."""
    reads(request)
    today = localdate(now())
    typed = request.GET if asked(request, "category") else None
    form = forms.Try(typed, area=request.actor.area, today=today)
    context: dict[str, Any] = {"form": form, "which": asked(request, "table")}
    if typed is not None and form.is_valid():
        found, which = wanted(request, form.cleaned_data["day"] or today)
        context |= {"found": found, "which": which, "answer": _answer(form, found)}
    context["draft"] = keeps(request) and RoutingTable.objects.draft()
    return render(request, "routing/bench.html", context)


def _answer(form: forms.Try, found: queries.Loaded) -> rules.Answer:
    given = form.cleaned_data
    category = Category.objects.select_related("parent").get(code=given["category"])
    facts = rules.Facts(
        category=category.code,
        group=category.parent.code if category.parent else category.code,
        region=given["region"],
        handler=category.handler,
        level=given["level"],
        needs_visit=category.needs_visit,
        is_sensitive=category.is_sensitive,
        outside_hours=given["outside_hours"],
        station_type=given["station_type"],
        words=given["words"],
    )
    return rules.route(facts, found.rules)


@require_safe
def reports(request: Request) -> HttpResponse:
    """Where the table is silent, what in it never fires, what crosses, what is broken."""
    reads(request)
    found, which = wanted(request, localdate(now()))
    context = {
        "found": found,
        "which": which,
        "report": screens.report(found),
        "coverage": screens.coverage(found, request.actor.area),
        "draft": keeps(request) and RoutingTable.objects.draft(),
    }
    return render(request, "routing/reports.html", context)
