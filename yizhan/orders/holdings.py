"""What orders keep about persons: who asked, who took part, and the filters they kept."""

from collections.abc import Iterable
from datetime import datetime

from yizhan.base.actor import Actor
from yizhan.base.codes import spaced, tidy
from yizhan.base.sealed import Sealed
from yizhan.base.steps import Step
from yizhan.notices import operations as notices
from yizhan.orders import cases, operations, queries
from yizhan.orders.models import Invitation, Order, SavedFilter
from yizhan.orders.states import OPEN
from yizhan.people.models import Person
from yizhan.privacy.holdings import Holding, Paper, Rows, minute, register, register_paper

IN_HAND = ("accepted", "asking")


def _text(sealed: Sealed | None) -> str:
    return sealed.open() if sealed else ""


def _phone(person: Person) -> str:
    return _text(person.phone)


def own(person: Person) -> list[Order]:
    """The orders of a person: placed by account, or by nobody's account with this number."""
    mine = Order.objects.filter(author=person)
    found = Order.objects.filter(pk__in=queries.carrying(_phone(person)), author=None)
    return list((mine | found).with_names().order_by("pk"))


def of_others(person: Person) -> list[Order]:
    """The orders that others placed by account with this person's number as the contact."""
    found = Order.objects.filter(pk__in=queries.carrying(_phone(person)))
    return list(found.exclude(author=None).exclude(author=person).order_by("pk"))


def _said(order: Order) -> list[str]:
    """What the asker wrote on the way: answers, reasons. Not what others wrote to them."""
    asker = {order.author_id} if order.author_id else {None}
    steps = order.steps.select_related("remark").exclude(remark=None).filter(post_id=None)
    return [_remark(step) for step in steps if step.actor_id in asker and _remark(step)]


def _remark(step: Step) -> str:
    return _text(step.remark.text) if step.remark else ""


def record(order: Order) -> dict[str, str]:
    """One order as its asker gets it in a copy: nothing of anybody else."""
    pictures = order.photos.count()
    row = {
        "单号": order.code,
        "点单时间": minute(order.placed_at),
        "分类": order.category.name,
        "进展": str(order.get_state_display()),
        "内容": _text(order.words),
        "地点": _text(order.place),
        "称呼": _text(order.contact_name),
        "电话": _text(order.contact_phone),
        "回执码": spaced(order.receipt_code),
        "后来写的话": "；".join(_said(order)),
        "照片": f"{pictures} 张，在单子的页面上看" if pictures else "",
        "办结时间": minute(order.finished_at),
        **cases.copies(order),
    }
    return {label: text for label, text in row.items() if text}


def _placed(person: Person) -> Rows:
    return [record(order) for order in own(person)]


def _forget_placed(person: Person, by: Actor, at: datetime) -> int:
    mine, others = own(person), of_others(person)
    for order in mine:
        operations.erase_words(order=order, person=person, by=by, at=at)
    for order in others:
        operations.forget_asker(order=order, person=person, by=by, at=at)
    return len(mine) + len(others)


def _open_codes(orders: Iterable[Order]) -> str:
    return "、".join(order.code for order in orders if order.state in OPEN)


def _placed_holds(person: Person, _at: datetime) -> list[str]:
    sentences = []
    if codes := _open_codes(own(person)):
        sentences.append(f"您的单子 {codes} 还在办，办结或撤回后才能删除")
    if count := sum(order.state in OPEN for order in of_others(person)):
        sentences.append(f"还有 {count} 张别人点的单子在办，留的是您的电话，办结后才能删除")
    return sentences


def _handled(person: Person) -> Rows:
    taken = Order.objects.filter(handler=person).select_related("category").order_by("pk")
    return [
        {"单号": one.code, "分类": one.category.name, "办结时间": minute(one.finished_at)}
        for one in taken
    ]


def _handled_holds(person: Person, _at: datetime) -> list[str]:
    in_hand = Order.objects.filter(handler=person, state__in=IN_HAND).order_by("pk")
    codes = "、".join(in_hand.values_list("code", flat=True))
    return [f"您手上的单子 {codes} 还没有办结，请先办结或转交"] if codes else []


def _entered(person: Person) -> Rows:
    rows = Order.objects.filter(entered_by=person).order_by("pk").values_list("code", "placed_at")
    return [{"单号": code, "录入时间": minute(at)} for code, at in rows]


def _invited(person: Person) -> Rows:
    found = Invitation.objects.filter(person=person).select_related("order").order_by("pk")
    return [
        {"单号": one.order.code, "时间": minute(one.at), "结果": str(one.get_state_display())}
        for one in found
    ]


def _filters(person: Person) -> Rows:
    kept = SavedFilter.objects.filter(person=person).exclude(name="").order_by("pk")
    return [{"名称": one.name, "条件": one.query} for one in kept]


def _forget_filters(person: Person, by: Actor, at: datetime) -> int:
    return operations.forget_filters(person=person, by=by, at=at)


def _find(code: str) -> Order | None:
    order = Order.objects.of_receipt(tidy(code))
    return order if order and order.author_id is None else None


def _where(order: Order) -> str:
    return order.region_code


def _contact(order: Order) -> Sealed | None:
    phone: Sealed | None = order.contact_phone
    return phone


def _copy(order: Order) -> Rows:
    return [record(order)]


def _forget(order: Order, by: Actor, at: datetime) -> int:
    phone = _text(order.contact_phone)
    operations.erase_words(order=order, by=by, at=at)
    return 1 + notices.forget_number(phone=phone, subject=order, by=by, at=at)


def _holds(order: Order) -> list[str]:
    codes = _open_codes([order])
    return [f"单子 {codes} 还在办，办结或撤回后才能删除"] if codes else []


register(
    [
        Holding(
            code="orders.placed",
            name="点单时说的事、称呼、电话、地点、照片",
            purpose="办理所点的事，办结后回访和评单",
            basis="duty",
            kept="办结 2 年后隐去称呼、电话和地点，只留办了什么事",
            columns=(
                "orders.order.author",
                "orders.order.contact_name",
                "orders.order.contact_phone",
                "orders.order.words",
                "orders.order.place",
                "orders.order.receipt",
                "orders.photo.file",
                "base.remark.text",
            ),
            copy=_placed,
            forget=_forget_placed,
            sensitive=True,
            goes="姓名、电话、地址、写的话、照片、答复和评单时写的话",
            stays="单号、分类、社区、时间、进展和评价等级，只用来计数，看不出是谁",
            holds=_placed_holds,
        ),
        Holding(
            code="orders.handled",
            name="办过的单",
            purpose="知道一件事由谁办、办得怎样",
            basis="duty",
            kept="随单子保留",
            columns=("orders.order.handler",),
            copy=_handled,
            stays="由一个编号办的，不带姓名；写给点单人的答复属于那张单子",
            holds=_handled_holds,
        ),
        Holding(
            code="orders.entered",
            name="代录的单",
            purpose="知道一张单子由谁录入",
            basis="duty",
            kept="随单子保留",
            columns=("orders.order.entered_by",),
            copy=_entered,
            stays="由一个编号录入的，不带姓名",
        ),
        Holding(
            code="orders.invited",
            name="收到的邀请",
            purpose="请合适的人接单",
            basis="consent",
            kept="随单子保留",
            columns=("orders.invitation.person",),
            copy=_invited,
            stays="请过一个编号，不带姓名",
        ),
        Holding(
            code="orders.filters",
            name="存下的筛选",
            purpose="工作人员自己查单子",
            basis="duty",
            kept="自己删掉或注销为止",
            columns=("orders.savedfilter.person",),
            copy=_filters,
            forget=_forget_filters,
            goes="名称和条件",
        ),
    ]
)
register_paper(
    "orders.order",
    Paper(
        name="点单",
        holding="orders.placed",
        find=_find,
        where=_where,
        phone=_contact,
        copy=_copy,
        forget=_forget,
        holds=_holds,
    ),
)
