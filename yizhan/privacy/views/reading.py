"""The words that people are told, open to everybody: any version of a text, and the children's."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from yizhan.base.web import Request
from yizhan.privacy import queries
from yizhan.privacy.models import Text


@login_not_required
@require_safe
def children(request: Request) -> HttpResponse:
    """The rules for children under fourteen, in force now."""
    context = {"text": queries.text_shown("children", now()), "tab": "me"}
    return render(request, "privacy/children.html", context)


@login_not_required
@require_safe
def text(request: Request, purpose: str, number: int) -> HttpResponse:
    """One version of the words, as they were."""
    versions = Text.objects.filter(purpose=purpose)
    context = {
        "text": get_object_or_404(versions, number=number),
        "versions": versions.order_by("-number"),
        "tab": "me",
    }
    return render(request, "privacy/text.html", context)
