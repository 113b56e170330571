"""What the clock and people do on the ladder. Each function is one whole transaction."""

from yizhan.ladder.operations.climbing import (
    announce,
    call_in,
    open_pool,
    propose,
    refer,
    remind,
    urge,
)
from yizhan.ladder.operations.deciding import answer, decide, dismiss, erase_ladder, issue

__all__ = [
    "announce",
    "answer",
    "call_in",
    "decide",
    "dismiss",
    "erase_ladder",
    "issue",
    "open_pool",
    "propose",
    "refer",
    "remind",
    "urge",
]
