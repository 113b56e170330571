"""What people do with whistles. Each function is one whole transaction."""

from yizhan.whistles.operations.answering import (
    answer_call,
    complete_part,
    explain,
    report_in,
)
from yizhan.whistles.operations.assessing import assess_call, assess_whistle
from yizhan.whistles.operations.blowing import (
    blow,
    call_unit,
    cancel_call,
    change_lead,
    close_whistle,
    confirm_arrival,
)
from yizhan.whistles.operations.forgetting import erase_whistles

__all__ = [
    "answer_call",
    "assess_call",
    "assess_whistle",
    "blow",
    "call_unit",
    "cancel_call",
    "change_lead",
    "close_whistle",
    "complete_part",
    "confirm_arrival",
    "erase_whistles",
    "explain",
    "report_in",
]
