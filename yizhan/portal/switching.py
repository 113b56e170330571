"""A module that is off has no pages and no API: the answer is 404 before any view runs."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from yizhan.base.actor import ANONYMOUS
from yizhan.base.switches import asked_once, runs
from yizhan.portal.modules import module_of_api, module_of_page

OFF = "这个模块没有开通"


class SwitchMiddleware:
    """Stands before the check for an account: what is off is off for strangers too.

    A request asks the database for the switches once, and only when it needs them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with asked_once():
            return self.get_response(request)

    def process_view(self, request: Any, *_: Any) -> HttpResponse | None:
        if request.path.startswith("/api/"):
            module = module_of_api(request.path)
            if module and not runs(module.code):
                return JsonResponse({"detail": OFF}, status=404)
            return None
        name = request.resolver_match.view_name
        module = module_of_page(name)
        if module is None:
            return None
        actor = getattr(request, "actor", ANONYMOUS)
        if not runs(module.code, actor.area if name in module.desk else ""):
            raise Http404
        return None
