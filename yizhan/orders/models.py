"""Orders, the invitations to take them, and their photos."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from yizhan.base import crypto
from yizhan.base.actor import Actor
from yizhan.base.codes import public_code
from yizhan.base.files import StoredFile
from yizhan.base.flow import Flow, Flowing
from yizhan.base.sealed import SealedText
from yizhan.base.switches import where_on
from yizhan.orders.behalf import represented
from yizhan.orders.invitations import Invitation as Invitation
from yizhan.orders.saved import SavedFilter as SavedFilter
from yizhan.orders.states import FLOW, OPEN, STEPS, TONES, Level, Source, State
from yizhan.people.models import Person, Unit
from yizhan.places.models import Station
from yizhan.regions.models import Region
from yizhan.routing.models import Category

RECEIPT = "order.receipt"
CONTACT = "order.contact_phone"
VISITOR_DAYS = 7
ERASED = "内容已按本人申请删除"


class OrderQuerySet(models.QuerySet["Order"]):
    def lock(self, order: "Order") -> "Order":
        """The row, locked, with what every rule reads."""
        return self.with_names().select_for_update(of=("self",)).get(pk=order.pk)

    def lock_with_main(self, order: "Order") -> "Order":
        """The same, after the order it was merged into: a main order is locked before others."""
        list(self.filter(folded=order).select_for_update(of=("self",)).values_list("pk"))
        return self.lock(order)

    def with_names(self) -> Self:
        """With the rows whose names every page shows."""
        return self.select_related("category", "region", "station", "unit", "handler")

    def of_receipt(self, code: str) -> "Order | None":
        """The order with this receipt code."""
        found = self.switched_on().filter(receipt_index=crypto.index(code, use=RECEIPT))
        return found.with_names().first()

    def switched_on(self) -> Self:
        """The orders of regions where orders are on; elsewhere they are kept, and not shown."""
        return self.filter(where_on("orders", "region_code"))

    def older_than(self, code: str) -> Self:
        """Those of this set that came before the one with this code; all for any other code."""
        last = self.filter(code=code).values_list("pk", flat=True).first() if code else None
        return self if last is None else self.filter(pk__lt=last)

    def visible_to(self, by: Actor, at: datetime) -> Self:
        """The orders whose page this actor may open now. Nobody else learns that they exist."""
        if by.on_behalf_of is not None:
            return self.switched_on().filter(represented(by))
        seen = Q(pk__in=[])
        if by.receipt_of and by.receipt_of[0] == "orders.order":
            seen |= Q(pk=by.receipt_of[1])
        if by.person_id:
            recent = Q(finished_at=None) | Q(finished_at__gt=at - timedelta(days=VISITOR_DAYS))
            seen |= Q(author=by.person_id) | (Q(handler=by.person_id) & recent)
            if by.may("orders.enter"):
                seen |= Q(entered_by=by.person_id)
        if by.may("orders.read") and by.area:
            seen |= Q(region_code__startswith=by.area)
        if by.may("orders.read_open") and by.area:
            seen |= Q(region_code__startswith=by.area, state__in=OPEN)
        if by.may("orders.read") and by.unit_path:
            seen |= Q(unit__path__startswith=by.unit_path)
        return self.switched_on().filter(seen)

    def offered_to(self, by: Actor) -> Self:
        """Orders this person may take: invited, asked to take over, or in the pool of the unit."""
        if not by.person_id or not by.may("orders.accept"):
            return self.none()
        invited = Q(
            invitations__person=by.person_id,
            invitations__round=models.F("round"),
            invitations__state=Invitation.State.SENT,
            state__in=[State.DISPATCHED, State.ACCEPTED],
        )
        units = [*ancestors(by.unit_path), by.unit_id or 0]
        pool = Q(state=State.DISPATCHED, pool=True, unit__in=units)
        declined = Invitation.objects.filter(
            order=models.OuterRef("pk"),
            round=models.OuterRef("round"),
            person=by.person_id,
            state=Invitation.State.DECLINED,
        )
        open_to_me = self.switched_on().filter(invited | pool).exclude(models.Exists(declined))
        return open_to_me.exclude(author=by.person_id).distinct()

    def known_to(self, by: Actor) -> Self:
        """Orders whose offer this person may read, even when somebody else was quicker."""
        if not by.person_id or not by.may("orders.accept"):
            return self.none()
        pool = Q(pool=True, unit__in=[*ancestors(by.unit_path), by.unit_id or 0])
        known = pool | Q(invitations__person=by.person_id)
        return self.switched_on().filter(known).distinct()

    def open(self) -> Self:
        """Not yet finished."""
        return self.filter(state__in=OPEN)

    def on_board(self) -> Self:
        """What the board shows: to be worked on, or waiting for the resident's rating."""
        return self.filter(state__in=[*OPEN, State.FINISHED]).exclude(state=State.PENDING)


def ancestors(path: str) -> list[int]:
    """The ids in a unit path: the unit and everything above it."""
    return [int(part) for part in path.split(".") if part]


class Order(Flowing):
    """A resident's wish, given to a unit, taken by a person, and rated by who asked.

    The words, the place and the contact are sealed. `brief` and the rough area are all that an
    invited person reads before accepting. `arrange_by` and `finish_by` are the promises made at
    the moment of placing; they stay as they were given. `round` counts reopenings from 1.
    `at_street`: the community has passed it up. `returned_by`: codes of the units that sent it
    back in this round. `appointed`: a ruling named the unit, which may not return it. `held_from`:
    where it stood before it was set aside or merged into `main`; `joined`: how many were merged
    into this one. A merged order is finished when its main is.
    """

    FLOW: ClassVar[Flow] = FLOW
    STEPS: ClassVar[dict[str, str]] = STEPS

    code = models.CharField(max_length=10, unique=True, default=public_code)
    state = models.CharField(max_length=12, choices=State, default=State.PLACED)
    source = models.CharField(max_length=12, choices=Source)
    category = models.ForeignKey(Category, models.PROTECT)
    brief = models.CharField(max_length=30)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=12)
    station = models.ForeignKey(Station, models.PROTECT, null=True, related_name="orders")
    author = models.ForeignKey(Person, models.PROTECT, null=True, related_name="orders")
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    contact_name = SealedText(use="order.contact_name")
    contact_phone = SealedText(use=CONTACT)
    words = SealedText(use="order.words")
    place = SealedText(use="order.place")
    receipt = SealedText(use=RECEIPT, null=False)
    receipt_index = models.BinaryField(max_length=32, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    pool = models.BooleanField(default=False)
    handler = models.ForeignKey(Person, models.PROTECT, null=True, related_name="handled_orders")
    door_word = models.CharField(max_length=4, blank=True)
    asked_from = models.CharField(max_length=12, blank=True, choices=State)
    round = models.PositiveSmallIntegerField(default=1)
    level = models.CharField(
        max_length=8, choices=Level, default=Level.NORMAL, db_default=Level.NORMAL
    )
    at_street = models.BooleanField(default=False, db_default=False)
    returned_by = models.JSONField(default=list, db_default=[])
    appointed = models.BooleanField(default=False, db_default=False)
    held_from = models.CharField(max_length=12, blank=True, choices=State, db_default="")
    main = models.ForeignKey("self", models.PROTECT, null=True, related_name="folded")
    joined = models.PositiveSmallIntegerField(default=0, db_default=0)
    placed_at = models.DateTimeField()
    arrange_by = models.DateTimeField()
    finish_by = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["-id"],
                name="order_on_board",
                condition=~Q(state__in=["rated", "withdrawn", "turned_away"]),
            ),
            models.Index(
                fields=["region_code", "-id"],
                name="order_area_on_board",
                opclasses=["varchar_pattern_ops", "int8_ops"],
                condition=~Q(state__in=["rated", "withdrawn", "turned_away"]),
            ),
            models.Index(fields=["unit", "-id"], name="order_unit_queue"),
            models.Index(fields=["author", "-id"], name="order_author"),
            models.Index(fields=["handler", "-id"], name="order_handler"),
            models.Index(fields=["main"], name="order_main", condition=Q(main__isnull=False)),
            models.Index(fields=["placed_at"], name="order_placed"),
            models.Index(fields=["finished_at"], name="order_finished"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "finished"]) | Q(handler__isnull=False),
                name="order_taken_has_handler",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["dispatched", "accepted"]) | Q(unit__isnull=False),
                name="order_dispatched_has_unit",
            ),
            models.CheckConstraint(
                condition=~Q(state="asking") | ~Q(asked_from=""), name="order_asking_knows_whence"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["pending", "merged"]) | ~Q(held_from=""),
                name="order_held_knows_whence",
            ),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(main__isnull=False), name="order_merged_has_main"
            ),
        ]

    def __str__(self) -> str:
        return f"order {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("orders:show", args=[self.code])

    @property
    def summary(self) -> str:
        """The first line of the words, at most 30 characters; for those in scope only."""
        text = self.words.open() if self.words else ERASED
        line = text.strip().split("\n", 1)[0]
        return line if len(line) <= 30 else f"{line[:29]}…"

    @property
    def waits_at(self) -> State:
        """Where it waits to be dispatched: in the community, or at the street it was passed to."""
        return State.ESCALATED if self.at_street else State.RECEIVED

    @property
    def tone(self) -> str:
        """The tone of the tag that names the state."""
        return TONES.get(State(self.state), "plain")

    @property
    def rough_area(self) -> str:
        """Where, as far as an invited person may know: the station or the community."""
        place = self.station.name if self.station else self.region.short_name
        return f"{place.removesuffix('社区')}一带"

    @property
    def receipt_code(self) -> str:
        """The secret code that opens the progress page without an account."""
        code: str = self.receipt.open()
        return code


class Photo(models.Model):
    """One picture that came with an order: re-encoded, without position or device."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="photos")
    file = models.OneToOneField(StoredFile, models.PROTECT)

    def __str__(self) -> str:
        return f"photo {self.pk} of {self.order}"
