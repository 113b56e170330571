"""What is kept about those who leave 投诉建议."""

from dataclasses import replace
from datetime import datetime

from yizhan.base.actor import Actor
from yizhan.feedback.models import Feedback
from yizhan.feedback.operations import forget_feedback
from yizhan.people.models import Person
from yizhan.privacy.holdings import Holding, Rows, minute, register


def copy(person: Person) -> Rows:
    """Everything a person left with their account, with the answers."""
    left = Feedback.objects.filter(person=person).order_by("pk")
    return [
        {
            "种类": str(one.get_kind_display()),
            "时间": minute(one.left_at),
            "内容": one.words.open() if one.words else "",
            "联系电话": one.contact_phone.open() if one.contact_phone else "",
            "答复": one.answer.open() if one.answer else "",
        }
        for one in left
    ]


def forget(person: Person, by: Actor, at: datetime) -> int:
    """Take away what the person said and was answered; what still waits for an answer stays."""
    left = Feedback.objects.filter(person=person, words__isnull=False)
    over = list(left.exclude(state=Feedback.State.RECEIVED).order_by("pk"))
    asked = replace(by, on_behalf_of=person.pk)
    for one in over:
        forget_feedback(feedback=one, by=asked, at=at)
    return len(over)


def holds(person: Person, _at: datetime) -> list[str]:
    """What waits for an answer is answered first, because only its author can still be told."""
    count = Feedback.objects.waiting().filter(person=person).count()
    return [f"您还有 {count} 条投诉建议在等答复，答复后才能删除"] if count else []


register(
    [
        Holding(
            code="feedback",
            name="投诉建议",
            purpose="答复您的投诉建议，改进服务",
            basis="duty",
            kept="答复后 2 年",
            columns=(
                "feedback.feedback.person",
                "feedback.feedback.handler",
                "feedback.feedback.words",
                "feedback.feedback.contact_phone",
                "feedback.feedback.receipt",
                "feedback.feedback.answer",
            ),
            copy=copy,
            forget=forget,
            goes="写的话、电话和答复",
            stays="什么时候提过、什么时候答复，不带姓名",
            holds=holds,
        )
    ]
)
