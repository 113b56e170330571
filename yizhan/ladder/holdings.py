"""What the ladder keeps about persons; its words go with those of the order: `case.py`."""

from django.db.models import Q

from yizhan.ladder.models import Decision, Supervision
from yizhan.people.models import Person
from yizhan.privacy.holdings import Holding, Rows, minute, register


def _supervised(person: Person) -> Rows:
    """The 督办单 a person issued or answered for a unit."""
    mine = Supervision.objects.filter(Q(issued_by=person) | Q(answered_by=person))
    return [
        {"督办单": one.number, "单号": one.order.code, "签发": minute(one.issued_at)}
        for one in mine.select_related("order").order_by("pk")
        if one.issued_at
    ]


def _decided(person: Person) -> Rows:
    """What a person decided about late orders."""
    mine = Decision.objects.filter(taken_by=person).select_related("order").order_by("pk")
    return [
        {
            "单号": one.order.code,
            "决定": str(one.get_choice_display()),
            "时间": minute(one.taken_at),
        }
        for one in mine
        if one.taken_at
    ]


register(
    [
        Holding(
            code="ladder.supervised",
            name="签发和答复的督办单",
            purpose="知道一张督办单由谁签发、由谁代表单位答复",
            basis="duty",
            kept="随单子保留",
            columns=("ladder.supervision.issued_by", "ladder.supervision.answered_by"),
            copy=_supervised,
            stays="由一个编号签发或答复的，不带姓名",
        ),
        Holding(
            code="ladder.decided",
            name="对超时单子的决定",
            purpose="知道超时的单子接下来怎么办是谁定的",
            basis="duty",
            kept="随单子保留",
            columns=("ladder.decision.taken_by",),
            copy=_decided,
            stays="由一个编号决定的，不带姓名",
        ),
        Holding(
            code="ladder.words",
            name="督办单和决定里写的话",
            purpose="说明为什么超时、什么时候办好",
            basis="duty",
            kept="随单子的内容一起删除",
            columns=(
                "ladder.supervision.words",
                "ladder.supervision.answer",
                "ladder.decision.words",
            ),
            copy=lambda _person: [],
            goes="写的话",
            stays="督办单的编号和日子",
        ),
    ]
)
