"""Keeping and taking away one's own filters of the table."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from yizhan.base.web import Request, once_for, refused_on
from yizhan.orders import operations, queries
from yizhan.orders.filter_forms import DropFilter, KeepFilter
from yizhan.orders.listing import Wanted
from yizhan.orders.views.lists import table_page


@require_POST
@refused_on(table_page)
def keep_filter(request: Request) -> HttpResponse:
    form = KeepFilter(request.POST)
    if not form.is_valid():
        return table_page(request, form=form)
    name, query = form.cleaned_data["name"], Wanted.read(request.POST.dict()).query
    once_for(
        request,
        lambda: operations.keep_filter(name=name, query=query, by=request.actor, at=now()),
    )
    messages.success(request, f"筛选「{name}」存好了，只有您自己看得到")
    return redirect(f"{reverse('orders:table')}?{query}")


@require_POST
def drop_filter(request: Request) -> HttpResponse:
    form = DropFilter(request.POST)
    name = form.cleaned_data["name"] if form.is_valid() else ""
    saved = queries.filter_named(name, request.actor)
    if saved is None:
        raise Http404
    once_for(request, lambda: operations.drop_filter(saved=saved, by=request.actor, at=now()))
    messages.success(request, f"筛选「{saved.name}」删掉了")
    return redirect("orders:table")
