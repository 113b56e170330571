"""The metrics of call-backs and rectifications: in words, and computed."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import F, Q

from yizhan.base.metrics import Extent, Kind, Metric, Period, Value, register
from yizhan.callbacks.models import Callback, Rectification
from yizhan.orders.counting import orders_in
from yizhan.orders.metrics import SAID
from yizhan.orders.sums import shares

FIRST = date(2026, 11, 22)
LATER_ROUND = ~Q(order__round=F("round"))


def reached(extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
    """Of the calls drawn in the period and due by now, those in which somebody was reached."""
    drawn = Callback.objects.filter(order__in=orders_in(extent), due_at__lte=at)
    waits = Q(state=Callback.State.WAITING)
    left_out = {
        "unreached": Q(state=Callback.State.UNREACHED),
        "reopened": waits & LATER_ROUND,
    }
    done = Q(state=Callback.State.REACHED)
    return shares(drawn, "drawn_at", done, periods, at, left_out)


def fixed(extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
    """Of the bad ratings of the period whose time is over, those put right in time."""
    opened = Rectification.objects.filter(order__in=orders_in(extent), due_at__lte=at)
    in_time = Q(state=Rectification.State.RECTIFIED, ended_at__lte=F("due_at"))
    left_out = {"unfounded": Q(state=Rectification.State.UNFOUNDED)}
    return shares(opened, "opened_at", in_time, periods, at, left_out)


REACHED = register(
    Metric(
        code="callback_reach",
        name="回访率",
        kind=Kind.RATE,
        topic=SAID,
        unit="件",
        numerator="其中打通了电话、记下了回答的",
        denominator="本期抽中、回访时限已经到期的点单，每一轮各算一次",
        source="回访的抽签和记录",
        since=FIRST,
        compute=reached,
        exclusions={
            "unreached": "三次不同时段都联系不上的，不算好也不算坏",
            "reopened": "还没打，点单人已经要求再办的",
        },
    )
)
FIXED = register(
    Metric(
        code="negative_fix_rate",
        name="差评整改率",
        kind=Kind.RATE,
        topic=SAID,
        unit="件",
        numerator="其中在十五个工作日内整改、由没有经办的人核实的",
        denominator="本期收到、整改时限已经到期的差评和没有解决的评单",
        source="整改的记录",
        since=FIRST,
        compute=fixed,
        exclusions={"unfounded": "街道核实不属实的"},
        guarded=True,
    )
)
