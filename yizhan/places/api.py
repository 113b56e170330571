"""Stations as open data: list with filters, one station, and GeoJSON (RFC 7946)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.timezone import now
from ninja import Field, Query, Router, Schema

from yizhan.base.web import Request
from yizhan.places import queries
from yizhan.places.coordinates import Point
from yizhan.places.models import Facility, Station
from yizhan.places.queries import Found, Wanted

router = Router(tags=["stations"])
DEMO_MARK = "演示数据"


class StationFilter(Schema):
    """What to look for. `lat` and `lon` (WGS-84) sort by distance and are not kept."""

    need: list[str] = Field(default_factory=list, description="codes of working facilities")
    who: str = Field("", max_length=30, description="code of an audience")
    region: str = Field("", pattern=r"^\d{0,12}$", description="a code or the beginning of one")
    open: bool = Field(default=False, description="only what is open now")
    centre: bool = Field(default=False, description="only party-mass service centres")
    lat: float | None = Field(None, ge=-90, le=90)
    lon: float | None = Field(None, ge=-180, le=180)

    def wanted(self) -> Wanted:
        """The same question as the page asks."""
        here = None
        if self.lat is not None and self.lon is not None:
            here = Point(self.lat, self.lon)
        return Wanted(
            need=tuple(self.need),
            who=self.who,
            region=self.region,
            open_now=self.open,
            centres=self.centre,
            here=here,
        )


class Problem(Schema):
    """What was wrong with the question."""

    detail: object


class FacilityOut(Schema):
    """One kind of facility in a station."""

    code: str
    name: str
    quantity: int
    state: str
    hours_note: str
    checked_at: datetime | None


class StationOut(Schema):
    """A station or centre at the moment of the answer."""

    code: str
    name: str
    type: str
    type_name: str
    build: str
    status: str
    is_centre: bool
    region_code: str
    region_name: str
    address: str
    indoor_note: str
    latitude: float
    longitude: float
    area_m2: int | None
    phone: str
    partners: str
    tenants: str
    services: list[str]
    audiences: list[str]
    calendar: str
    facilities: list[FacilityOut]
    is_open: bool
    until: datetime | None
    opens_at: datetime | None
    closed_reason: str
    provisional: bool
    metres: int | None
    url: str
    is_demo: bool


class StationList(Schema):
    """The stations that fit; `data` says 演示数据 when they are invented."""

    count: int
    stations: list[StationOut]
    data: str | None = None


class OneStation(Schema):
    """One station."""

    station: StationOut
    data: str | None = None


class Geometry(Schema):
    """A point: longitude, latitude, WGS-84."""

    type: str = "Point"
    coordinates: tuple[float, float]


class Feature(Schema):
    """A station as a GeoJSON feature."""

    type: str = "Feature"
    id: str
    geometry: Geometry
    properties: dict[str, Any]


class FeatureCollection(Schema):
    """Stations as GeoJSON."""

    type: str = "FeatureCollection"
    features: list[Feature]
    data: str | None = None


def _mark() -> str | None:
    return DEMO_MARK if settings.DEMO else None


def _facility(row: Facility) -> FacilityOut:
    return FacilityOut(
        code=row.kind.code,
        name=row.kind.name,
        quantity=row.quantity,
        state=row.state,
        hours_note=row.hours_note,
        checked_at=row.checked_at,
    )


def _station(one: Found, request: HttpRequest) -> StationOut:
    row = one.station
    return StationOut(
        code=row.code,
        name=row.name,
        type=row.type.code,
        type_name=row.type.name,
        build=row.build,
        status=row.status,
        is_centre=row.is_centre,
        region_code=row.region.code,
        region_name=row.region.short_name,
        address=row.address,
        indoor_note=row.indoor_note,
        latitude=row.latitude,
        longitude=row.longitude,
        area_m2=row.area_m2,
        phone=row.phone,
        partners=row.partners,
        tenants=row.tenants,
        services=[term.code for term in row.services.all()],
        audiences=[term.code for term in row.audiences.all()],
        calendar=row.calendar,
        facilities=[_facility(facility) for facility in row.shown_facilities],
        is_open=one.state.is_open,
        until=one.state.until,
        opens_at=one.state.opens_at,
        closed_reason=one.state.reason,
        provisional=one.state.provisional,
        metres=one.metres,
        url=request.build_absolute_uri(row.get_absolute_url()),
        is_demo=row.is_demo,
    )


@router.get(
    "/stations", auth=None, response={200: StationList, 422: Problem}, operation_id="list_stations"
)
def list_stations(request: HttpRequest, wanted: Query[StationFilter]) -> StationList:
    """The stations that fit, nearest first when a position is given, else in region order."""
    found = queries.find(wanted.wanted(), at=now(), in_full=True)
    return StationList(
        count=len(found), stations=[_station(one, request) for one in found], data=_mark()
    )


@router.get(
    "/stations.geojson",
    auth=None,
    response={200: FeatureCollection, 422: Problem},
    operation_id="stations_geojson",
)
def stations_geojson(request: HttpRequest, wanted: Query[StationFilter]) -> FeatureCollection:
    """The same stations as GeoJSON, coordinates in WGS-84."""
    features = []
    for one in queries.find(wanted.wanted(), at=now(), in_full=True):
        properties = _station(one, request).model_dump(mode="json")
        place = (properties.pop("longitude"), properties.pop("latitude"))
        geometry = Geometry(coordinates=place)
        features.append(Feature(id=one.station.code, geometry=geometry, properties=properties))
    return FeatureCollection(features=features, data=_mark())


@router.get(
    "/stations/{code}",
    auth=None,
    response={200: OneStation, 404: Problem},
    operation_id="show_station",
)
def show_station(request: Request, code: str) -> OneStation:
    """One station by the code on its door."""
    rows = Station.objects.visible_to(request.actor).in_full().filter(code=code.upper())
    station = rows.first()
    if station is None:
        raise Http404("no such station")
    return OneStation(station=_station(queries.seen(station, at=now()), request), data=_mark())
