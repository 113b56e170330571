"""What people do with orders. Each function is one whole transaction."""

from yizhan.orders.operations.closing import finish, rate, reopen, withdraw
from yizhan.orders.operations.handling import (
    accept,
    decline,
    hand_over,
    invite,
    send_back,
)
from yizhan.orders.operations.placing import call_back, enter, place
from yizhan.orders.operations.seeing import reveal
from yizhan.orders.operations.triage import admit, amend, answer, ask, dispatch, turn_away

__all__ = [
    "accept",
    "admit",
    "amend",
    "answer",
    "ask",
    "call_back",
    "decline",
    "dispatch",
    "enter",
    "finish",
    "hand_over",
    "invite",
    "place",
    "rate",
    "reopen",
    "reveal",
    "send_back",
    "turn_away",
    "withdraw",
]
