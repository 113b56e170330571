"""派单目录 from a sheet, and from which day it holds."""

import json
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from yizhan.base.web import Request, gone_to, once_for, refused_on
from yizhan.routing import forms, operations, queries, screens
from yizhan.routing.models import RoutingTable
from yizhan.routing.rows import COLUMNS
from yizhan.routing.views.reading import DRAFT, LIST, keeps, table_page, the_draft, version


def _import_page(
    request: Request, *, form: django_forms.Form | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"table": the_draft(request), "form": form or forms.Sheet()}
    return render(request, "routing/import_rules.html", context, status=status)


@require_http_methods(["GET", "POST"])
@refused_on(_import_page)
def import_rules(request: Request) -> HttpResponse:
    """Upload a sheet, look at what it says, then import it: two steps, the second writes."""
    if request.method == "GET":
        return _import_page(request)
    table = the_draft(request)
    if "rows" not in request.POST:
        return _looked_at(request, table)
    form = forms.Rows(request.POST)
    if not form.is_valid():
        return _import_page(request, form=form, status=422)
    given = form.cleaned_data
    once_for(
        request,
        lambda: operations.import_rules(
            table=table,
            rows=given["rows"],
            version=given["version"],
            by=request.actor,
            at=now(),
        ),
    )
    return gone_to(request, DRAFT, said="已按表格导入草稿，发布后生效")


def _looked_at(request: Request, table: RoutingTable) -> HttpResponse:
    """What a sheet says, row by row, before anything is written."""
    form = forms.Sheet(request.POST, request.FILES)
    if not form.is_valid():
        return _import_page(request, form=form, status=422)
    rows = form.cleaned_data["file"]
    lines, errors = queries.read_all(rows)
    context = {
        "table": table,
        "form": forms.Sheet(),
        "rows": rows,
        "columns": COLUMNS,
        "sheet": [[row.get(name, "") for name in COLUMNS] for row in rows],
        "lines": lines,
        "faults": errors,
        "packed": json.dumps(rows, ensure_ascii=False),
    }
    return render(request, "routing/import_rules.html", context, status=422 if errors else 200)


def _publish_page(request: Request, *, status: int = 200) -> HttpResponse:
    table, newest = the_draft(request), queries.newest_number()
    found, seen = queries.loaded(table), RoutingTable.objects.published().first()
    initial = {"from_date": localdate(now()), "version": table.version, "newest": newest}
    sent = request.POST.copy() if request.method == "POST" else None
    if sent is not None and request.refusal and request.refusal.code in ("stale", "newer"):
        sent["version"], sent["newest"] = str(table.version), str(newest)
    context = {
        "table": table,
        "newest": seen,
        "later": seen if seen and seen.from_date and seen.from_date > localdate(now()) else None,
        "waiting": len(screens.proposals_of(table)),
        "found": found,
        "report": screens.report(found),
        "difference": screens.difference(
            queries.loaded(seen) if seen else queries.Loaded(None, ()), found
        ),
        "form": forms.Publish(sent, initial=initial),
    }
    return render(request, "routing/publish.html", context, status=status)


@require_http_methods(["GET", "POST"])
@refused_on(_publish_page)
def publish(request: Request) -> HttpResponse:
    if request.method == "GET":
        return _publish_page(request)
    table, form = the_draft(request), forms.Publish(request.POST)
    if not form.is_valid():
        return _publish_page(request, status=422)
    given, by = form.cleaned_data, request.actor
    once_for(request, lambda: operations.publish(table=table, **given, by=by, at=now()))
    return gone_to(request, LIST, said="已发布，到那一天自动生效")


@require_POST
@refused_on(table_page)
def republish(request: Request, number: int) -> HttpResponse:
    table, form = version(request, number), forms.From(request.POST)
    if not keeps(request):
        raise Http404
    if not form.is_valid():
        return table_page(request, number, status=422)
    given, by = form.cleaned_data, request.actor
    once_for(request, lambda: operations.republish(table=table, **given, by=by, at=now()))
    return gone_to(request, LIST, said=f"已按第 {number} 版再发布成新的一版")
