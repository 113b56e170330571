"""Full names of persons. Polite forms (张先生, 李阿姨, 王师傅) are not, and stay.

A name is a surname with one or two more characters; a word beside it must tell that it is one, or
all its characters must be such as names are made of. What begins like a name and is an ordinary
word (高兴, 马上) is on a list of ours.
"""

from collections.abc import Iterator

from yizhan.reading.finding import Finding
from yizhan.reading.vocabulary import Vocabulary, vocabulary

LONGEST_WORD = 5
ENDS = " ,.;:!?()[]{}<>\"'/|，。；：！？、（）「」《》“”‘’…\n"
JOINS = "和与、,及跟"


def names(text: str) -> Iterator[Finding]:
    """Full names, from left to right; in a row of names the second is known by the first."""
    known, place, last = vocabulary(), 0, -2
    while place < len(text):
        size = _surname(text, place, known)
        length = _length(text, place, size, known, in_row=last) if size else 0
        if length:
            masked = text[place : place + size] + "*" * (length - size)
            yield Finding("name", place, place + length, masked)
            last = place + length
        place += length or 1


def _surname(text: str, place: int, known: Vocabulary) -> int:
    if text[place : place + 2] in known.compound:
        return 2
    return 1 if text[place] in known.surnames else 0


def _length(text: str, place: int, size: int, known: Vocabulary, *, in_row: int) -> int:
    """How long the name at a place is; 0 when there is none."""
    if any(text[place : place + n] in known.ordinary for n in range(3, LONGEST_WORD + 1)):
        return 0
    named = _told(text, place, known.named)
    person = _told(text, place, known.persons) or (in_row == place - 1 and text[in_row] in JOINS)
    word = text[place : place + 2] in known.ordinary
    free = place == 0 or text[place - 1] in ENDS or text[place - 1].isdigit()
    for end in (place + size + 2, place + size + 1):
        given = text[place + size : end]
        if place + len(given) + size != end or not _may_be_given(given, known):
            continue
        good = all(sign in known.given for sign in given)
        if word and not (good and len(given) == 2 and (named or person)):
            continue
        titled = text.startswith(known.titles, end)
        ended = titled or text[end : end + 1] in ENDS or text.startswith(known.follows, end)
        if _is_name(end - place, named, person, good, titled, ended, free):
            return end - place
    return 0


def _is_name(
    length: int, named: bool, person: bool, good: bool, titled: bool, ended: bool, free: bool
) -> bool:
    """Weigh what stands around: a word before, a word after, the characters themselves."""
    if named:
        return good or ended
    if not good:
        return False
    if person:
        return ended
    if titled:
        return free or length > 2
    return free and ended and length > 2


def _may_be_given(given: str, known: Vocabulary) -> bool:
    return (
        all("一" <= sign <= "鿿" for sign in given)
        and given not in known.polite
        and not any(given.startswith(word) for word in known.polite if len(word) > 1)
    )


def _told(text: str, place: int, words: tuple[str, ...]) -> bool:
    """Whether one of these words stands just before, perhaps with 是 or a colon between."""
    before = text[max(0, place - LONGEST_WORD - 2) : place].rstrip(" :是为叫")
    whole = text[max(0, place - LONGEST_WORD) : place]
    return before.endswith(words) or whole.endswith(words)
