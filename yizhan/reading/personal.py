"""Personal data in free text: what is there, and the text as others may read it."""

from collections.abc import Collection

from yizhan.reading import contacts, doors, names, numbers
from yizhan.reading.finding import Finding
from yizhan.reading.folding import counted, folded

# A place taken by one kind is not read again as another: the more telling kind comes first.
FIRST_TO_LAST = (
    "email",
    "id_card",
    "bank_card",
    "phone",
    "plate",
    "account",
    "birth",
    "door",
    "name",
)

# What is masked may bring together what was apart; it is looked at again, so many times.
PASSES = 4


def find(text: str) -> list[Finding]:
    """Personal data in a text, in the order of the text, none over another.

    Takes any string. The work is in proportion to its length.
    """
    plain = folded(text)
    read = [
        *contacts.emails(plain),
        *contacts.accounts(plain),
        *numbers.plates(plain),
        *numbers.births(plain),
        *doors.doors(plain),
        *names.names(plain),
    ]
    for version in (plain, counted(plain)):
        read += [*numbers.cards(version), *numbers.phones(version)]
    return _apart(read, len(text))


def _apart(read: list[Finding], length: int) -> list[Finding]:
    taken, kept = bytearray(length), []
    for one in sorted(read, key=lambda f: (FIRST_TO_LAST.index(f.kind), f.start, -f.end)):
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)


def public_view(text: str, *, kept: Collection[str] = ()) -> str:
    """The text as people outside the case may read it: everything found is masked.

    `kept` are pieces that stay as they are, for a reason that somebody gave.
    """
    for _ in range(PASSES):
        hidden = [one for one in find(text) if text[one.start : one.end] not in kept]
        if not hidden:
            break
        text = _masked(text, hidden)
    return text


def _masked(text: str, findings: list[Finding]) -> str:
    parts, place = [], 0
    for one in findings:
        parts += [text[place : one.start], one.masked]
        place = one.end
    return "".join([*parts, text[place:]])
