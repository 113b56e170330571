"""What plans keep about persons."""

from datetime import datetime

from yizhan.base.actor import Actor
from yizhan.dispatch import operations
from yizhan.dispatch.models import Proposal
from yizhan.people.models import Person
from yizhan.privacy.holdings import Holding, Rows, minute, register


def _proposed(person: Person) -> Rows:
    """When; not for which order: whoever was not invited has no part in it."""
    rows = Proposal.objects.filter(person=person).select_related("plan").order_by("pk")
    return [
        {
            "拟于": minute(row.plan.drawn_at),
            "发出": minute(row.plan.sent_at),
        }
        for row in rows
    ]


def _forget(person: Person, by: Actor, at: datetime) -> int:
    return operations.forget_proposals(person=person, by=by, at=at)


register(
    [
        Holding(
            code="dispatch.proposed",
            name="邀请方案里选到您的单子",
            purpose="一次给一批单子找合适的人",
            basis="consent",
            kept="重新拟方案就去掉；发出的随单子保留",
            columns=("dispatch.proposal.person", "dispatch.proposal.first"),
            copy=_proposed,
            forget=_forget,
            goes="哪份方案里选到了您",
            stays="一份方案里有几张单子、发了几份邀请，只是数",
        )
    ]
)
