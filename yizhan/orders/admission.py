"""Whether somebody may place one more order by themselves: asked by what stands above `orders`.

Fair use is decided in a package of its own, which `orders` does not know. It registers a check in
its `AppConfig.ready()`; placing asks all of them, inside its own transaction. What staff write down
at the counter or on the telephone is never asked about.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from yizhan.base.actor import Actor
from yizhan.base.verdict import YES, Verdict


@dataclass(frozen=True, slots=True)
class Knock:
    """Who wants to place what: the account or none, the number or none. `calls` asks for a call."""

    person_id: int | None
    phone: str
    words: str
    category: str
    region_code: str
    calls: bool = False


Check = Callable[[Knock, Actor, datetime], Verdict]
CHECKS: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Let a package have its say; a name stands once."""
    if name in CHECKS:
        raise ValueError(f"admission check {name} is registered twice")
    CHECKS[name] = check


def can_come_in(knock: Knock, by: Actor, at: datetime) -> Verdict:
    """Yes, or the first refusal. A check costs one query where nothing stands against them."""
    for check in CHECKS.values():
        verdict = check(knock, by, at)
        if not verdict:
            return verdict
    return YES
