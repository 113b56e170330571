"""What is written on whistles goes with the words of their order."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from yizhan.base.actor import Actor
from yizhan.base.steps import Remark, Step
from yizhan.orders.models import Order
from yizhan.whistles.models import Assessment, Call, Whistle

WORDS = ("matter", "place")


@transaction.atomic
def erase_whistles(*, order: Order, by: Actor, at: datetime) -> int:
    """Take away what was written, also by units. Who was called and when stays. Returns how many
    whistles.
    """
    found = list(Whistle.objects.select_for_update().filter(order=order).order_by("pk"))
    for whistle in found:
        calls = list(whistle.calls.values_list("pk", flat=True))
        of_calls = Q(subject_type=Call._meta.label_lower, subject_id__in=calls)
        of_whistle = Q(subject_type=whistle._meta.label_lower, subject_id=whistle.pk)
        said = Step.objects.filter(of_calls | of_whistle).exclude(remark=None).values("remark")
        Remark.objects.filter(pk__in=said, erased_at=None).update(text=None, erased_at=at)
        Assessment.objects.filter(call__in=calls).update(words="")
        whistle.matter = whistle.place = ""
        whistle.note("erased", by=by, at=at, saving=WORDS)
    return len(found)
