"""The demo's door: the invented people, each one tap away. Exists only in demo mode."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from yizhan.base.switches import runs
from yizhan.base.web import Request
from yizhan.demo.data import read
from yizhan.demo.load import PASSWORD
from yizhan.people.acting import actor_for, current_posts
from yizhan.people.models import Person
from yizhan.portal.modules import module_of_page

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DOORS = {"clerk": "portal:today", "secretary": "portal:today", "street_office": "portal:today"}
DOORS |= {"member": "orders:pool", "branch_secretary": "portal:today", "keeper": "orders:enter"}
DOORS |= {"system_admin": "portal:modules", "organisation_department": "insights:baselines"}


@login_not_required
@require_safe
def cast(request: Request) -> HttpResponse:
    people = [row for row in read("people") if "says" in row]
    return render(request, "demo/cast.html", {"people": people, "password": PASSWORD})


@login_not_required
@require_POST
def become(request: Request) -> HttpResponse:
    row = next((one for one in read("people") if one["key"] == request.POST.get("key")), None)
    phone = row["phone"] if row else ""
    known = Person.objects.with_phone(phone)
    person = get_object_or_404(Person, pk=known.pk if known else 0, is_demo=True)
    login(request, person, backend=BACKEND)
    return redirect(_door(person, row.get("role", "") if row else ""))


def _door(person: Person, role: str) -> str:
    """The first page of this role, unless its module is off where they work: then the home page."""
    name = DOORS.get(role, "portal:home")
    module = module_of_page(name)
    post = next(iter(current_posts(person, localdate(now()))), None)
    area = actor_for(person, post).area if module and name in module.desk else ""
    return name if module is None or runs(module.code, area) else "portal:home"
