"""Who acts: a person in one of their posts, a receipt's holder, a system's token, or the clock."""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Kind(StrEnum):
    """The four kinds of actor."""

    PERSON = "person"
    RECEIPT = "receipt"
    TOKEN = "token"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor of one act. Plain values only, so that rules stay free of the database.

    `powers` belong to the post, never to the person. A post reaches either the regions whose code
    starts with `area`, or the units whose path starts with `unit_path`. `on_behalf_of` is the
    person for whom a member of staff or of the family acts; `mandate` is what may be done for that
    person, and `how` the person was there: card, in_person, phone, or family. Such an actor has no
    part of their own in anything: see `people.acting.acting_for`.
    """

    kind: Kind
    person_id: int | None = None
    post_id: int | None = None
    role: str = ""
    powers: frozenset[str] = field(default_factory=frozenset)
    area: str = ""
    unit_id: int | None = None
    unit_path: str = ""
    on_behalf_of: int | None = None
    mandate: frozenset[str] = field(default_factory=frozenset)
    how: str = ""
    receipt_of: tuple[str, int] | None = None
    via: str = "page"

    def may(self, power: str) -> bool:
        """Whether the post carries this power anywhere at all."""
        return power in self.powers

    def reaches_region(self, code: str) -> bool:
        """Whether the post's area covers the region with this national code."""
        return bool(self.area) and code.startswith(self.area)

    def reaches_unit(self, path: str | None) -> bool:
        """Whether the unit with this path is the post's own unit or below it."""
        return bool(self.unit_path) and bool(path) and str(path).startswith(self.unit_path)

    def is_entrusted(self, scope: str) -> bool:
        """Whether the actor acts for themselves, or may do this for whom they act for."""
        return self.on_behalf_of is None or scope in self.mandate

    def through(self, via: str) -> "Actor":
        """The same actor coming through another door: page, api, clock or demo."""
        return replace(self, via=via)


CLOCK = Actor(kind=Kind.CLOCK, via="clock")
ANONYMOUS = Actor(kind=Kind.RECEIPT)


def holder_of(subject_type: str, subject_id: int) -> Actor:
    """Whoever holds the receipt of one subject: may see and answer it without an account."""
    return Actor(kind=Kind.RECEIPT, receipt_of=(subject_type, subject_id))
