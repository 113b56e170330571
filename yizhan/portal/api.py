"""The root of the JSON API: one OpenAPI document for all domains."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from typing_extensions import override

from yizhan.base.switches import runs
from yizhan.base.verdict import Refused
from yizhan.insights.api import router as metrics
from yizhan.orders.api import router as orders
from yizhan.people.api_auth import AUTH
from yizhan.places.api import router as places
from yizhan.portal.modules import module_of_api


class _Api(NinjaAPI):
    @override
    def get_openapi_schema(self, **told: Any) -> OpenAPISchema:
        """The document, without what belongs to a module that is off: it answers 404."""
        schema = super().get_openapi_schema(**told)
        off = {path for path in schema["paths"] if not _runs(path)}
        schema["paths"] = {p: acts for p, acts in schema["paths"].items() if p not in off}
        return schema


def _runs(path: str) -> bool:
    module = module_of_api(path)
    return module is None or runs(module.code)


api = _Api(
    title="驿站",
    version="1",
    description="驿站平台的接口。写操作可带 Idempotency-Key 头，重复提交只办一次。",
    auth=AUTH,
    urls_namespace="api",
    docs_url=None,
)
api.add_router("/orders", orders)
api.add_router("/metrics", metrics)
api.add_router("", places)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """A refusal is 409 with its code and its sentence."""
    body: dict[str, Any] = {"code": error.code, "reason": error.reason}
    return api.create_response(request, body, status=409)
