"""历史基数: the list with its counts, entering, correcting, and the sheet to print."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizhan.base.web import Request, gone_to, once_for, refused_on
from yizhan.insights import operations, queries
from yizhan.insights.forms import CorrectBaseline, EnterBaseline
from yizhan.insights.models import READERS, Baseline
from yizhan.insights.rules import can_keep_baselines
from yizhan.privacy import operations as privacy
from yizhan.privacy.marks import mark_of
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
