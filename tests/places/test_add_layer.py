"""A district's staff upload a layer; the map shows it the same day; nobody else may."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.places.conftest import feature, geojson, sign_in, upload
from yizhan.base.verdict import Refused
from yizhan.places.models import Layer
from yizhan.places.operations import add_layer

LINE = feature("LineString", [[107.10, 34.36], [107.15, 34.358], [107.20, 34.355]], name="渭河")
FIELDS = {
    "name": "河流",
    "kind": "river",
    "datum": "wgs84",
    "source": "区自然资源局",
    "since": "2026-11-22",
}


def sent(data: bytes = geojson(LINE), **given: str) -> dict[str, Any]:
    file = SimpleUploadedFile("lines.geojson", data, "application/geo+json")
    return FIELDS | given | {"file": file}


def test_keeps_the_shapes_and_says_so(world: Any, keeper: SimpleNamespace, at: datetime) -> None:
    region = world.regions["610302"]
    layer = add_layer(region=region, upload=upload(), by=keeper.by, at=at)
    assert (layer.name, layer.kind, layer.shape_count, layer.point_count) == ("河流", "river", 1, 2)
    assert (layer.is_shown, layer.until_date, layer.scope_code) == (True, None, "610302")
    (step,) = layer.steps
    assert (step.kind, step.facts["layer_kind"], step.facts["points"]) == ("added", "river", 2)
    assert layer.drawn.shapes[0].name == "渭河"


@pytest.mark.parametrize("who", ["qian", "ma", "zhou", "chen"])
def test_nobody_below_the_district(world: Any, at: datetime, who: str) -> None:
    with pytest.raises(Refused) as caught:
        add_layer(region=world.regions["610302"], upload=upload(), by=getattr(world.by, who), at=at)
    assert caught.value.code == "not_yours"
    assert not Layer.objects.exists()


def test_the_page_takes_a_file_and_the_map_shows_it(client: Client, keeper: Any) -> None:
    sign_in(client, keeper.person)
    answer = client.post(reverse("places:add_layer"), sent())
    assert answer.status_code == 302
    layer = Layer.objects.get()
    assert (layer.source, layer.from_pack) == ("区自然资源局", False)
    listed = client.get(reverse("places:layers")).content.decode()
    assert "显示中" in listed
    chosen = client.get(reverse("places:layers"), {"layer": layer.code}).content.decode()
    assert "<dd>区自然资源局</dd>" in chosen
    public = Client().get(reverse("places:stations")).content.decode()
    assert '<path class="river line"' in public


def test_what_is_shifted_is_put_back(client: Client, keeper: Any) -> None:
    sign_in(client, keeper.person)
    client.post(reverse("places:add_layer"), sent(datum="gcj02"))
    kept = Layer.objects.get().drawn.shapes[0].parts[0][0]
    assert kept.longitude == pytest.approx(107.0953, abs=3e-4)
    assert kept.latitude == pytest.approx(34.3613, abs=3e-4)


def test_every_bad_shape_is_named_and_nothing_is_kept(client: Client, keeper: Any) -> None:
    sign_in(client, keeper.person)
    bad = geojson(LINE, feature("LineString", [[107.1, 34.3]]), feature("Point", [34.36, 107.15]))
    answer = client.post(reverse("places:add_layer"), sent(bad))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "第 2 个图形：线至少要有两个点" in text
    assert "第 3 个图形：经度和纬度写反了，要经度在前" in text
    assert 'value="区自然资源局"' in text
    assert not Layer.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": ""}, "请给图层起个名字"),
        ({"source": ""}, "请写明数据从哪里来"),
        ({"since": ""}, "请选从哪天起用"),
        ({"data": b""}, "文件是空的"),
        ({"data": b" " * (2 * 2**20 + 1)}, "文件超过 2 MB"),
        ({"data": b"\xff\xfe"}, "文件不是 UTF-8 编码"),
    ],
)
def test_what_is_missing_is_said(
    client: Client, keeper: Any, given: dict[str, Any], said: str
) -> None:
    sign_in(client, keeper.person)
    answer = client.post(reverse("places:add_layer"), sent(**given))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    no_file = client.post(reverse("places:add_layer"), FIELDS)
    assert "请选一个 GeoJSON 文件" in no_file.content.decode()
    assert not Layer.objects.exists()


def test_others_find_no_such_page(client: Client, world: Any) -> None:
    sign_in(client, world.qian)
    assert client.get(reverse("places:layers")).status_code == 404
    assert client.post(reverse("places:add_layer"), sent()).status_code == 404
    assert not Layer.objects.exists()


def test_a_number_in_source_or_shape_is_not_published(client: Client, keeper: Any) -> None:
    sign_in(client, keeper.person)
    answer = client.post(reverse("places:add_layer"), sent(source="测绘员 13800001234"))
    assert answer.status_code == 422
    assert "别人会看到：<b>测绘员 138****1234</b>" in answer.content.decode()
    named = feature("LineString", [[107.1, 34.36], [107.2, 34.36]], name="陕C12345")
    answer = client.post(reverse("places:add_layer"), sent(geojson(named)))
    assert answer.status_code == 422
    assert "「陕C12345」里有车牌号" in answer.content.decode()
    assert not Layer.objects.exists()
