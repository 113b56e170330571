"""The states of an order, the doors it comes through, and the words for both."""

from django.db import models


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


OPEN = (State.PLACED, State.RECEIVED, State.ASKING, State.DISPATCHED, State.ACCEPTED)
ENDED = (State.FINISHED, State.RATED)
TRIAGE = (State.PLACED, State.RECEIVED)
TONES = {
    State.PLACED: "gold",
    State.RECEIVED: "gold",
    State.ASKING: "orange",
    State.DISPATCHED: "blue",
    State.ACCEPTED: "teal",
    State.FINISHED: "teal",
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
}
