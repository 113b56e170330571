"""The JSON shapes of orders: what comes in, what goes out."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from yizhan.orders.models import Order

NO_NUL = r"^[^\x00]*$"
Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=2, max_length=1000, pattern=NO_NUL)
]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_\-]{1,40}$")]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60, pattern=NO_NUL)]
Brief = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=30, pattern=NO_NUL)
]
Phone = Annotated[str, StringConstraints(pattern=r"^(|1[3-9]\d{9}|0\d{9,11}|\d{7,8})$")]


class RefusalOut(Schema):
    """Why an act was refused: a stable code and a Chinese sentence."""

    code: str
    reason: str


class ProblemOut(Schema):
    """What was wrong with the request itself."""

    detail: object


class PlaceIn(Schema):
    """A new order; `category`, `region`, `station` are codes. Without a category staff choose."""

    words: Words
    category: Code | None = None
    region: Code | None = None
    station: Code | None = None
    place: Short = ""
    contact_name: Short = ""
    contact_phone: Phone = ""


class EnterIn(PlaceIn):
    """An order written down by staff."""

    source: Literal["walk_in", "caller"]


class CallBackIn(Schema):
    """A wish to be called back."""

    phone: Annotated[str, StringConstraints(pattern=r"^(1[3-9]\d{9}|0\d{9,11}|\d{7,8})$")]
    region: Code
    name: Short = ""


class WordsIn(Schema):
    """The words that go with an act: a question, an answer, a reason, a result."""

    words: Words


class SendBackIn(WordsIn):
    """Why an order goes back: the code of a reason, and words."""

    cause: Literal[
        "not_our_duty", "not_on_list", "no_capacity", "unclear", "elsewhere", "other"
    ] = "other"


class ContactIn(Schema):
    """How the person was reached."""

    how: Literal["phone", "visit"]


class ExtensionIn(WordsIn):
    """How many more working days, and why."""

    days: int = Field(ge=1, le=5)


class OptionalWordsIn(Schema):
    """Words that may be left out."""

    words: Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)] = ""


class AmendIn(Schema):
    """A corrected category, with the version of the order that the editor saw.

    `kept` names each piece of personal data that is to stay in the brief, with the code of the
    reason; without it such a brief is refused.
    """

    category: Code
    brief: Brief
    kept: dict[Brief, Code] = Field(default={}, max_length=10)
    level: Literal["", "urgent", "normal", "complex"] = ""
    version: int = Field(ge=1, le=2**31 - 1)


class DispatchIn(Schema):
    """The unit that becomes responsible; `pool` lets its people claim the order."""

    unit: Code
    pool: bool = True


class InviteIn(Schema):
    """The persons asked to take the order."""

    people: list[Code] = Field(min_length=1, max_length=10)


class HandOverIn(Schema):
    """The colleague asked to take the order over."""

    to: Code


class RateIn(Schema):
    """Level 5 to 1 (非常满意 to 非常不满意) and whether it was solved."""

    level: int = Field(ge=1, le=5)
    solved: Literal["yes", "partly", "no"]
    words: Annotated[str, StringConstraints(max_length=1000, pattern=NO_NUL)] = ""


class OrderOut(Schema):
    """An order as those may read it who see it: no telephone number, no door number."""

    code: str
    version: int
    state: str
    state_name: str
    source: str
    category: str
    region: str
    station: str | None
    unit: str | None
    words: str
    placed_at: datetime
    arrange_by: datetime
    finish_by: datetime
    finished_at: datetime | None
    may: list[str]
    data: str | None = None


class PlacedOut(OrderOut):
    """An order just placed, with the receipt code that opens it without an account."""

    receipt: str


class OfferOut(Schema):
    """What a person may know of an order before accepting it."""

    code: str
    brief: str
    rough_area: str
    skill: str
    finish_by: datetime
    invited: bool
    data: str | None = None


def order_values(order: Order, may: list[str], mark: str | None) -> dict[str, object]:
    """The values of `OrderOut`; `may` names the acts allowed now, `mark` says if it is a demo."""
    return {
        "code": order.code,
        "version": order.version,
        "state": order.state,
        "state_name": order.get_state_display(),
        "source": order.source,
        "category": order.category.code,
        "region": order.region_code,
        "station": order.station.code if order.station else None,
        "unit": order.unit.code if order.unit else None,
        "words": order.words.open() if order.words else "",
        "placed_at": order.placed_at,
        "arrange_by": order.arrange_by,
        "finish_by": order.finish_by,
        "finished_at": order.finished_at,
        "may": may,
        "data": mark,
    }


def offer_values(order: Order, mark: str | None, *, invited: bool) -> dict[str, object]:
    """The values of `OfferOut`."""
    return {
        "code": order.code,
        "brief": order.brief,
        "rough_area": order.rough_area,
        "skill": order.category.skill,
        "finish_by": order.finish_by,
        "invited": invited,
        "data": mark,
    }
