"""What the rules must know beside the order itself: loaded by the queries, in bulk."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule must know beside the order itself, for one actor.

    `invited`: waiting to hear from this person; `taking_over`: that invitation is a hand-over;
    `declined`: this person said no in this round; `in_hand`: orders this person has accepted and
    not finished; `asked`: ids of everyone invited in this round; `own_work`: who acts for the asker
    did this work themselves, or their unit did.
    """

    invited: bool = False
    taking_over: bool = False
    declined: bool = False
    in_hand: int = 0
    asked: frozenset[int] = frozenset()
    own_work: bool = False


@dataclass(frozen=True, slots=True)
class Last:
    """The last step of an order: what was done, by whom, when; whether anybody was invited since.

    `before` is the state, or for an amendment the category, that it was changed from.
    """

    kind: str
    person_id: int | None
    at: datetime
    before: str = ""
    invited: bool = False


NOTHING = Facts()
