"""What the audit administrator opens: looks, acts of administrators, the chain, periods."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from yizhan.base import sheets
from yizhan.base.web import Request, asked
from yizhan.privacy import acting, auditing, operations, proof
from yizhan.privacy.marks import mark_of
from yizhan.privacy.models import Look
from yizhan.privacy.rules import can_audit
from yizhan.privacy.subjects import READS, TAKES_OUT

FILES = {"csv": (sheets.CSV, sheets.as_csv), "xlsx": (sheets.XLSX, sheets.as_xlsx)}


def _reads(request: Request) -> None:
    if not can_audit(request.actor):
        raise Http404


def _below(request: Request) -> int:
    """The keyset of a page: everything below this id."""
    before = asked(request, "before")
    return min(int(before[:18]), 2**62) if before.isdecimal() else 2**62


def _written(request: Request, what: str) -> Look:
    """That the auditor reads is written down like any other look."""
    return operations.audit(
        what=what, kind=Look.Kind.SEARCH, purpose=READS, by=request.actor, at=now()
    )


@require_safe
def looks(request: Request) -> HttpResponse:
    """Who looked at what kind of data, of every office, with a sum for each."""
    _reads(request)
    at, wanted = now(), auditing.Wanted.read(request.GET.dict())
    if asked(request, "as") in FILES:
        return _taken_out(request, wanted)
    found = auditing.narrowed(wanted, at).filter(pk__lt=_below(request))
    page = list(found[: auditing.PAGE + 1])
    shown = page[: auditing.PAGE]
    context: dict[str, Any] = {
        "rows": auditing.rows(shown),
        "more": shown[-1].pk if len(page) > auditing.PAGE else None,
        "sums": auditing.sums(wanted, at),
        "wanted": wanted,
        "kinds": Look.Kind.choices,
        "spans": auditing.DAYS.items(),
        "many": auditing.MANY,
        "exported": auditing.EXPORTED,
    }
    _written(request, "privacy.look")
    return render(request, "privacy/audit/looks.html", context)


def _taken_out(request: Request, wanted: auditing.Wanted) -> HttpResponse:
    """The list as a file, with who took it out and under which code that was written down."""
    at, form = now(), asked(request, "as")
    found = list(auditing.narrowed(wanted, at)[: auditing.EXPORTED])
    look = operations.audit(
        what="privacy.look", kind=Look.Kind.EXPORT, purpose=TAKES_OUT, by=request.actor, at=at
    )
    demo = [("演示数据",)] if settings.DEMO else []
    media_type, made = FILES[form]
    lines = [(str(mark_of(look)),), *demo, auditing.HEADS]
    body = made([*lines, *(row.cells for row in auditing.rows(found))])
    name = content_disposition_header(True, f"查看记录 {localdate(at):%Y-%m-%d}.{form}")
    headers = {"Content-Disposition": str(name), "Cache-Control": "no-store"}
    return HttpResponse(body, content_type=media_type, headers=headers)


@require_safe
def acts(request: Request) -> HttpResponse:
    """What the three administrators and the command line did, without what it was done with."""
    _reads(request)
    page = list(acting.steps().filter(pk__lt=_below(request))[: auditing.PAGE + 1])
    shown = page[: auditing.PAGE]
    _written(request, "base.step")
    context = {
        "rows": acting.rows(shown),
        "more": shown[-1].pk if len(page) > auditing.PAGE else None,
    }
    return render(request, "privacy/audit/acts.html", context)


@require_safe
def chain(request: Request) -> HttpResponse:
    """The state of the chain: its end, what waits, the heads of days, the last checks."""
    _reads(request)
    context = {
        "last": proof.last_seal(),
        "waiting": proof.waiting(),
        "heads": proof.heads(),
        "checks": proof.checks(),
    }
    return render(request, "privacy/audit/chain.html", context)


@require_safe
def retention(request: Request) -> HttpResponse:
    """How long each kind of data is kept, and what ended last."""
    _reads(request)
    return render(request, "privacy/audit/retention.html", {"kept": proof.kept()})
