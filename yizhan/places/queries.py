"""Finding stations: filters, what is open at a moment, and how far away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from yizhan.base.actor import Actor
from yizhan.base.steps import Step
from yizhan.base.switches import runs
from yizhan.places.coordinates import Box, Point, metres_between
from yizhan.places.hours import State
from yizhan.places.models import Audience, Facility, FacilityKind, Layer, Station
from yizhan.regions.queries import Street, own_streets

BELOW = ("estate", "river", "other", "road", "rail", "boundary")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What someone looks for. `here` is where they are: used for this one answer, never kept.

    A page lists the first rows only, unless `every` is asked for.
    """

    need: tuple[str, ...] = ()
    who: str = ""
    region: str = ""
    open_now: bool = False
    centres: bool = False
    area: Box | None = None
    here: Point | None = None
    every: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A station with its answer for one moment and, when asked from somewhere, the distance."""

    station: Station
    state: State
    metres: int | None

    @property
    def distance(self) -> str:
        """As people read it: 320 米, 1.4 公里; empty when not known."""
        if self.metres is None:
            return ""
        if self.metres < 1000:
            return f"{round(self.metres, -1) or 10} 米"
        return f"{self.metres / 1000:.1f} 公里"

    @property
    def faults(self) -> list[Facility]:
        """Facilities that are there but out of order."""
        return [one for one in self.station.shown_facilities if one.is_faulty]


@dataclass(frozen=True, slots=True)
class Group:
    """A street or town, or everything by distance, with what was found there."""

    title: str
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer."""

    needs: tuple[FacilityKind, ...]
    audiences: tuple[Audience, ...]
    streets: tuple[Street, ...]


def find(wanted: Wanted, *, at: datetime, in_full: bool = False) -> list[Found]:
    """The listed stations that fit, nearest first when `here` is given, else in region order.

    Four queries however many there are, six with everything about them.
    """
    listed = Station.objects.listed().order_by("region__code", "is_centre", "code")
    stations = listed.in_full() if in_full else listed.in_brief()
    for code in wanted.need:
        stations = stations.filter(
            facilities__in=Facility.objects.filter(kind__code=code, state=Facility.State.OK)
        )
    if wanted.who:
        stations = stations.filter(audiences__code=wanted.who)
    if wanted.region:
        stations = stations.filter(region__code__startswith=wanted.region)
    if wanted.centres:
        stations = stations.filter(is_centre=True)
    found = [seen(station, at=at, here=wanted.here) for station in stations]
    fitting = [one for one in found if _fits(one, wanted)]
    return sorted(fitting, key=lambda one: one.metres or 0) if wanted.here else fitting


def _fits(one: Found, wanted: Wanted) -> bool:
    inside = wanted.area is None or wanted.area.holds(one.station.point)
    return inside and (one.state.is_open or not wanted.open_now)


def seen(station: Station, *, at: datetime, here: Point | None = None) -> Found:
    """One station at one moment, from one place."""
    metres = round(metres_between(here, station.point)) if here else None
    return Found(station, station.state_at(at), metres)


def nearest(*, here: Point, at: datetime, open_now: bool = False) -> Found | None:
    """The nearest listed station or centre, if there is any."""
    return next(iter(find(Wanted(here=here, open_now=open_now), at=at)), None)


def in_full(one: Found, *, at: datetime) -> Found:
    """The same station with all its facilities, services and audiences: six queries."""
    station = Station.objects.in_full().get(pk=one.station.pk)
    return Found(station, station.state_at(at), one.metres)


def in_community(code: str, *, at: datetime) -> list[Found]:
    """The listed stations and centres of one region, stations first."""
    return find(Wanted(region=code), at=at)


def grouped(found: Iterable[Found], streets: Sequence[Street], *, title: str = "") -> list[Group]:
    """For the list: one group under a title, or one for each street in code order."""
    if title:
        kept = tuple(found)
        return [Group(title, kept)] if kept else []
    names = {street.region.code: street.region.name for street in streets}
    return [
        Group(names.get(code, code), tuple(rows))
        for code, rows in groupby(found, key=lambda one: one.station.region.code[:9])
    ]


def filter_choices() -> Choices:
    """The words of the filters, in three queries."""
    return Choices(
        needs=tuple(FacilityKind.objects.current().filter(is_main=True)),
        audiences=tuple(Audience.objects.current()),
        streets=tuple(one for one in own_streets() if runs("places", one.region.code)),
    )


def kept_stations(by: Actor, *, at: datetime) -> list[Found]:
    """The stations a post looks after, planned and closed ones too, each with its state."""
    stations = Station.objects.kept_by(by).in_brief().order_by("region__code", "is_centre", "code")
    return [seen(station, at=at) for station in stations]


def recent_steps(station: Station, *, limit: int = 12) -> list[tuple[Step, str]]:
    """The last steps of a station and its facilities, newest first, each with its words."""
    facilities = {row.pk: row.kind.name for row in station.facilities.select_related("kind")}
    own = Step.objects.filter(subject_type=Station._meta.label_lower, subject_id=station.pk)
    theirs = Step.objects.filter(
        subject_type=Facility._meta.label_lower, subject_id__in=list(facilities)
    )
    steps = (own | theirs).order_by("-id")[:limit]
    return [(step, _words(step, facilities)) for step in steps]


def _words(step: Step, facilities: dict[int, str]) -> str:
    if step.subject_type == Facility._meta.label_lower:
        state = Facility.State(step.facts["to"]).label
        return f"查看{facilities[step.subject_id]}：{state}"
    return Station.STEPS[step.kind]


def layers_on(day: date, *, reviewed: bool) -> list[Layer]:
    """The layers that the public map shows on a day, in one query: what lies lowest comes first.

    Boundaries only with a map-review number.
    """
    shown = Layer.objects.on(day).filter(is_shown=True).defer("shapes")
    if not reviewed:
        shown = shown.exclude(kind=Layer.Kind.BOUNDARY)
    return sorted(shown, key=lambda layer: (BELOW.index(layer.kind), layer.pk))


def kept_layers(by: Actor) -> list[Layer]:
    """The layers a post looks after, ended ones too, the newest first."""
    return list(Layer.objects.kept_by(by).without_shapes().order_by("-since_date", "-pk"))


def layer_steps(layer: Layer) -> list[tuple[Step, str]]:
    """What happened to a layer, newest first, each step with its words."""
    return [(step, Layer.STEPS[step.kind]) for step in reversed(layer.steps)]
