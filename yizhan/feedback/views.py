"""投诉建议: leaving it, following it by its receipt, and the desk that answers."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizhan.base.actor import ANONYMOUS
from yizhan.base.codes import is_receipt, tidy
from yizhan.base.web import Request, gone_to, once_for, refused_on
from yizhan.feedback import forms, operations, queries, rules
from yizhan.feedback.models import DESK, SUBJECT, Feedback
from yizhan.feedback.pages import came_from
from yizhan.people.limits import busy_page, can_go_on, count_wrong
from yizhan.people.masking import masked_phone
from yizhan.privacy import operations as privacy


def _leave_page(request: Request) -> HttpResponse:
    came = request.headers.get("Referer", "")
    here = came.startswith(f"{request.scheme}://{request.get_host()}/")
    home = getattr(request.user, "home", None)
    initial = {"page": came_from(came) if here else "", "region": home.code if home else ""}
    form = forms.Leave(request.POST or None, initial=initial)
    status = 422 if form.is_bound and not form.is_valid() else 200
    may_hide = request.user.is_authenticated and not request.actor.may(DESK)
    context = {"form": form, "may_hide": may_hide, "days": rules.DAYS, "tab": "me"}
    return render(request, "feedback/leave.html", context, status=status)


@login_not_required
@require_http_methods(["GET", "POST"])
@refused_on(_leave_page)
def leave_feedback(request: Request) -> HttpResponse:
    form = forms.Leave(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _leave_page(request)
    can_go_on(request, "feedback").or_refuse()
    if form.cleaned_data["unsigned"] and not request.actor.may(DESK):
        request.actor = ANONYMOUS
    said = form.said()
    left = once_for(
        request, lambda: operations.leave_feedback(said=said, by=request.actor, at=now())
    )
    return redirect(f"{reverse('feedback:show', args=[left.receipt_code])}?new=1")


def _look_up_page(request: Request) -> HttpResponse:
    form = forms.LookUp(request.POST or None)
    if form.is_bound and form.is_valid():
        form.add_error("receipt", "没有找到这个回执码，请对照回执再输一次")
    context = {"form": form, "mine": queries.left_by(request.actor), "tab": "me"}
    status = 422 if form.is_bound else 200
    return render(request, "feedback/look_up.html", context, status=status)


@login_not_required
@require_http_methods(["GET", "POST"])
@refused_on(_look_up_page)
def look_up(request: Request) -> HttpResponse:
    if request.method == "GET":
        return _look_up_page(request)
    can_go_on(request, "look_up").or_refuse()
    code = tidy(request.POST.get("receipt", ""))
    if not is_receipt(code) or Feedback.objects.of_receipt(code) is None:
        return _look_up_page(request)
    return redirect("feedback:show", code)


@require_safe
def desk(request: Request) -> HttpResponse:
    """What waits for an answer, overdue first, and what was answered, with who answered it."""
    if not request.actor.may(DESK):
        raise Http404
    at = now()
    context = {"pile": queries.desk(request.actor, at), "at": at}
    return render(request, "feedback/desk.html", context)


def _seen(request: Request, key: str) -> Feedback:
    """The one this actor may see under this key, or 404. A receipt makes the actor its holder."""
    found = queries.by_key(key, request.actor)
    if found is None:
        if is_receipt(tidy(key)):
            count_wrong(request, "wrong_receipt")
        raise Http404
    if is_receipt(tidy(key)):
        request.actor = replace(request.actor, receipt_of=(SUBJECT, found.pk))
    return found


def _page(request: Request, key: str) -> HttpResponse:
    feedback, at = _seen(request, key), now()
    mine = rules.is_author(feedback, request.actor)
    phone = feedback.contact_phone.open() if feedback.contact_phone else ""
    context: dict[str, Any] = {
        "feedback": feedback,
        "key": key,
        "at": at,
        "late": feedback.is_late(at),
        "phone": phone if mine else masked_phone(phone),
        "tab": "me",
    }
    if mine:
        return render(request, "feedback/show.html", context)
    context["may"] = {
        "answer": rules.can_answer_feedback(feedback, request.actor),
        "pass_on": rules.can_pass_on_feedback(feedback, request.actor),
    }
    context["forms"] = {"answer": forms.Answer(), "pass_on": forms.PassOn()}
    match = request.resolver_match
    if request.method == "POST" and match:
        name = (match.url_name or "").removesuffix("_feedback")
        context["forms"][name] = type(context["forms"][name])(request.POST)
    return render(request, "feedback/handle.html", context)


@login_not_required
@require_safe
def show(request: Request, key: str) -> HttpResponse:
    """The page of its author or of whoever holds the receipt; for the desk, written down."""
    if is_receipt(tidy(key)):
        if busy := busy_page(request, "wrong_receipt"):
            return busy
    elif not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    feedback = _seen(request, key)
    if not rules.is_author(feedback, request.actor):
        privacy.look(subject=feedback, purpose="答复投诉建议", by=request.actor, at=now())
    return _page(request, key)


def _act(
    request: Request, key: str, form: Any, operation: Callable[..., Feedback], said: str
) -> HttpResponse:
    feedback = _seen(request, key)
    if not form.is_valid():
        page = _page(request, key)
        page.status_code = 422
        return page
    words = form.cleaned_data["words"]
    done = once_for(
        request, lambda: operation(feedback=feedback, words=words, by=request.actor, at=now())
    )
    return gone_to(request, done, said=said)


@require_POST
@refused_on(_page)
def answer_feedback(request: Request, key: str) -> HttpResponse:
    form = forms.Answer(request.POST)
    return _act(request, key, form, operations.answer_feedback, "已答复，已告诉留言的人")


@require_POST
@refused_on(_page)
def pass_on_feedback(request: Request, key: str) -> HttpResponse:
    form = forms.PassOn(request.POST)
    said = "已转有关部门，已告诉留言的人"
    return _act(request, key, form, operations.pass_on_feedback, said)
