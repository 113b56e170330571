"""What is kept about persons beside their orders: what their words are like, and who decided.

Vectors go with the words of the order, inside `orders.erase_words`: see `beside`.
"""

from yizhan.duplicates.models import OrderVector, Pair
from yizhan.orders.holdings import own
from yizhan.people.models import Person
from yizhan.privacy.holdings import Holding, Rows, minute, register


def _kept(person: Person) -> Rows:
    mine = OrderVector.objects.filter(order__in=own(person), vector__isnull=False)
    rows = mine.select_related("order").order_by("pk")
    return [{"单号": one.order.code, "用来": "找说同一件事的单子"} for one in rows]


def _decided(person: Person) -> Rows:
    rows = Pair.objects.filter(apart_by=person).order_by("pk")
    return [{"认定不是同一件": minute(one.apart_at)} for one in rows]


register(
    [
        Holding(
            code="order_vectors",
            name="点单文字的特征",
            purpose="找出说同一件事的单子，一起办、一起答复",
            basis="duty",
            kept="办结、撤回或告知去处后 90 天",
            columns=("duplicates.ordervector.vector",),
            copy=_kept,
            goes="从您写的话算出来的特征",
            stays="哪两张单子曾被认为相近，不带内容",
        ),
        Holding(
            code="told_apart",
            name="认定单子是否重复",
            purpose="记下是谁认定的",
            basis="duty",
            kept="与单子的办理记录一起",
            columns=("duplicates.pair.apart_by",),
            copy=_decided,
            goes="",
            stays="认定的记录，履行职责留存",
        ),
    ]
)
