"""What people do with orders. Each function is one whole transaction."""

from yizhan.orders.operations.cases import (
    conclude,
    dispute,
    set_aside,
    settle,
    take_up,
)
from yizhan.orders.operations.closing import finish, rate, reopen, withdraw
from yizhan.orders.operations.escalating import call_in, escalate, send_down
from yizhan.orders.operations.filtering import drop_filter, keep_filter
from yizhan.orders.operations.folding import (
    answer_folded,
    fold_in,
    fold_out,
    part,
    release_folded,
    turn_folded_away,
)
from yizhan.orders.operations.forgetting import (
    erase_words,
    forget_asker,
    forget_filters,
    forget_photos,
)
from yizhan.orders.operations.handling import (
    accept,
    decline,
    hand_over,
    invite,
    send_back,
)
from yizhan.orders.operations.paper import hand_paper
from yizhan.orders.operations.placing import call_back, enter, place
from yizhan.orders.operations.seeing import reveal
from yizhan.orders.operations.timing import (
    ask_extension,
    contact,
    grant_extension,
    recompute_provisional,
    refuse_extension,
)
from yizhan.orders.operations.triage import admit, amend, answer, ask, dispatch, turn_away
from yizhan.orders.operations.undoing import undo

__all__ = [
    "accept",
    "admit",
    "amend",
    "answer",
    "answer_folded",
    "ask",
    "ask_extension",
    "call_back",
    "call_in",
    "conclude",
    "contact",
    "decline",
    "dispatch",
    "dispute",
    "drop_filter",
    "enter",
    "erase_words",
    "escalate",
    "finish",
    "fold_in",
    "fold_out",
    "forget_asker",
    "forget_filters",
    "forget_photos",
    "grant_extension",
    "hand_over",
    "hand_paper",
    "invite",
    "keep_filter",
    "part",
    "place",
    "rate",
    "recompute_provisional",
    "refuse_extension",
    "release_folded",
    "reopen",
    "reveal",
    "send_back",
    "send_down",
    "set_aside",
    "settle",
    "take_up",
    "turn_away",
    "turn_folded_away",
    "undo",
    "withdraw",
]
