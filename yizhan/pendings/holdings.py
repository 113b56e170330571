"""What the pending list keeps about persons; its words go with those of the order: `case.py`."""

from yizhan.pendings.models import Pending
from yizhan.people.models import Person
from yizhan.privacy.holdings import Holding, Rows, minute, register


def _owned(person: Person) -> Rows:
    """The entries a person answered for or proposed to strike off."""
    entries = Pending.objects.filter(owner=person) | Pending.objects.filter(proposed_by=person)
    return [
        {
            "单号": one.order.code,
            "挂账时间": minute(one.pended_at),
            "进展": str(one.get_state_display()),
        }
        for one in entries.select_related("order").order_by("pk")
    ]


register(
    [
        Holding(
            code="pendings.owned",
            name="负责的挂账",
            purpose="知道一件挂账由谁负责、谁提请销号",
            basis="duty",
            kept="随单子保留",
            columns=("pendings.pending.owner", "pendings.pending.proposed_by"),
            copy=_owned,
            stays="由一个编号负责的，不带姓名",
        ),
        Holding(
            code="pendings.words",
            name="挂账时写给点单人的话",
            purpose="告诉点单人为什么一时办不了、先怎么办",
            basis="duty",
            kept="随单子的内容一起删除",
            columns=("pendings.pending.measure", "pendings.pending.result"),
            copy=lambda _person: [],
            goes="写的话",
            stays="挂账的原因和日子",
        ),
    ]
)
