"""Another file takes over on a day: the old layer ends when the new one begins."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.places.conftest import TODAY, feature, geojson, sign_in, upload
from tests.places.test_add_layer import sent
from yizhan.base.verdict import Refused
from yizhan.places.coordinates import Point
from yizhan.places.models import Layer
from yizhan.places.operations import add_layer, replace_layer, retire_layer
from yizhan.places.queries import layers_on
from yizhan.places.shapes import Form, Shape

NEXT = date(2026, 12, 1)
OTHER = Shape("清姜河", Form.LINE, ((Point(34.30, 107.11), Point(34.35, 107.13)),))


@pytest.fixture
def layer(world: Any, keeper: SimpleNamespace, at: datetime) -> Layer:
    return add_layer(region=world.regions["610302"], upload=upload(), by=keeper.by, at=at)


def replaced(layer: Layer, by: Any, at: datetime, since: date = NEXT) -> Layer:
    return replace_layer(layer=layer, shapes=(OTHER,), source="新测", since=since, by=by, at=at)


def test_the_old_one_ends_when_the_new_one_begins(
    layer: Layer, keeper: SimpleNamespace, at: datetime
) -> None:
    fresh = replaced(layer, keeper.by, at)
    layer.refresh_from_db()
    assert (layer.until_date, fresh.since_date, fresh.name) == (NEXT, NEXT, "河流")
    assert [step.kind for step in layer.steps] == ["added", "replaced"]
    assert fresh.steps.get().facts["instead_of"] == layer.code
    assert [one.pk for one in layers_on(TODAY, reviewed=False)] == [layer.pk]
    assert [one.pk for one in layers_on(NEXT, reviewed=False)] == [fresh.pk]


def test_refused_late_twice_or_by_others(
    layer: Layer, world: Any, keeper: SimpleNamespace, at: datetime
) -> None:
    codes = []
    for by, since in ((keeper.by, TODAY), (keeper.by, date(2026, 11, 1)), (world.by.ma, NEXT)):
        with pytest.raises(Refused) as caught:
            replaced(layer, by, at, since)
        codes.append(caught.value.code)
    assert codes == ["bad_dates", "bad_dates", "not_yours"]
    retire_layer(layer=layer, until=NEXT, by=keeper.by, at=at)
    with pytest.raises(Refused) as caught:
        replaced(layer, keeper.by, at)
    assert caught.value.code == "ended"
    assert Layer.objects.count() == 1


def test_the_page(client: Client, layer: Layer, keeper: SimpleNamespace, world: Any) -> None:
    sign_in(client, keeper.person)
    address = reverse("places:replace_layer", args=[layer.code])
    wrong = client.post(address, sent(geojson(feature("Point", [200, 1])), since="2026-12-01"))
    assert (wrong.status_code, Layer.objects.count()) == (422, 1)
    assert "坐标不是经纬度" in wrong.content.decode()
    late = client.post(address, sent(since="2020-01-01"))
    assert (late.status_code, Layer.objects.count()) == (409, 1)
    assert "日期要从今天或以后开始" in late.content.decode()
    assert client.post(address, sent(since="2099-12-01")).status_code == 302
    assert Layer.objects.count() == 2
    assert client.post(address.replace(layer.code, "NOPE"), sent()).status_code == 404
    other = Client()
    sign_in(other, world.qian)
    assert other.post(address, sent(since="2099-12-01")).status_code == 404
