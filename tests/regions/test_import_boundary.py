"""The outline of a region from GeoJSON."""

from datetime import date, datetime
from typing import Any

import pytest
from django.conf import settings

from yizhan.base.actor import CLOCK
from yizhan.base.verdict import Refused
from yizhan.regions.models import Boundary, Region
from yizhan.regions.operations import import_boundary

pytestmark = pytest.mark.django_db
SQUARE = [[[107.0, 34.0], [107.1, 34.0], [107.1, 34.1], [107.0, 34.0]]]


@pytest.fixture
def region() -> Region:
    return Region.objects.create(
        code="999901", name="试验区", kind="district", valid_from=date(2026, 1, 1)
    )


def load(region: Region, geojson: dict[str, Any], at: datetime) -> Boundary:
    return import_boundary(source=geojson, region_code=region.code, by=CLOCK, at=at)


@pytest.mark.parametrize(
    "shape",
    [
        {"type": "Polygon", "coordinates": SQUARE},
        {"type": "MultiPolygon", "coordinates": [SQUARE]},
    ],
)
def test_one_polygon_however_it_is_wrapped(
    region: Region, at: datetime, shape: dict[str, Any]
) -> None:
    feature = {"type": "Feature", "geometry": shape, "properties": {}}
    for document in (shape, feature, {"type": "FeatureCollection", "features": [feature]}):
        assert load(region, document, at).rings == SQUARE
    assert Boundary.objects.filter(region=region).count() == 1


@pytest.mark.parametrize(
    "shape",
    [
        {"type": "Point", "coordinates": [107.0, 34.0]},
        {"type": "Polygon", "coordinates": [SQUARE[0][:3]]},
        {"type": "Polygon", "coordinates": [[*SQUARE[0][:3], [34.0, 107.0]]]},
    ],
)
def test_refuses_what_is_not_an_outline(
    region: Region, at: datetime, shape: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as caught:
        load(region, shape, at)
    assert caught.value.code == "bad_outline"


def test_the_outline_of_the_pack(at: datetime) -> None:
    Region.objects.filter(code="610302").update(valid_to=date(2026, 1, 1))
    region = Region.objects.create(
        code="610302", name="渭滨区", kind="district", valid_from=date(2026, 1, 1)
    )
    source = settings.PACKS / "610302" / "boundary.geojson"
    boundary = import_boundary(source=source, by=CLOCK, at=at)
    assert boundary.region == region
    assert len(boundary.rings[0]) > 70


def test_without_the_region(at: datetime) -> None:
    shape = {"type": "Polygon", "coordinates": SQUARE}
    with pytest.raises(Refused) as caught:
        import_boundary(source=shape, region_code="000000", by=CLOCK, at=at)
    assert caught.value.code == "no_region"
