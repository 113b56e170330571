"""群众诉求（点单）台账: the orders an actor sees as the rows of a ledger.

Names and numbers are masked as the post sees them. What people wrote is sealed: the brief stands
for it, unless whoever takes the ledger out writes why the words are needed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.db.models import Q

from yizhan.base.actor import Actor
from yizhan.base.steps import Step
from yizhan.clocks.calendar import BEIJING
from yizhan.documents.ledgers import Column, Ledger, Line, Taking, register
from yizhan.orders import rules, waiting
from yizhan.orders.listing import DUE, NAMES, Wanted, narrowed
from yizhan.orders.models import ERASED, Order, OrderQuerySet
from yizhan.orders.states import ENDED, TRIAGE
from yizhan.people.masking import masked_name, masked_phone
from yizhan.people.models import Unit
from yizhan.privacy import operations as privacy
from yizhan.privacy.marks import mark_of
from yizhan.privacy.models import Look
from yizhan.privacy.rules import phone_access
from yizhan.ratings.models import Rating
from yizhan.regions.models import Region
from yizhan.routing.models import Category

PURPOSE = "导出台账"
CHUNK = 300
TIMES = ("dispatched", "accepted", "finished")
COLUMNS = (
    Column("number", "序号", "number", 1, ("编号",)),
    Column("code", "单号", "text", "K3QX9P2W7H", ("工单号", "工单编号", "受理编号")),
    Column("source", "来源", "text", "手机点单", ("诉求来源", "受理渠道", "渠道", "受理方式")),
    Column(
        "placed", "时间", "moment", datetime(2026, 11, 2, 9, 12, tzinfo=BEIJING),
        ("诉求时间", "受理时间", "登记时间", "点单时间", "反映时间", "受理日期", "日期"),
    ),
    Column("community", "社区", "text", "某某社区", ("所属社区", "所在社区", "村社区")),
    Column("station", "网格/驿站", "text", "某某驿站", ("驿站", "网格", "所属网格")),
    Column(
        "name", "点单人", "text", "王*", ("诉求人", "姓名", "群众姓名", "反映人", "来电人")
    ),
    Column("phone", "联系电话", "text", "138****0001", ("电话", "联系方式", "手机号", "手机号码")),
    Column("group", "一级分类", "text", "生活帮扶", ("类别", "诉求类别", "诉求类型", "大类")),
    Column("category", "二级分类", "text", "小修小补", ("小类", "事项", "具体事项", "子类")),
    Column(
        "brief", "内容摘要", "text", "楼道灯不亮",
        ("诉求内容", "内容", "主要内容", "反映内容", "事项内容", "点单内容"),
    ),
    Column("unit", "承办单位", "text", "第一党支部", ("办理单位", "责任单位", "承办部门")),
    Column(
        "dispatched", "派单时间", "moment", datetime(2026, 11, 2, 9, 40, tzinfo=BEIJING),
        ("派单日期", "转办时间", "交办时间"),
    ),
    Column(
        "accepted", "接单时间", "moment", datetime(2026, 11, 2, 10, 5, tzinfo=BEIJING),
        ("签收时间", "接单日期"),
    ),
    Column(
        "finished", "办结时间", "moment", datetime(2026, 11, 3, 15, 30, tzinfo=BEIJING),
        ("办结日期", "完成时间", "办理时间"),
    ),
    Column("on_time", "是否按时", "text", "是", ("按时办结", "是否按期", "是否按时办结")),
    Column("result", "办理结果", "text", "已办结", ("办理情况", "处理结果", "办结情况")),
    Column("rating", "评价", "text", "满意", ("满意度", "群众评价", "评单", "满意情况")),
    Column("solved", "是否解决", "text", "解决", ("解决情况", "问题是否解决")),
    Column("call_back", "回访", "text", "", ("回访情况", "回访结果")),
    Column("remark", "备注", "text", "", ("说明",)),
)  # fmt: skip
# Columns that packages above orders fill: for these orders, a text by the order's id.
Telling = Callable[[Sequence[Order], Actor], Mapping[int, str]]
TELLINGS: dict[str, Telling] = {}


def tell_column(code: str, telling: Telling) -> None:
    """Fill a column of the ledger from a package above. Raises ValueError when it is taken."""
    if code in TELLINGS or code not in {one.code for one in COLUMNS}:
        raise ValueError(f"column {code!r} cannot be told")
    TELLINGS[code] = telling


def may(by: Actor) -> bool:
    """Whoever reads orders of an area or of a unit in a post of their own."""
    return by.on_behalf_of is None and by.may("orders.read") and bool(by.area or by.unit_path)


def _wanted(by: Actor, taking: Taking, at: datetime) -> OrderQuerySet:
    """What of the post's own area or unit the table would show; not what is the person's own."""
    scope = (
        Q(region_code__startswith=by.area) if by.area else Q(unit__path__startswith=by.unit_path)
    )
    seen = Order.objects.visible_to(by, at).filter(scope)
    found = narrowed(seen, Wanted.read(taking.filters), at)
    if taking.since:
        found = found.filter(placed_at__gte=_midnight(taking.since))
    if taking.until:
        found = found.filter(placed_at__lt=_midnight(taking.until + timedelta(days=1)))
    return found.order_by("pk")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=BEIJING)


def count(by: Actor, taking: Taking, at: datetime) -> int:
    """How many rows there are."""
    return _wanted(by, taking, at).count()


def rows(by: Actor, taking: Taking, at: datetime) -> Iterator[Line]:
    """The rows, the oldest first, three queries for some hundred of them."""
    found = _wanted(by, taking, at).select_related(
        "category__parent", "region", "station", "unit", "author"
    )
    orders, number = found.iterator(chunk_size=CHUNK), 0
    while chunk := list(islice(orders, CHUNK)):
        for line in _lines(chunk, by, taking, at):
            number += 1
            yield {"number": number, **line}


def _lines(orders: list[Order], by: Actor, taking: Taking, at: datetime) -> Iterator[Line]:
    ids, label = [one.pk for one in orders], Order._meta.label_lower
    steps: dict[int, dict[str, Step]] = defaultdict(dict)
    kept = Step.objects.filter(subject_type=label, subject_id__in=ids, kind__in=TIMES)
    for step in kept.select_related("remark").order_by("seq"):
        steps[step.subject_id][step.kind] = step
    rated = Rating.objects.filter(subject_type=label, subject_id__in=ids).order_by("round")
    ratings = {one.subject_id: one for one in rated}
    told = {code: telling(orders, by) for code, telling in TELLINGS.items()}
    for order in orders:
        rating = ratings.get(order.pk) if rules.can_read_rating(order, by) else None
        yield {
            **_said(order, by, taking),
            **_done(order, steps[order.pk], taking, at),
            "rating": rating.get_level_display() if rating else "",
            "solved": rating.get_solved_display() if rating else "",
            **{code: found.get(order.pk, "") for code, found in told.items()},
        }


def _said(order: Order, by: Actor, taking: Taking) -> Line:
    """Who asked for what, where, as far as it is told."""
    words = order.words.open() if order.words else ERASED
    phone = order.contact_phone.open() if order.contact_phone else ""
    hidden = phone_access(by, accepted=False) == "never"
    parent = order.category.parent
    return {
        "code": order.code,
        "source": str(order.get_source_display()),
        "placed": order.placed_at,
        "community": order.region.short_name,
        "station": order.station.name if order.station else "",
        "name": masked_name(_name(order)) if _name(order) else "",
        "phone": "" if hidden else masked_phone(phone),
        "group": parent.name if parent else order.category.name,
        "category": order.category.name if parent else "",
        "brief": words if taking.with_words else order.brief,
    }


def _name(order: Order) -> str:
    name: str = order.contact_name.open() if order.contact_name else ""
    return name


def _done(order: Order, steps: Mapping[str, Step], taking: Taking, at: datetime) -> Line:
    """What became of it. Times are of the last round."""
    kept = {kind: steps[kind].at for kind in TIMES if kind in steps}
    end = steps.get("finished")
    is_over = order.state in ENDED
    answer = end.remark.text if end and end.remark and is_over else None
    result = answer.open() if answer and taking.with_words else NAMES[order.state]
    return {
        "unit": order.unit.name if order.unit else "",
        "dispatched": kept.get("dispatched"),
        "accepted": kept.get("accepted"),
        "finished": order.finished_at if is_over else None,
        "on_time": _on_time(order, at),
        "result": result,
        "remark": f"第 {order.round} 次办理" if order.round > 1 else "",
    }


def _on_time(order: Order, at: datetime) -> str:
    """While the asker is waited for, and on the pending list, nothing is late."""
    if order.state in ENDED and order.finished_at:
        return "是" if order.finished_at <= order.finish_by else "否"
    counts = order.state in (*TRIAGE, *waiting.WORKED_ON)
    return "否，尚未办结" if counts and order.finish_by < at else ""


def taken(by: Actor, taking: Taking, at: datetime) -> str:
    """Write down that the ledger was taken out, and give the mark for it."""
    of = _scope(by)
    purpose = f"{PURPOSE}，带原话：{taking.reason}" if taking.with_words else PURPOSE
    look = privacy.look(kind=Look.Kind.EXPORT, subject=of, purpose=purpose, by=by, at=at)
    if taking.with_words:
        ids = list(_wanted(by, taking, at).values_list("pk", flat=True))
        privacy.look_at_each(
            model=Order, ids=ids, kind=Look.Kind.EXPORT, purpose=PURPOSE, by=by, at=at
        )
    return str(mark_of(look))


def _scope(by: Actor) -> Region | Unit:
    if by.area:
        return Region.objects.current().get(code=by.area)
    return Unit.objects.get(pk=by.unit_id or 0)


def told(taking: Taking) -> list[str]:
    """The filter in words."""
    wanted = Wanted.read(taking.filters)
    said = [NAMES[wanted.state]] if wanted.state else []
    if wanted.category:
        name = Category.objects.filter(code=wanted.category).values_list("name", flat=True).first()
        said.append(name or "没有这个分类")
    return [*said, DUE[wanted.due]] if wanted.due else said


register(
    Ledger(
        code="orders",
        name="群众诉求（点单）台账",
        columns=COLUMNS,
        rows=rows,
        count=count,
        taken=taken,
        may=may,
        filters=("state", "category", "due"),
        told=told,
        module="orders",
        words="原话和办理答复",
    )
)
