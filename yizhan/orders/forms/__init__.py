"""From what was typed to the values that an operation takes. Nothing is saved here."""

from yizhan.orders.forms.acting import (
    Amend,
    Answer,
    Ask,
    Dispatch,
    Escalate,
    Finish,
    HandOver,
    Invite,
    Rate,
    Reopen,
    Reveal,
    SendBack,
    SendDown,
    TurnAway,
    Withdraw,
)
from yizhan.orders.forms.placing import CallBack, CommunityField, Enter, LookUp, Place, Where

__all__ = [
    "Amend",
    "Answer",
    "Ask",
    "CallBack",
    "CommunityField",
    "Dispatch",
    "Enter",
    "Escalate",
    "Finish",
    "HandOver",
    "Invite",
    "LookUp",
    "Place",
    "Rate",
    "Reopen",
    "Reveal",
    "SendBack",
    "SendDown",
    "TurnAway",
    "Where",
    "Withdraw",
]
