"""Reading orders, and new ones."""

from collections.abc import Callable
from typing import Any

from django.utils.timezone import now
from ninja import Status
from ninja.errors import HttpError

from yizhan.base.codes import tidy
from yizhan.base.web import Request, once_for
from yizhan.orders import operations, queries, schemas
from yizhan.orders.api.doors import FAULTS, ORDER, PLACED, demo_mark, found, known, router, shown
from yizhan.orders.models import Order
from yizhan.orders.operations.placing import Wish
from yizhan.orders.states import Source
from yizhan.places.models import Station
from yizhan.privacy import operations as privacy
from yizhan.regions.models import Region
from yizhan.routing import queries as routing
from yizhan.routing.models import Category


def wish_of(body: schemas.PlaceIn) -> Wish:
    """The wish in a request, with its codes looked up."""
    station = known(Station.objects.listed().select_related("region"), body.station, "驿站")
    regions = Region.objects.current().own().communities()
    region = station.region if station else known(regions, body.region, "社区")
    if region is None:
        raise HttpError(422, "请给出社区或驿站的编码")
    return Wish(
        words=body.words,
        category=known(Category.objects.current(), body.category, "类别") or routing.fallback(),
        region=region,
        station=station,
        place=body.place,
        contact_name=body.contact_name,
        contact_phone=body.contact_phone,
    )


def placed(request: Request, act: Callable[[], Order]) -> Status[dict[str, Any]]:
    """A new order as its author sees it, with the receipt."""
    order = Order.objects.with_names().get(pk=once_for(request, act).pk)
    return Status(201, {**shown(request, order), "receipt": order.receipt_code})


@router.get("", response={200: list[schemas.OrderOut], **FAULTS}, summary="看得到的单子")
def listed(request: Any, before: schemas.Code | None = None) -> list[dict[str, Any]]:
    """The orders this actor sees, newest first, fifty a page; `before` is the last code got."""
    orders = Order.objects.visible_to(request.actor, now())
    if before is not None:
        orders = orders.older_than(tidy(before))
    rows = orders.with_names().order_by("-pk")[: queries.PAGE]
    return [schemas.order_values(order, [], demo_mark()) for order in rows]


@router.get("/offers", response={200: list[schemas.OfferOut], **FAULTS}, summary="可以接的单子")
def offers(request: Any) -> list[dict[str, Any]]:
    """What this person may take, as far as they may know before accepting."""
    rows = queries.offers(request.actor)
    facts = queries.facts_for(rows, request.actor)
    mark = demo_mark()
    return [schemas.offer_values(order, mark, invited=facts[order.pk].invited) for order in rows]


@router.post("", response=PLACED, summary="点单")
def place(request: Any, body: schemas.PlaceIn) -> Status[dict[str, Any]]:
    wish, by = wish_of(body), request.actor
    return placed(request, lambda: operations.place(wish=wish, by=by, at=now()))


@router.post("/enter", response=PLACED, summary="代录点单")
def enter(request: Any, body: schemas.EnterIn) -> Status[dict[str, Any]]:
    wish, by, source = wish_of(body), request.actor, Source(body.source)
    return placed(request, lambda: operations.enter(wish=wish, source=source, by=by, at=now()))


@router.post("/call_back", response=PLACED, summary="请给我回电话")
def call_back(request: Any, body: schemas.CallBackIn) -> Status[dict[str, Any]]:
    region = known(Region.objects.current().own().communities(), body.region, "社区")
    by, other = request.actor, routing.fallback()
    return placed(
        request,
        lambda: operations.call_back(
            phone=body.phone, name=body.name, region=region, category=other, by=by, at=now()
        ),
    )


@router.get("/{code}", response=ORDER, summary="一张单子")
def show(request: Any, code: str) -> dict[str, Any]:
    order = found(request, code)
    if order.author_id != request.actor.person_id:
        privacy.look(kind="open", subject=order, purpose="", by=request.actor, at=now())
    return shown(request, order)
