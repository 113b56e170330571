"""The acts on one order."""

from typing import Any

from django.utils.timezone import now
from ninja import Status

from yizhan.base.web import once_for
from yizhan.orders import operations, schemas
from yizhan.orders.api.doors import FAULTS, ORDER, acted, found, known, router
from yizhan.people.models import Person, Unit
from yizhan.ratings.models import Level, Solved
from yizhan.routing.models import Category


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
        level=body.level,
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


@router.post("/{code}/contact", response=ORDER, summary="已联系点单人")
def contact(request: Any, code: str, body: schemas.ContactIn) -> dict[str, Any]:
    return acted(request, code, operations.contact, how=body.how)


@router.post("/{code}/ask_extension", response=ORDER, summary="申请延期")
def ask_extension(request: Any, code: str, body: schemas.ExtensionIn) -> dict[str, Any]:
    return acted(request, code, operations.ask_extension, days=body.days, reason=body.words)


@router.post("/{code}/grant_extension", response=ORDER, summary="同意延期")
def grant_extension(request: Any, code: str, body: schemas.WordsIn) -> dict[str, Any]:
    return acted(request, code, operations.grant_extension, words=body.words)


@router.post("/{code}/refuse_extension", response=ORDER, summary="不同意延期")
def refuse_extension(request: Any, code: str, body: schemas.WordsIn) -> dict[str, Any]:
    return acted(request, code, operations.refuse_extension, reason=body.words)
