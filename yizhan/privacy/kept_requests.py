"""What requests themselves keep about persons."""

from datetime import datetime

from django.utils.timezone import localtime

from yizhan.base.actor import Actor
from yizhan.people.models import Person
from yizhan.privacy import operations
from yizhan.privacy.asked import DataRequest
from yizhan.privacy.asking.queries import words_of
from yizhan.privacy.holdings import Holding, Rows, register


def _requests(person: Person) -> Rows:
    mine = DataRequest.objects.filter(person=person).order_by("pk")
    rows = [
        {
            "编号": one.code,
            "时间": f"{localtime(one.asked_at):%Y-%m-%d %H:%M}",
            "申请": str(one.get_kind_display()),
            "进展": str(one.get_state_display()),
            "写的话": one.words.open() if one.words else "",
            "答复": words_of(one),
        }
        for one in mine
    ]
    return [{label: text for label, text in row.items() if text} for row in rows]


def _forget_requests(person: Person, by: Actor, at: datetime) -> int:
    return operations.forget_requests(person=person, by=by, at=at)


register(
    [
        Holding(
            code="requests",
            name="提过的申请",
            purpose="答复您关于自己信息的申请",
            basis="duty",
            kept="内容到注销为止，提出和答复的时间一直保留",
            columns=(
                "privacy.datarequest.person",
                "privacy.datarequest.entered_by",
                "privacy.datarequest.words",
            ),
            copy=_requests,
            forget=_forget_requests,
            goes="写的话和答复",
            stays="什么时候提过哪一类申请、什么时候答复，不带姓名",
        )
    ]
)
