"""What call-backs keep about persons. What was said goes with the words of the order."""

from yizhan.callbacks.models import Callback, Rectification
from yizhan.people.models import Person
from yizhan.privacy.holdings import Holding, Rows, minute, register


def _called(person: Person) -> Rows:
    """The calls a person made, and the ratings they looked into."""
    calls = Callback.objects.filter(caller=person).select_related("order").order_by("pk")
    looked = Rectification.objects.filter(reviewer=person).select_related("order").order_by("pk")
    return [
        {"单号": one.order.code, "时间": minute(one.ended_at), "进展": str(one.get_state_display())}
        for one in (*calls, *looked)
    ]


register(
    [
        Holding(
            code="callbacks.called",
            name="打过的回访、核实过的差评",
            purpose="知道一次回访由谁打、一件差评由谁核实",
            basis="duty",
            kept="随单子保留",
            columns=("callbacks.callback.caller", "callbacks.rectification.reviewer"),
            copy=_called,
            stays="由一个编号打的，不带姓名",
        )
    ]
)
