"""What fair use keeps about persons; its words go with those of the order: `case.py`."""

from django.db.models import Q

from yizhan.conduct.models import Flag
from yizhan.people.models import Person
from yizhan.privacy.holdings import Holding, Rows, minute, register

BY = ("flagged_by", "reviewed_by", "decided_by")


def _done(person: Person) -> Rows:
    """The flags a person of staff raised, reviewed or decided."""
    mine = Q(flagged_by=person) | Q(reviewed_by=person) | Q(decided_by=person)
    rows = Flag.objects.filter(mine).select_related("order").order_by("pk")
    return [
        {
            "单号": one.order.code,
            "时间": minute(one.flagged_at),
            "进展": str(one.get_state_display()),
        }
        for one in rows
    ]


register(
    [
        Holding(
            code="conduct.done",
            name="记过、复核过的不当使用",
            purpose="知道由谁记、谁复核、谁定申诉",
            basis="duty",
            kept="随单子保留",
            columns=tuple(f"conduct.flag.{name}" for name in BY),
            copy=_done,
            stays="由一个编号办的，不带姓名",
        ),
        Holding(
            code="conduct.words",
            name="点单方式的限制、原因和申诉",
            purpose="让大家都用得上点单：谁、为什么、到哪天为止",
            basis="duty",
            kept="限制最长 30 天；写的话随单子的内容一起删除",
            columns=(
                "conduct.flag.person",
                "conduct.flag.why",
                "conduct.flag.decision",
                "conduct.flag.appeal",
                "conduct.flag.answer",
            ),
            copy=lambda _person: [],
            goes="写的话、和您的联系",
            stays="原因、结果和日子，不知道是谁",
        ),
    ]
)
