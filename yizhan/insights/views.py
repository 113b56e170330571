"""历史基数: the list, entering, correcting, the sheet to print. 指标: the figures of an area."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizhan.base import sheets
from yizhan.base.metrics import FEW, Period
from yizhan.base.web import Request, asked, gone_to, once_for, refused_on
from yizhan.insights import measures, operations, queries, telling
from yizhan.insights.forms import CorrectBaseline, EnterBaseline
from yizhan.insights.models import READERS, Baseline
from yizhan.insights.rules import can_keep_baselines, can_read_metrics
from yizhan.privacy import operations as privacy
from yizhan.privacy.marks import Mark, mark_of
from yizhan.regions.models import Region


@dataclass(frozen=True, slots=True)
class _ListPage:
    def get_absolute_url(self) -> str:
        return reverse("insights:baselines")


def _figures(request: Request) -> dict[str, Any]:
    """The entries of the actor's area and the counts they stand beside; 404 for who reads none."""
    by = request.actor
    if not by.area or not any(by.may(power) for power in READERS):
        raise Http404
    found = queries.entries(by)
    return {"entries": found, "counts": queries.counts(by.area, found), "at": now()}


def _list_page(request: Request, *, status: int = 200) -> HttpResponse:
    context = _figures(request)
    area = request.actor.area
    context["may_enter"] = can_keep_baselines(request.actor, area)
    context["form"] = EnterBaseline(request.POST or None, area=area)
    return render(request, "insights/baselines.html", context, status=status)


@require_safe
def baselines(request: Request) -> HttpResponse:
    """What was done before the platform, beside what was done on it."""
    return _list_page(request)


@require_safe
def sheet(request: Request) -> HttpResponse:
    """The same for paper, with room for the signatures and with who printed it."""
    context = _figures(request)
    look = privacy.look(
        kind="export",
        subject=Region.objects.current().get(code=request.actor.area),
        purpose="打印历史基数",
        by=request.actor,
        at=context["at"],
    )
    return render(request, "insights/sheet.html", {**context, "watermark": mark_of(look)})


@require_POST
@refused_on(_list_page)
def enter_baseline(request: Request) -> HttpResponse:
    """State a count."""
    form = EnterBaseline(request.POST, area=request.actor.area or "-")
    if not form.is_valid():
        return _list_page(request, status=422)
    kept = form.cleaned_data
    once_for(
        request,
        lambda: operations.enter_baseline(
            metric=kept["metric"],
            region=kept["region"],
            statement=form.statement(),
            kept=kept["kept"],
            by=request.actor,
            at=now(),
        ),
    )
    return gone_to(request, _ListPage(), said="已录入，单独显示为上线前累计")


@require_safe
def metrics(request: Request) -> HttpResponse:
    """指标 of the own area, or of one region in it: on the screen, on paper, or as .xlsx."""
    at, region = now(), _region(request)
    period = Period.asked(asked(request, "period") or "month", asked(request, "of"), localdate(at))
    found = measures.lines(region.code, period, at)
    form = asked(request, "as")
    if form == "xlsx":
        return _as_sheets(request, region, period, found)
    context: dict[str, Any] = {
        "region": region,
        "period": period,
        "lines": found,
        "at": at,
        "few": FEW,
        "earlier": period.before.first,
        "later": period.after if period.after <= localdate(at) else None,
    }
    if form == "paper":
        context["watermark"] = _taken_out(request, region, "打印指标")
        return render(request, "insights/metrics_paper.html", context)
    context["below"] = measures.below(region)
    context["three"] = measures.three(found)
    return render(request, "insights/metrics.html", context)


def _region(request: Request) -> Region:
    """The region asked for, the own area by default; 404 where this actor reads no figures."""
    code = asked(request, "region") or request.actor.area
    if not code or not can_read_metrics(request.actor, code):
        raise Http404
    own = Region.objects.current().own().filter(kind__in=measures.KINDS)
    return get_object_or_404(own, code=code)


def _taken_out(request: Request, region: Region, purpose: str) -> Mark:
    """That figures left the platform is written down; the mark for the copy."""
    look = privacy.look(kind="export", subject=region, purpose=purpose, by=request.actor, at=now())
    return mark_of(look)


def _as_sheets(
    request: Request, region: Region, period: Period, found: list[measures.Line]
) -> HttpResponse:
    """The same as a file, with the definitions as a second sheet."""
    mark = _taken_out(request, region, "导出指标")
    demo = [("演示数据",)] if settings.DEMO else []
    head = [(f"{region.short_name}，{period.words}",), (str(mark),), *demo]
    definitions = telling.definition_rows([line.metric for line in found])
    book = {"指标": [*head, *telling.value_rows(found)], "怎么算的": definitions}
    name = content_disposition_header(True, f"指标 {region.short_name} {period.words}.xlsx")
    headers = {"Content-Disposition": str(name), "Cache-Control": "no-store"}
    return HttpResponse(sheets.as_book(book), content_type=sheets.XLSX, headers=headers)


def _correct_page(request: Request, pk: int, *, status: int = 200) -> HttpResponse:
    mine = Baseline.objects.visible_to(request.actor).select_related("region", "corrected_by")
    baseline = get_object_or_404(mine, pk=pk)
    names = ("amount", "as_of_date", "source", "signer", "signer_post")
    initial = {name: getattr(baseline, name) for name in names}
    context = {
        "baseline": baseline,
        "allowed": can_keep_baselines(request.actor, baseline.region_code),
        "form": CorrectBaseline(request.POST or None, initial=initial),
    }
    return render(request, "insights/correct_baseline.html", context, status=status)


@require_http_methods(["GET", "POST"])
@refused_on(_correct_page)
def correct_baseline(request: Request, pk: int) -> HttpResponse:
    """Put a count right by a new entry."""
    if request.method == "GET":
        return _correct_page(request, pk)
    baseline = get_object_or_404(
        Baseline.objects.visible_to(request.actor).select_related("region"), pk=pk
    )
    form = CorrectBaseline(request.POST)
    if not form.is_valid():
        return _correct_page(request, pk, status=422)
    once_for(
        request,
        lambda: operations.correct_baseline(
            baseline=baseline,
            statement=form.statement(),
            reason=form.cleaned_data["reason"],
            kept=form.cleaned_data["kept"],
            by=request.actor,
            at=now(),
        ),
    )
    return gone_to(request, _ListPage(), said="已更正，原来的一条也看得到")
