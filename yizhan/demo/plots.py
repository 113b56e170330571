"""The ways an order may go. Each is a story that says when it wants to go on, and then acts.

A story gives back the moment of its next act; what happens in between belongs to the others.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from yizhan.demo.tale import Tale
from yizhan.orders.states import Source
from yizhan.people.models import Post

Story = Iterator[datetime]
LETTERS = {"community": "C", "property": "P", "team": "T"}


def read(tale: Tale) -> Story:
    """Staff read the order; one left by telephone gets its category."""
    yield tale.office(0.2, 3)
    tale.admit()
    if tale.order.source == Source.CALL_BACK:
        yield tale.office(0.1, 1)
        tale.amend()


def unit_for(tale: Tale) -> str:
    """The unit that usually has this category."""
    handler = tale.stage.categories[tale.matter].handler
    if handler == "branch":
        return f"B{tale.region.code}-{tale.dice.number(1, 2)}"
    letter = LETTERS.get(handler, "C")
    return f"{letter}{tale.region.code if letter == 'C' else tale.region.code[:9]}"


def sent(tale: Tale, unit: str = "", *, pool: bool = True) -> Story:
    """The clerk gives it to a unit."""
    yield tale.office(0.3, 5)
    tale.dispatch(unit or unit_for(tale), pool=pool)


def helpers(tale: Tale) -> list[Post]:
    """Who of the unit may take it."""
    return tale.stage.helpers(tale.order.unit.code if tale.order.unit else "")


def taken(tale: Tale, *, but: Post | None = None) -> Story:
    """Someone of the unit claims it, or is invited and says yes; when all are busy, it waits."""
    yield tale.days(0, 1)
    while not (room := [post for post in tale.stage.free(helpers(tale)) if post != but]):
        yield tale.days(1, 1)
    post = tale.dice.one_of(room)
    if tale.order.unit and tale.order.unit.kind == "branch" and tale.dice.chance(45):
        tale.invite([post])
        yield tale.days(0, 0)
        while not tale.stage.free([post]):
            yield tale.days(1, 1)
    tale.accept(post)


def handled(tale: Tale) -> Story:
    """From the door to a person's hands."""
    yield from read(tale)
    yield from sent(tale)
    yield from taken(tale)


def done(tale: Tale) -> Story:
    """The person is called, and work is done within a few days."""
    yield tale.office(0.2, 3)
    tale.contact()
    yield tale.days(0, 3)
    tale.finish()


def plain(tale: Tale) -> Story:
    yield from handled(tale)
    yield from done(tale)
    yield tale.days(0, 2)
    tale.rate()


def unrated(tale: Tale) -> Story:
    yield from handled(tale)
    yield from done(tale)


def reopened(tale: Tale) -> Story:
    yield from handled(tale)
    yield from done(tale)
    yield tale.days(1, 2)
    if tale.dice.chance(60):
        tale.rate(tale.dice.number(1, 2))
        yield tale.days(0, 1)
    tale.reopen()
    yield from sent(tale)
    yield from taken(tale)
    yield from done(tale)
    yield tale.days(0, 2)
    tale.rate()


def handed_over(tale: Tale) -> Story:
    yield from read(tale)
    yield from sent(tale, f"B{tale.region.code}-{tale.dice.number(1, 2)}")
    yield from taken(tale)
    yield tale.days(0, 1)
    others = [post for post in helpers(tale) if post != tale.taker]
    colleague = tale.dice.one_of(tale.stage.free(others) or others)
    tale.hand_over(colleague)
    yield tale.days(0, 1)
    while not tale.stage.free([colleague]):
        yield tale.days(1, 1)
    tale.accept(colleague)
    yield from done(tale)
    yield tale.days(0, 2)
    tale.rate()


def sent_back(tale: Tale) -> Story:
    """A unit cannot do it; the community gives it to another."""
    first = tale.dice.number(1, 2)
    yield from read(tale)
    yield from sent(tale, f"B{tale.region.code}-{first}", pool=False)
    yield tale.office(1, 6)
    tale.send_back("sent_back")
    yield from sent(tale, f"B{tale.region.code}-{3 - first}")
    yield from taken(tale)
    yield from done(tale)
    if tale.dice.chance(60):
        yield tale.days(0, 2)
        tale.rate()


def given_back(tale: Tale) -> Story:
    """Whoever took it cannot do it; somebody else of the unit can."""
    yield from read(tale)
    yield from sent(tale, f"B{tale.region.code}-{tale.dice.number(1, 2)}")
    yield tale.days(0, 1)
    while not (room := tale.stage.free(helpers(tale))):
        yield tale.days(1, 1)
    first = tale.dice.one_of(room)
    tale.accept(first)
    yield tale.days(1, 2)
    tale.send_back("given_back")
    yield tale.days(0, 1)
    others = [post for post in helpers(tale) if post != first]
    while not (room := tale.stage.free(others)):
        yield tale.days(1, 1)
    tale.accept(tale.dice.one_of(room))
    yield from done(tale)


def asked(tale: Tale) -> Story:
    yield tale.office(0.2, 3)
    tale.ask()
    yield tale.days(0, 1)
    tale.answer()
    yield from sent(tale)
    yield from taken(tale)
    yield from done(tale)
    yield tale.days(0, 2)
    tale.rate()


def waiting(tale: Tale) -> Story:
    yield tale.office(0.2, 3)
    tale.ask()


def turned_away(tale: Tale) -> Story:
    yield from read(tale)
    yield tale.office(0.1, 2)
    tale.turn_away()


def withdrawn(tale: Tale) -> Story:
    if tale.dice.chance(50):
        yield from read(tale)
    yield tale.days(0, 0)
    tale.withdraw()


def untaken(tale: Tale) -> Story:
    yield from read(tale)
    yield from sent(tale)


def stuck(tale: Tale) -> Story:
    """Somebody has it; often it waits for a part, and for an answer to that."""
    yield from handled(tale)
    yield tale.office(0.5, 3)
    tale.contact()
    if tale.dice.chance(40):
        yield tale.office(1, 4)
        tale.ask_extension()


def overdue(tale: Tale) -> Story:
    """More time was granted, and it took longer still."""
    yield from handled(tale)
    yield tale.office(1, 6)
    if tale.ask_extension():
        yield tale.office(0.5, 3)
        tale.grant_extension()
    yield tale.days(9, 13)
    tale.finish("overdue")
    yield tale.days(0, 2)
    tale.rate()


def declined(tale: Tale) -> Story:
    """One says no, freely; another is asked and says yes."""
    yield from read(tale)
    yield from sent(tale, f"B{tale.region.code}-{tale.dice.number(1, 2)}", pool=False)
    yield tale.office(0.2, 3)
    both = tale.dice.shuffled(helpers(tale))[:2]
    tale.invite(both)
    yield tale.days(0, 0)
    tale.decline(both[0])
    yield tale.days(0, 1)
    while not tale.stage.free(both[1:]):
        yield tale.days(1, 1)
    tale.accept(both[1])
    yield from done(tale)
    if tale.dice.chance(70):
        yield tale.days(0, 2)
        tale.rate()


def unread(_tale: Tale) -> Story:
    """Nobody has read it yet."""
    yield from ()


WAYS: dict[str, Callable[[Tale], Story]] = {
    "plain": plain,
    "unrated": unrated,
    "reopened": reopened,
    "handed_over": handed_over,
    "sent_back": sent_back,
    "given_back": given_back,
    "asked": asked,
    "waiting": waiting,
    "turned_away": turned_away,
    "withdrawn": withdrawn,
    "untaken": untaken,
    "stuck": stuck,
    "overdue": overdue,
    "declined": declined,
    "unread": unread,
}
