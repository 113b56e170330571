"""台账模板: the list, uploading, saying where the values go, looking before saving, retiring."""

from itertools import islice
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from yizhan.base.web import Request, asked, gone_to, once_for, refused_on
from yizhan.documents import grid, operations, queries, rules, sheet_filling
from yizhan.documents.forms import MapTemplate, UploadTemplate
from yizhan.documents.layouts import Layout
from yizhan.documents.ledgers import LEDGERS, Ledger, Taking
from yizhan.documents.models import TEMPLATES, LedgerTemplate
from yizhan.documents.proposing import headings, proposed
from yizhan.documents.workbooks import MOST_BYTES
from yizhan.regions.models import Region

FIRST = 5


def _keeps(request: Request) -> list[Ledger]:
    """The ledgers for which this post may keep templates; 404 for every other post."""
    ledgers = queries.running(request.actor)
    if not request.actor.may(TEMPLATES) or not request.actor.area or not ledgers:
        raise Http404
    return ledgers


def _list_page(request: Request, *, status: int = 200) -> HttpResponse:
    ledgers = _keeps(request)
    typed = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    first = {"since_date": localdate(now()), "ledger": ledgers[0].code}
    context = {
        "piles": queries.piles(request.actor),
        "form": UploadTemplate(*typed, ledgers=ledgers, initial=first),
        "most": MOST_BYTES // 2**20,
    }
    return render(request, "documents/templates.html", context, status=status)


@require_safe
def templates(request: Request) -> HttpResponse:
    """The templates of the post's own region, and those from above that may be used."""
    return _list_page(request)


@require_POST
@refused_on(_list_page)
def upload_template(request: Request) -> HttpResponse:
    """Keep a workbook; then say where the values go."""
    form = UploadTemplate(request.POST, request.FILES, ledgers=_keeps(request))
    if not form.is_valid():
        return _list_page(request, status=422)
    ledger = LEDGERS[form.cleaned_data["ledger"]]
    region = get_object_or_404(Region.objects.current(), code=request.actor.area)
    template = once_for(
        request,
        lambda: operations.upload_template(
            ledger=ledger, region=region, upload=form.upload(), by=request.actor, at=now()
        ),
    )
    return gone_to(request, template, said="收到模板，请核对每一列放什么，再启用")


def _seen(request: Request, code: str) -> LedgerTemplate:
    _keeps(request)
    seen = LedgerTemplate.objects.visible_to(request.actor).select_related("region", "file")
    return get_object_or_404(seen, code=code)


def _laid_out(request: Request, template: LedgerTemplate, book: Any) -> Layout:
    """The layout as it was kept, or as proposed for another sheet of the workbook."""
    sheets = [one.title for one in book.worksheets if one.sheet_state == "visible"]
    wanted = request.POST.get("sheet", "") or asked(request, "sheet")
    if wanted in sheets and wanted != template.mapping.sheet:
        return proposed(book[wanted], template.of)
    return template.mapping


def _form(request: Request, template: LedgerTemplate, book: Any, layout: Layout) -> MapTemplate:
    heads = headings(book[layout.sheet], layout)
    rows = {"first_row": layout.first_row, "last_row": layout.last_row}
    return MapTemplate(
        request.POST if request.method == "POST" else None,
        book=book,
        ledger=template.of,
        heads=heads,
        layout=layout,
        initial={"sheet": layout.sheet, "version": template.version, **rows},
    )


def _page(request: Request, code: str, *, preview: Any = None, status: int = 200) -> HttpResponse:
    template = _seen(request, code)
    book = queries.book_of(template)
    layout = _laid_out(request, template, book)
    form = _form(request, template, book, layout)
    if request.method == "POST" and form.is_valid():
        layout = form.layout()
    context = {
        "template": template,
        "grid": grid.shown(book[layout.sheet], layout, template.of.columns),
        "layout": layout,
        "sheets": [one.title for one in book.worksheets if one.sheet_state == "visible"],
        "form": form,
        "preview": preview,
        "missing": [one.name for one in template.of.columns if one.code not in layout.columns],
        "may_map": rules.can_map_template(template, request.actor, version=template.version),
        "may_retire": rules.can_retire_template(template, request.actor),
        "steps": [(one, LedgerTemplate.STEPS[one.kind]) for one in template.steps],
    }
    return render(request, "documents/template.html", context, status=status)


@require_safe
def template(request: Request, code: str) -> HttpResponse:
    """The template as a table, and where the values go."""
    return _page(request, code)


@require_POST
@refused_on(_page)
def map_template(request: Request, code: str) -> HttpResponse:
    """Keep where the values go, and use the template from its day on."""
    found = _seen(request, code)
    book = queries.book_of(found)
    form = _form(request, found, book, _laid_out(request, found, book))
    if not form.is_valid():
        return _page(request, code, status=422)
    kept = form.cleaned_data
    done = once_for(
        request,
        lambda: operations.map_template(
            template=found,
            layout=form.layout(),
            version=kept["version"],
            by=request.actor,
            at=now(),
        ),
    )
    return gone_to(request, done, said=f"已启用，{done.since_date:%Y-%m-%d} 起导出台账用这一版")


@require_POST
def preview_template(request: Request, code: str) -> HttpResponse:
    """The first rows in the template, before anything is kept."""
    found = _seen(request, code)
    book, at, by = queries.book_of(found), now(), request.actor
    form = _form(request, found, book, _laid_out(request, found, book))
    if not form.is_valid():
        return _page(request, code, status=422)
    layout, ledger = form.layout(), found.of
    rows = list(islice(ledger.rows(by, Taking(), at), FIRST)) if ledger.may(by) else []
    is_real = bool(rows)
    rows = rows or list(ledger.samples())
    fixed = queries.stated(by, Taking(), len(rows), at)
    sheet = sheet_filling.fill(book, layout, rows, fixed=fixed)
    shown = grid.shown(sheet, layout, ledger.columns, filled=len(rows))
    return _page(request, code, preview={"grid": shown, "is_real": is_real, "count": len(rows)})


@require_POST
@refused_on(_page)
def retire_template(request: Request, code: str) -> HttpResponse:
    """Put a version aside."""
    found = _seen(request, code)
    done = once_for(
        request,
        lambda: operations.retire_template(template=found, by=request.actor, at=now()),
    )
    return gone_to(request, done, said="已停用，记录还在")
