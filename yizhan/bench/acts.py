"""What is measured: the acts of the loop and the pages people open, as requests."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count

from django.urls import reverse

from yizhan.bench.cast import Lane
from yizhan.orders.models import Order
from yizhan.people.models import Person

WORDS = "三单元的楼道灯不亮，老人上下楼看不清台阶"
SENT = 302
SHOWN = 200
IN_HAND = 3
_commands = count(1)


@dataclass(slots=True)
class Case:
    """One order on its way: who acts on it, and under which codes it is known once placed."""

    lane: Lane
    resident: Person
    member: Person
    code: str = ""
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One request: by whom (None: a stranger), where, and the form that is sent, if any."""

    who: Person | None
    path: str
    form: dict[str, str] | None = None
    htmx: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """One row of the table. `most` is the target: CPU ms and SQL statements."""

    name: str
    says: str
    call: Callable[[Case], Call]
    expect: int = SHOWN
    most: tuple[int, int] | None = field(default=None)


def cases(lanes: Sequence[Lane], number: int) -> list[Case]:
    """So many orders, spread over the communities: nobody is given more than may be in hand."""
    spread = [
        Case(lane, lane.residents[turn % len(lane.residents)], lane.members[turn // IN_HAND])
        for turn in range(IN_HAND * len(lanes[0].members))
        for lane in lanes
    ]
    return spread[:number]


def known(case: Case, location: str) -> None:
    """Note the codes of the order just placed, from where the resident was sent."""
    case.receipt = location.split("/")[2]
    order = Order.objects.of_receipt(case.receipt)
    if order is None:
        raise LookupError(location)
    case.code = order.code


def _sent(who: Person, path: str, *, htmx: bool = True, **form: str) -> Call:
    command = f"bench-{id(form)}-{next(_commands)}"
    return Call(who, path, {"command_id": command, **form}, htmx=htmx)


def _verb(case: Case, verb: str) -> str:
    return reverse(f"orders:{verb}", args=[case.code])


def _place(case: Case) -> Call:
    return _sent(
        case.resident,
        reverse("orders:place"),
        htmx=False,
        words=WORDS,
        region=case.lane.region.code,
        place="18 号院 3 号楼 201",
        contact_name="王阿姨",
        contact_phone="13800000000",
    )


def _dispatch(case: Case) -> Call:
    return _sent(case.lane.clerk, _verb(case, "dispatch"), unit=case.lane.branch.code)


def _invite(case: Case) -> Call:
    return _sent(case.lane.clerk, _verb(case, "invite"), people=case.member.code)


def _accept(case: Case) -> Call:
    return _sent(case.member, _verb(case, "accept"))


def _finish(case: Case) -> Call:
    return _sent(case.member, _verb(case, "finish"), result="换了一只灯泡，亮了")


def _rate(case: Case) -> Call:
    return _sent(case.resident, _verb(case, "rate"), level="5", solved="yes", words="谢谢")


def _detail(case: Case) -> Call:
    return Call(case.lane.clerk, _verb(case, "show"))


def _board(case: Case) -> Call:
    return Call(case.lane.clerk, reverse("orders:board"))


def _table(case: Case) -> Call:
    return Call(case.lane.office, reverse("orders:table"))


def _home(case: Case) -> Call:
    return Call(case.resident, reverse("portal:home"))


def _stations(_case: Case) -> Call:
    return Call(None, reverse("places:stations"))


def _receipt(case: Case) -> Call:
    return Call(None, reverse("orders:show", args=[case.receipt]))


def _floor(_case: Case) -> Call:
    return Call(None, reverse("portal:healthz"))


ACTS = (
    Act("place", "点单, signed in", _place, SENT, (12, 12)),
    Act("receipt", "progress page by receipt code, without login", _receipt),
    Act("detail", "a new order opened by the clerk, whole page", _detail),
    Act("dispatch", "派单 to a branch, htmx", _dispatch, SHOWN, (12, 12)),
    Act("invite", "发出邀请 to one of its members, htmx", _invite),
    Act("accept", "接单 by the invited member, htmx", _accept, SHOWN, (12, 12)),
    Act("finish", "办结, htmx", _finish, SHOWN, (12, 12)),
    Act("rate", "评单, htmx", _rate, SHOWN, (18, 20)),
    Act("board", "派单台 of a community", _board),
    Act("table", "list of a street, 50 rows", _table, SHOWN, (20, 8)),
    Act("home", "home page of a resident with an order", _home),
    Act("stations", "list and map of all stations, without login", _stations),
    Act("floor", "/healthz: the whole stack around SELECT 1", _floor),
)
