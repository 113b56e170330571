"""What a person sees of the looks at their own data."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yizhan.base.web import asked
from yizhan.privacy import looked


@require_safe
def looks(request: Any) -> HttpResponse:
    """Who looked at my data: the office and the role, when, how, what for."""
    before = asked(request, "before")
    below = min(int(before[:18]), 2**62) if before.isdecimal() else 2**62
    page = list(looked.at_person(request.user).filter(pk__lt=below)[: looked.PAGE + 1])
    shown = page[: looked.PAGE]
    context = {
        "lines": looked.lines(shown),
        "more": shown[-1].pk if len(page) > looked.PAGE else None,
        "tab": "me",
    }
    return render(request, "privacy/looks.html", context)
