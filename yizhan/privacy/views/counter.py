"""柜台登记授权: staff write down what somebody without a telephone in hand agrees to."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from yizhan.base.actor import Actor
from yizhan.base.web import Request, once_for, refused_on
from yizhan.people.models import Person
from yizhan.privacy import operations, queries, rules
from yizhan.privacy.forms import Agree, ByStaff, FindByPhone, RegisterAtCounter
from yizhan.privacy.models import Ward
from yizhan.privacy.purposes import PURPOSES, WARD


def _counter_page(request: Request, *, status: int = 200, **more: Any) -> HttpResponse:
    if not rules.can_keep_consents(request.actor):
        raise Http404
    context = {"form": FindByPhone(request.POST or None), **more}
    return render(request, "privacy/counter.html", context, status=status)


@require_safe
def counter(request: Request) -> HttpResponse:
    return _counter_page(request)


@require_POST
@refused_on(_counter_page)
def find_by_phone(request: Request) -> HttpResponse:
    """Find somebody by number; that it was searched for is written down."""
    form = FindByPhone(request.POST)
    if not form.is_valid():
        return _counter_page(request, status=422)
    phone = form.cleaned_data["phone"]
    found = operations.find_by_phone(phone=phone, by=request.actor, at=now())
    if found is None or not rules.can_answer_for(found, _for(request, found)):
        return _counter_page(request, is_unknown=True)
    return redirect("privacy:consents", found.code)


def _for(request: Request, person: Person) -> Actor:
    return replace(request.actor, on_behalf_of=person.pk)


def _person(request: Request, code: str) -> Person:
    """Somebody whom this counter may act for; nobody else is known here."""
    person = get_object_or_404(Person.objects.select_related("home"), code=code)
    if not rules.can_answer_for(person, _for(request, person)):
        raise Http404
    return person


def _consents_page(request: Request, code: str, *, status: int = 200, **_: str) -> HttpResponse:
    at, person = now(), _person(request, code)
    operations.look(subject=person, purpose="登记授权", by=request.actor, at=at)
    text = queries.text_shown(WARD, at)
    initial = {"number": text.number if text.pk else 0}
    typed = request.POST if request.path.endswith("/register_ward") else None
    context = {
        "person": person,
        "lines": queries.agreements(person, at),
        "history": queries.history(person)[: queries.MOST_LINES],
        "wards": Ward.objects.filter(guardian=person).current().order_by("pk"),
        "how": ByStaff(request.POST or None),
        "text": text,
        "form": RegisterAtCounter(typed, initial=initial),
    }
    return render(request, "privacy/consents.html", context, status=status)


@require_safe
def consents(request: Request, code: str) -> HttpResponse:
    """What somebody agreed to; that it was seen is written down."""
    return _consents_page(request, code)


@require_POST
@refused_on(_consents_page)
def give_consent(request: Request, code: str, purpose: str) -> HttpResponse:
    """Write down that somebody agrees."""
    person, how = _person(request, code), ByStaff(request.POST)
    if purpose not in PURPOSES:
        raise Http404
    if not how.is_valid():
        return _consents_page(request, code, status=422)
    number = Agree(request.POST).version()
    once_for(
        request,
        lambda: operations.give_consent(
            person=person,
            purpose=purpose,
            number=number,
            manner=how.manner(),
            by=_for(request, person),
            at=now(),
        ),
    )
    messages.success(request, f"已登记同意：{PURPOSES[purpose].name}")
    return redirect("privacy:consents", code)


@require_POST
@refused_on(_consents_page)
def withdraw_consent(request: Request, code: str, purpose: str) -> HttpResponse:
    """Write down that somebody agrees no longer."""
    person, how = _person(request, code), ByStaff(request.POST)
    if purpose not in PURPOSES:
        raise Http404
    if not how.is_valid():
        return _consents_page(request, code, status=422)
    once_for(
        request,
        lambda: operations.withdraw_consent(
            person=person,
            purpose=purpose,
            manner=how.manner(),
            by=_for(request, person),
            at=now(),
        ),
    )
    messages.success(request, f"已登记撤回：{PURPOSES[purpose].name}，马上生效")
    return redirect("privacy:consents", code)


@require_POST
@refused_on(_consents_page)
def register_ward(request: Request, code: str) -> HttpResponse:
    """Write a child down for a guardian who signed."""
    person, form, how = (
        _person(request, code),
        RegisterAtCounter(request.POST),
        ByStaff(request.POST),
    )
    if not form.is_valid() or not how.is_valid():
        return _consents_page(request, code, status=422)
    once_for(
        request,
        lambda: operations.register_ward(
            guardian=person,
            **form.values(),
            manner=how.manner(),
            by=_for(request, person),
            at=now(),
        ),
    )
    messages.success(request, "登记好了，监护人在「我的孩子」里看得到")
    return redirect("privacy:consents", code)


@require_POST
@refused_on(_consents_page)
def end_ward(request: Request, code: str, ward: str) -> HttpResponse:
    """Write down that a guardian withdraws for one child."""
    person, how = _person(request, code), ByStaff(request.POST)
    theirs = get_object_or_404(Ward.objects.filter(guardian=person), code=ward)
    if not how.is_valid():
        return _consents_page(request, code, status=422)
    once_for(
        request,
        lambda: operations.end_ward(
            ward=theirs, manner=how.manner(), by=_for(request, person), at=now()
        ),
    )
    messages.success(request, "已撤回，小名删掉了")
    return redirect("privacy:consents", code)
