"""What the answers keep about persons; their words go with those of the order: `case.py`."""

from django.db.models import Q

from yizhan.answers.models import Answer
from yizhan.people.models import Person
from yizhan.privacy.holdings import Holding, Rows, minute, register


def _told(person: Person) -> Rows:
    """The answers a person wrote or let out."""
    rows = Answer.objects.filter(Q(written_by=person) | Q(published_by=person)).order_by("pk")
    return [
        {
            "题目": one.title,
            "写好": minute(one.written_at),
            "公开": minute(one.published_at),
            "进展": str(one.get_state_display()),
        }
        for one in rows
    ]


register(
    [
        Holding(
            code="answers.told",
            name="写过、看过的「您说我办」",
            purpose="知道公开的答复由谁写、由谁看过",
            basis="duty",
            kept="随单子保留",
            columns=("answers.answer.written_by", "answers.answer.published_by"),
            copy=_told,
            stays="由一个编号写的，不带姓名",
        )
    ]
)
