"""The metrics of orders: each in words, with the one function of `counting` that computes it."""

from collections.abc import Mapping
from datetime import date

from yizhan.base.metrics import Kind, Metric, plain, register
from yizhan.orders import counting
from yizhan.regions.district import profile

MANY, WELL, SAID = "有多少", "办得怎么样", "点单人怎么说"
FIRST = date(2026, 11, 22)
MERGED = {"merged": "并入别的单子、跟着一起答复的"}
UNFOUNDED = {"unfounded": "街道核实不属实、不算在内的"}
OVER = {"withdrawn": "点单人撤回的", "turned_away": "告知去处、不在这里办的", **MERGED}


def _partly() -> Mapping[str, str]:
    return {"解决了一部分算": plain(profile().measures.partly)}


def _levels() -> Mapping[str, str]:
    return {"五档各算": "/".join(plain(one) for one in profile().measures.levels)}


PLACED = register(
    Metric(
        code="orders_placed",
        name="收到点单",
        kind=Kind.COUNT,
        topic=MANY,
        unit="件",
        numerator="本期收到的点单，不论从哪个门进来",
        denominator="",
        source="点单的收到时间",
        since=FIRST,
        compute=counting.placed,
        for_units=True,
    )
)
CLOSED = register(
    Metric(
        code="orders_finished",
        name="点单办结",
        kind=Kind.COUNT,
        topic=MANY,
        unit="件",
        numerator="本期办结、没有重新打开的点单；并入别的单子的不重复算",
        denominator="",
        source="点单的办结时间",
        since=FIRST,
        compute=counting.closed,
        for_units=True,
    )
)
PENDING = register(
    Metric(
        code="pending_count",
        name="挂账数",
        kind=Kind.COUNT,
        topic=MANY,
        unit="件",
        numerator="本期最后一刻还挂着账的点单；本期没有过完的，算到现在",
        denominator="",
        source="点单的挂账和销号记录",
        since=FIRST,
        compute=counting.pending,
    )
)
RESPONDED = register(
    Metric(
        code="response_rate",
        name="响应率",
        kind=Kind.RATE,
        topic=WELL,
        unit="件",
        numerator="其中在联系时限内联系上点单人的，当面、电话、点单人补充回话都算",
        denominator="本期收到、联系时限已经到期的点单；重新打开的按最近一轮",
        source="点单的联系时限和联系记录",
        since=FIRST,
        compute=counting.responded,
        exclusions=OVER,
    )
)
ON_TIME = register(
    Metric(
        code="on_time_rate",
        name="按时办结率",
        kind=Kind.RATE,
        topic=WELL,
        unit="件",
        numerator="其中在时限内办结的，批准延长的按延长后的时限",
        denominator="本期收到、时限已经到期的点单；重新打开的按最近一轮",
        source="点单的收到、到期和办结时间",
        since=FIRST,
        compute=counting.on_time,
        exclusions={
            **OVER,
            "asking": "到期以前请点单人补充、还在等的",
            "pending": "到期以前挂账、还挂着的",
        },
        for_units=True,
    )
)
UNTIL_DISPATCHED = register(
    Metric(
        code="median_dispatch_h",
        name="派单用时",
        kind=Kind.MEDIAN,
        topic=WELL,
        unit="小时",
        numerator="从收到到第一次派给单位，自然时间的中位数",
        denominator="本期收到、已经派出的点单",
        source="点单的收到时间和第一次派单",
        since=FIRST,
        compute=counting.until_dispatched,
        exclusions={"not_dispatched": "还没有派出或者不用派的"},
    )
)
ACCEPTED = register(
    Metric(
        code="accept_rate",
        name="接单率",
        kind=Kind.RATE,
        topic=WELL,
        unit="件",
        numerator="其中二十四小时内有人接单的，不问是谁接的",
        denominator="本期发出首次邀请、满二十四小时的点单，每一轮各算一次",
        source="点单的首次邀请和接单时间",
        since=FIRST,
        compute=counting.accepted,
        exclusions={
            "returned": "二十四小时内承办单位退回或提出异议的，这是单位的权利",
            "withdrawn": "二十四小时内点单人撤回的",
        },
    )
)
RETURNED = register(
    Metric(
        code="return_rate",
        name="退单率",
        kind=Kind.RATE,
        topic=WELL,
        unit="件",
        numerator="其中承办单位退回过或提过异议的；看的是派得准不准，正确的退回不算单位的错",
        denominator="本期收到、派出过的点单",
        source="点单的派单和退回记录",
        since=FIRST,
        compute=counting.returned,
        exclusions=OVER,
    )
)
REPEATED = register(
    Metric(
        code="repeat_rate",
        name="重复诉求率",
        kind=Kind.RATE,
        topic=WELL,
        unit="件",
        numerator="其中同一个点单人、同一个社区、同一分类，九十天内已经点过的",
        denominator="本期收到的点单",
        source="点单的收到时间、账号、社区和分类",
        since=FIRST,
        compute=counting.repeated,
        exclusions={**OVER, "no_account": "没有账号的，没法知道是不是同一位点单人"},
    )
)
STRUCK_OFF = register(
    Metric(
        code="strike_off_rate",
        name="销号率",
        kind=Kind.RATE,
        topic=WELL,
        unit="次",
        of="次",
        numerator="其中本期办成销号的",
        denominator="本期里挂过账的，同一件挂两次算两次",
        source="点单的挂账和销号记录",
        since=FIRST,
        compute=counting.struck_off,
        exclusions={"taken_up": "本期取消挂账接着办，或点单人撤回的"},
    )
)
RATED = register(
    Metric(
        code="active_rating_rate",
        name="主动评价率",
        kind=Kind.RATE,
        topic=SAID,
        unit="件",
        numerator="其中点单人评了单的；没评的就是未评价，从不算好评",
        denominator="本期办结、没有重新打开的点单",
        source="点单的办结时间和评单",
        since=FIRST,
        compute=counting.rated,
        exclusions=MERGED,
        for_units=True,
    )
)
SOLVED = register(
    Metric(
        code="solve_rate",
        name="解决率",
        kind=Kind.RATE,
        topic=SAID,
        unit="次",
        of="次",
        numerator="其中说「解决了」的；「解决了一部分」按区里定的比重算",
        denominator="本期收到的评单，每一轮的评单各算一次",
        source="评单的第二问「问题解决了吗」",
        since=FIRST,
        compute=counting.solved,
        exclusions=UNFOUNDED,
        chosen=_partly,
        guarded=True,
    )
)
SATISFIED = register(
    Metric(
        code="satisfaction_good_rate",
        name="满意率",
        kind=Kind.RATE,
        topic=SAID,
        unit="次",
        of="次",
        numerator="各档评价乘以区里定的比重，默认前三档算一、后两档算零",
        denominator="本期收到的评单，每一轮的评单各算一次",
        source="评单的好差评五档",
        since=FIRST,
        compute=counting.satisfied,
        exclusions=UNFOUNDED,
        chosen=_levels,
        guarded=True,
    )
)
