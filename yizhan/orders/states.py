"""The states of an order, the doors it comes through, and the words for both."""

from django.db import models

from yizhan.base.flow import Flow


class State(models.TextChoices):
    """Where an order stands; the Chinese words are the staff's."""

    PLACED = "placed", "待受理"
    RECEIVED = "received", "待派单"
    ASKING = "asking", "待补充"
    DISPATCHED = "dispatched", "待接单"
    ACCEPTED = "accepted", "办理中"
    FINISHED = "finished", "待评单"
    RATED = "rated", "已评单"
    WITHDRAWN = "withdrawn", "已撤回"
    TURNED_AWAY = "turned_away", "已告知去处"
    ESCALATED = "escalated", "待街道安排"
    DISPUTED = "disputed", "待裁定"
    PENDING = "pending", "挂账"
    MERGED = "merged", "已并入"


class Level(models.TextChoices):
    """How pressing or hard a matter is; shorter or longer times follow from it."""

    URGENT = "urgent", "急"
    NORMAL = "normal", "一般"
    COMPLEX = "complex", "疑难"


class Cause(models.TextChoices):
    """Why somebody sends an order back. A correct return counts against nobody."""

    NOT_OUR_DUTY = "not_our_duty", "不属本单位职责"
    NOT_ON_LIST = "not_on_list", "不在社区职责清单"
    NO_CAPACITY = "no_capacity", "人手或条件不够"
    UNCLEAR = "unclear", "情况不清"
    ELSEWHERE = "elsewhere", "别处已在办"
    OTHER = "other", "其他"


OPEN = (
    State.PLACED,
    State.RECEIVED,
    State.ASKING,
    State.DISPATCHED,
    State.ACCEPTED,
    State.ESCALATED,
    State.DISPUTED,
    State.PENDING,
)
ENDED = (State.FINISHED, State.RATED)
TRIAGE = (State.PLACED, State.RECEIVED, State.ESCALATED)
TONES = {
    State.PLACED: "gold",
    State.RECEIVED: "gold",
    State.ASKING: "orange",
    State.DISPATCHED: "blue",
    State.ACCEPTED: "teal",
    State.FINISHED: "teal",
    State.ESCALATED: "orange",
    State.DISPUTED: "orange",
    State.PENDING: "gold",
}

FLOW: Flow = {
    State.PLACED: frozenset(
        {
            State.RECEIVED,
            State.DISPATCHED,
            State.ASKING,
            State.TURNED_AWAY,
            State.WITHDRAWN,
            State.MERGED,
        }
    ),
    State.RECEIVED: frozenset(
        {
            State.DISPATCHED,
            State.ASKING,
            State.TURNED_AWAY,
            State.WITHDRAWN,
            State.PLACED,
            State.ESCALATED,
            State.PENDING,
            State.MERGED,
        }
    ),
    State.ASKING: frozenset({State.RECEIVED, State.ESCALATED, State.ACCEPTED, State.WITHDRAWN}),
    State.DISPATCHED: frozenset(
        {
            State.ACCEPTED,
            State.RECEIVED,
            State.ESCALATED,
            State.WITHDRAWN,
            State.PLACED,
            State.DISPUTED,
            State.PENDING,
        }
    ),
    State.ACCEPTED: frozenset({State.FINISHED, State.DISPATCHED, State.ASKING, State.PENDING}),
    State.ESCALATED: frozenset(
        {
            State.DISPATCHED,
            State.RECEIVED,
            State.ASKING,
            State.TURNED_AWAY,
            State.WITHDRAWN,
            State.PENDING,
            State.MERGED,
        }
    ),
    State.DISPUTED: frozenset({State.DISPATCHED, State.TURNED_AWAY, State.WITHDRAWN}),
    State.PENDING: frozenset(
        {
            State.RECEIVED,
            State.ESCALATED,
            State.DISPATCHED,
            State.ACCEPTED,
            State.FINISHED,
            State.WITHDRAWN,
        }
    ),
    State.MERGED: frozenset(
        {
            State.TURNED_AWAY,
            State.PLACED,
            State.RECEIVED,
            State.ESCALATED,
            State.RATED,
            State.WITHDRAWN,
        }
    ),
    State.FINISHED: frozenset({State.RATED, State.RECEIVED}),
    State.RATED: frozenset({State.RECEIVED}),
    State.WITHDRAWN: frozenset(),
    State.TURNED_AWAY: frozenset({State.RECEIVED, State.PLACED, State.ESCALATED}),
}


class Source(models.TextChoices):
    """Through which door the order came."""

    PHONE_PAGE = "phone_page", "手机点单"
    CALL_BACK = "call_back", "请回电话"
    WALK_IN = "walk_in", "到站登记"
    CALLER = "caller", "来电登记"


STEPS = {
    "placed": "点单",
    "admitted": "受理",
    "asked": "请点单人补充",
    "answered": "点单人补充",
    "amended": "修改分类",
    "turned_away": "告知去处",
    "dispatched": "派单",
    "accepted": "接单",
    "sent_back": "退回",
    "handed_over": "转交",
    "finished": "办结",
    "rated": "评单",
    "reopened": "重新打开",
    "withdrawn": "撤回",
    "undone": "撤销",
    "forgotten": "隐去联系方式",
    "photos_forgotten": "删除照片",
    "handed": "纸质答复送到",
    "erased": "删除内容",
    "escalated": "上报街道",
    "sent_down": "退回社区",
    "called_in": "收回重派",
    "disputed": "提出异议",
    "settled": "裁定",
    "set_aside": "挂账",
    "taken_up": "取消挂账",
    "concluded": "销号",
    "folded_in": "并入",
    "folded_out": "取消并入",
    "joined": "有一张单子并进来",
    "parted": "一张并进来的单子分出去",
    "answered_with": "同一件事已办结",
    "contacted": "联系点单人",
    "extension_asked": "申请延期",
    "extension_granted": "延期",
    "extension_refused": "不同意延期",
    "recomputed": "时限提前",
}
