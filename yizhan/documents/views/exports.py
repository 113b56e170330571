"""导出台账: choosing template and period, the file, and what the worker makes."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizhan.base import files
from yizhan.base.sheets import XLSX
from yizhan.base.web import Request, gone_to, once_for, refused_on
from yizhan.documents import operations, queries
from yizhan.documents.forms import NO_TEMPLATE, TakeOut
from yizhan.documents.ledgers import Ledger, Taking
from yizhan.documents.models import KEPT_DAYS, TEMPLATES, LedgerExport, LedgerTemplate
from yizhan.documents.rules import MOST_AT_ONCE


def _ledger(request: Request, code: str) -> Ledger:
    """The ledger, if this post may take it out; 404 otherwise."""
    found = [one for one in queries.running(request.actor) if one.code == code]
    if not found or not found[0].may(request.actor):
        raise Http404
    return found[0]


def _filters(request: Request, ledger: Ledger) -> dict[str, str]:
    """The words of the address that the ledger knows, or those of the form that was sent."""
    sent = request.POST if request.method == "POST" else request.GET
    return {name: sent.get(name, "").replace("\0", "")[:30] for name in ledger.filters}


def _form(request: Request, ledger: Ledger) -> TakeOut:
    typed = request.POST if request.method == "POST" else None
    templates = queries.usable(ledger, request.actor, localdate(now()))
    return TakeOut(typed, templates=templates, ledger=ledger)


def _page(request: Request, ledger: str, *, status: int = 200) -> HttpResponse:
    found, by, at = _ledger(request, ledger), request.actor, now()
    form, filters = _form(request, found), _filters(request, found)
    taking = form.taking(filters) if form.is_bound and form.is_valid() else Taking(filters)
    usable = queries.usable(found, by, taking.until or localdate(at))
    context: dict[str, Any] = {
        "ledger": found,
        "form": form,
        "filters": {name: text for name, text in filters.items() if text},
        "told": found.told(taking),
        "count": found.count(by, taking, at),
        "fits": usable[0] if usable else None,
        "most": MOST_AT_ONCE,
        "days": KEPT_DAYS,
        "keeps": by.may(TEMPLATES) and bool(by.area),
        "waiting": queries.exports(by)[:1],
    }
    return render(request, "documents/take_out.html", context, status=status)


def _template(request: Request, ledger: Ledger, form: TakeOut) -> LedgerTemplate | None:
    """The template that was chosen, or the nearest one for the end of the period."""
    chosen, until = form.cleaned_data["template"], form.cleaned_data["until"]
    if chosen == NO_TEMPLATE:
        return None
    today = localdate(now())
    usable = queries.usable(ledger, request.actor, today if chosen else until or today)
    return next((one for one in usable if chosen in ("", one.code)), None)


@require_http_methods(["GET", "POST"])
@refused_on(_page)
def take_out(request: Request, ledger: str) -> HttpResponse:
    """The page with the choices; sent, it answers with the file, or with a page that waits."""
    if request.method == "GET":
        return _page(request, ledger)
    found, by, at = _ledger(request, ledger), request.actor, now()
    form = _form(request, found)
    if not form.is_valid():
        return _page(request, ledger, status=422)
    taking = form.taking(_filters(request, found))
    given: dict[str, Any] = {
        "ledger": found,
        "template": _template(request, found, form),
        "taking": taking,
        "by": by,
        "at": at,
    }
    if found.count(by, taking, at) > MOST_AT_ONCE:
        export = once_for(request, lambda: operations.ask_export(**given))
        return gone_to(request, export, said="已开始生成，好了就能在这一页下载")
    return _file(operations.take_out(**given), f"{found.name} {localdate(at):%Y-%m-%d}.xlsx")


def _file(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=XLSX)
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_safe
def exports(request: Request) -> HttpResponse:
    """What this person had made in this post."""
    if not any(one.may(request.actor) for one in queries.running(request.actor)):
        raise Http404
    return render(
        request,
        "documents/exports.html",
        {"rows": queries.exports(request.actor), "days": KEPT_DAYS, "at": now()},
    )


def _mine(request: Request, code: str) -> LedgerExport:
    mine = LedgerExport.objects.visible_to(request.actor).select_related("file", "template")
    return get_object_or_404(mine, code=code)


def _export_page(request: Request, code: str) -> HttpResponse:
    found = _mine(request, code)
    context = {"export": found, "days": KEPT_DAYS, "at": now()}
    return render(request, "documents/export.html", context)


@require_safe
def export(request: Request, code: str) -> HttpResponse:
    """How far it is, or where it can be fetched."""
    return _export_page(request, code)


@require_safe
def fetch(request: Request, code: str) -> HttpResponse:
    """The file, for the person who asked and in that post."""
    found = _mine(request, code)
    if found.file is None or found.state != LedgerExport.State.READY:
        raise Http404
    return _file(
        files.read(found.file), f"{found.of.name} {localdate(found.asked_at):%Y-%m-%d}.xlsx"
    )


@require_POST
@refused_on(_export_page)
def drop_export(request: Request, code: str) -> HttpResponse:
    """Remove the file sooner."""
    found = _mine(request, code)
    done = once_for(
        request, lambda: operations.drop_export(export=found, by=request.actor, at=now())
    )
    return gone_to(request, done, said="已删除")
