"""Finding stations: filters, what is open at a moment, and how far away."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby

from yizhan.base.actor import Actor
from yizhan.base.steps import Step
from yizhan.base.switches import runs
from yizhan.places.coordinates import Box, Point, metres_between
from yizhan.places.hours import Exceptional, Span, State, Weekly, state_of
from yizhan.places.models import (
    Audience,
    DatedException,
    Facility,
    FacilityKind,
    Layer,
    Station,
    StationQuerySet,
    WeeklySpan,
)
from yizhan.regions.queries import Street, own_streets

BELOW = ("estate", "river", "other", "road", "rail", "boundary")
ORDER = ("region__code", "is_centre", "code")
SPAN = ("station", "weekdays", "opens", "closes")
IN_A_LIST = (
    "code", "name", "type__name", "status", "calendar", "is_centre", "latitude", "longitude",
    "phone", "region__code", "region__name", "region__parent__name",
)  # fmt: skip


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
    stations = _fitting(wanted)
    rows = stations.in_full() if in_full else _with_faults(_briefly(stations), stations)
    found = (one for one in _seen(rows, at=at, here=wanted.here) if _fits(one, wanted))
    return sorted(found, key=lambda one: one.metres or 0) if wanted.here else list(found)


def _fitting(wanted: Wanted) -> StationQuerySet:
    stations = Station.objects.listed().order_by(*ORDER)
    for code in wanted.need:
        stations = stations.filter(
            facilities__in=Facility.objects.filter(kind__code=code, state=Facility.State.OK)
        )
    if wanted.who:
        stations = stations.filter(audiences__code=wanted.who)
    if wanted.region:
        stations = stations.filter(region__code__startswith=wanted.region)
    return stations.filter(is_centre=True) if wanted.centres else stations


def _briefly(stations: StationQuerySet) -> list[Station]:
    """The columns that a list shows, and the hours as plain values: three queries."""
    rows = list(stations.select_related("type", "region__parent").only(*IN_A_LIST))
    of_these = stations.order_by().values("pk")
    weekly: dict[int, list[Weekly]] = defaultdict(list)
    spans = WeeklySpan.objects.filter(station__in=of_these)
    for pk, weekdays, opens, closes in spans.values_list(*SPAN):
        weekly[pk].append(Weekly(weekdays, Span(opens, closes)))
    exceptions: dict[int, list[Exceptional]] = defaultdict(list)
    for one in DatedException.objects.filter(station__in=of_these):
        exceptions[one.station_id].append(one.as_exceptional())
    for row in rows:
        row.schedule = row.scheduled(weekly[row.pk], exceptions[row.pk])
    return rows


def _with_faults(rows: list[Station], stations: StationQuerySet) -> list[Station]:
    """Of their facilities only what is out of order, in one more query."""
    faults: dict[int, list[Facility]] = defaultdict(list)
    of_these = stations.order_by().values("pk")
    broken = Facility.objects.filter(state=Facility.State.FAULT, station__in=of_these)
    for one in broken.with_kinds():
        faults[one.station_id].append(one)
    for row in rows:
        row.shown_facilities = faults[row.pk]
    return rows


def _fits(one: Found, wanted: Wanted) -> bool:
    inside = wanted.area is None or wanted.area.holds(one.station.point)
    return inside and (one.state.is_open or not wanted.open_now)


def seen(station: Station, *, at: datetime, here: Point | None = None) -> Found:
    """One station at one moment, from one place."""
    return next(_seen([station], at=at, here=here))


def _seen(stations: Iterable[Station], *, at: datetime, here: Point | None) -> Iterator[Found]:
    """Each at this moment; many keep the same hours, which are then reckoned once."""
    state = cache(lambda schedule: state_of(schedule, at))
    for station in stations:
        metres = round(metres_between(here, station.point)) if here else None
        yield Found(station, state(station.schedule), metres)


def nearest(*, here: Point, at: datetime, open_now: bool = False) -> Found | None:
    """The nearest listed station or centre, if there is any."""
    return next(iter(find(Wanted(here=here, open_now=open_now), at=at)), None)


def first_shown(region_code: str, *, at: datetime) -> Found | None:
    """The station of a region to show first, with its facilities: the first that is open.

    Where the region has none listed, the first of the district. Four queries, at most seven.
    """
    near = _briefly(_fitting(Wanted(region=region_code)))
    rows = near if near or not region_code else _briefly(_fitting(Wanted()))
    found = list(_seen((one for one in rows if not one.is_centre), at=at, here=None))
    first = next((one for one in found if one.state.is_open), next(iter(found), None))
    if first:
        first.station.shown_facilities = list(first.station.facilities.present().with_kinds())
    return first


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
    stations = Station.objects.kept_by(by).order_by(*ORDER)
    return list(_seen(_with_faults(_briefly(stations), stations), at=at, here=None))


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
