"""The same operations for other systems and apps. Every rule is the one the pages obey."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import Router, Status
from ninja.errors import HttpError

from yizhan.base.codes import tidy
from yizhan.base.web import Request, once_for
from yizhan.orders import operations, queries, rules, schemas, screens
from yizhan.orders.models import Order
from yizhan.orders.operations.placing import Wish
from yizhan.orders.states import Source
from yizhan.people.models import Person, Unit
from yizhan.places.models import Station
from yizhan.privacy import operations as privacy
from yizhan.privacy.rules import phone_access
from yizhan.ratings.models import Level, Solved
from yizhan.regions.models import Region
from yizhan.routing import queries as routing
from yizhan.routing.models import Category

router = Router(tags=["orders"])
FAULTS: dict[int, Any] = {
    400: schemas.ProblemOut,
    401: schemas.ProblemOut,
    403: schemas.ProblemOut,
    404: schemas.ProblemOut,
    409: schemas.RefusalOut,
    422: schemas.ProblemOut,
}
ORDER: dict[int, Any] = {200: schemas.OrderOut, **FAULTS}
PLACED: dict[int, Any] = {201: schemas.PlacedOut, **FAULTS}


def demo_mark() -> str | None:
    """What every answer with data says of itself in a demo."""
    return "演示数据" if settings.DEMO else None


def shown(request: Request, order: Order) -> dict[str, Any]:
    """An order with the acts that this actor may do now."""
    facts = queries.facts_of(order, request.actor)
    access = phone_access(request.actor, accepted=order.handler_id == request.actor.person_id)
    last = queries.last_for(order, request.actor, now())
    undo = rules.can_undo(order, last, request.actor, now())
    verdicts = screens.verdicts(order, request.actor, facts, access, undo)
    may = sorted(verb for verb, yes in verdicts.items() if yes)
    return schemas.order_values(order, may, demo_mark())


def found(request: Request, code: str, *, offered: bool = False) -> Order:
    """The order under a code if this actor may see it, or be offered it; 404 otherwise."""
    visible = Order.objects.visible_to(request.actor, now()).with_names().filter(code=tidy(code))
    if offered and not visible.exists():
        visible = Order.objects.known_to(request.actor).with_names().filter(code=tidy(code))
    return get_object_or_404(visible)


def acted(
    request: Request,
    code: str,
    operation: Callable[..., Order],
    *,
    offered: bool = False,
    **values: Any,
) -> dict[str, Any]:
    """One act through the door of the API, once per Idempotency-Key."""
    order = found(request, code, offered=offered)
    by = request.actor
    done = once_for(request, lambda: operation(order=order, by=by, at=now(), **values))
    return shown(request, Order.objects.with_names().get(pk=done.pk))


def known(rows: Any, code: str | None, what: str) -> Any:
    """The row with this code, None for no code; 422 when there is none."""
    if not code:
        return None
    row = rows.filter(code=code).first()
    if row is None:
        raise HttpError(422, f"没有这个{what}：{code}")
    return row


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


@router.post("/{code}/admit", response=ORDER, summary="受理")
def admit(request: Any, code: str) -> dict[str, Any]:
    return acted(request, code, operations.admit)


@router.post("/{code}/ask", response=ORDER, summary="请点单人补充")
def ask(request: Any, code: str, body: schemas.WordsIn) -> dict[str, Any]:
    return acted(request, code, operations.ask, question=body.words)


@router.post("/{code}/answer", response=ORDER, summary="补充")
def answer(request: Any, code: str, body: schemas.WordsIn) -> dict[str, Any]:
    return acted(request, code, operations.answer, words=body.words)


@router.post("/{code}/amend", response=ORDER, summary="改分类")
def amend(request: Any, code: str, body: schemas.AmendIn) -> dict[str, Any]:
    category = known(Category.objects.leaves(), body.category, "类别")
    return acted(
        request,
        code,
        operations.amend,
        category=category,
        brief=body.brief,
        kept=body.kept,
        version=body.version,
    )


@router.post("/{code}/turn_away", response=ORDER, summary="告知去处")
def turn_away(request: Any, code: str, body: schemas.WordsIn) -> dict[str, Any]:
    return acted(request, code, operations.turn_away, words=body.words)


@router.post("/{code}/dispatch", response=ORDER, summary="派单")
def dispatch(request: Any, code: str, body: schemas.DispatchIn) -> dict[str, Any]:
    unit = known(Unit.objects.current(), body.unit, "单位")
    return acted(request, code, operations.dispatch, unit=unit, pool=body.pool)


@router.post("/{code}/invite", response=ORDER, summary="邀请接单")
def invite(request: Any, code: str, body: schemas.InviteIn) -> dict[str, Any]:
    people = [known(Person.objects.all(), one, "人") for one in dict.fromkeys(body.people)]
    return acted(request, code, operations.invite, people=people)


@router.post("/{code}/accept", response=ORDER, summary="接单")
def accept(request: Any, code: str) -> dict[str, Any]:
    return acted(request, code, operations.accept, offered=True)


@router.post("/{code}/decline", response={204: None, **FAULTS}, summary="谢绝邀请")
def decline(request: Any, code: str) -> Status[None]:
    order, by = found(request, code, offered=True), request.actor
    once_for(request, lambda: operations.decline(order=order, by=by, at=now()))
    return Status(204, None)


@router.post("/{code}/send_back", response={204: None, **FAULTS}, summary="退回")
def send_back(request: Any, code: str, body: schemas.SendBackIn) -> Status[None]:
    order, by, cause = found(request, code), request.actor, body.cause
    once_for(
        request,
        lambda: operations.send_back(order=order, reason=body.words, cause=cause, by=by, at=now()),
    )
    return Status(204, None)


@router.post("/{code}/hand_over", response=ORDER, summary="请同事接手")
def hand_over(request: Any, code: str, body: schemas.HandOverIn) -> dict[str, Any]:
    return acted(request, code, operations.hand_over, to=known(Person.objects.all(), body.to, "人"))


@router.post("/{code}/finish", response=ORDER, summary="办结")
def finish(request: Any, code: str, body: schemas.WordsIn) -> dict[str, Any]:
    return acted(request, code, operations.finish, result=body.words)


@router.post("/{code}/rate", response=ORDER, summary="评单")
def rate(request: Any, code: str, body: schemas.RateIn) -> dict[str, Any]:
    return acted(
        request,
        code,
        operations.rate,
        level=Level(body.level),
        solved=Solved(body.solved),
        words=body.words,
    )


@router.post("/{code}/reopen", response=ORDER, summary="要求再办")
def reopen(request: Any, code: str, body: schemas.WordsIn) -> dict[str, Any]:
    return acted(request, code, operations.reopen, reason=body.words)


@router.post("/{code}/withdraw", response=ORDER, summary="撤回")
def withdraw(request: Any, code: str, body: schemas.OptionalWordsIn) -> dict[str, Any]:
    return acted(request, code, operations.withdraw, reason=body.words)


@router.post("/{code}/undo", response=ORDER, summary="撤销刚才一步")
def undo(request: Any, code: str) -> dict[str, Any]:
    return acted(request, code, operations.undo)


@router.post("/{code}/escalate", response=ORDER, summary="上报街道")
def escalate(request: Any, code: str, body: schemas.WordsIn) -> dict[str, Any]:
    return acted(request, code, operations.escalate, reason=body.words)


@router.post("/{code}/send_down", response=ORDER, summary="退回社区")
def send_down(request: Any, code: str, body: schemas.WordsIn) -> dict[str, Any]:
    return acted(request, code, operations.send_down, reason=body.words)


@router.post("/{code}/call_in", response=ORDER, summary="收回重派")
def call_in(request: Any, code: str) -> dict[str, Any]:
    return acted(request, code, operations.call_in)
