"""A layer ends on a day, once, and stays in the list."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from tests.places.conftest import TODAY, sign_in, upload
from yizhan.base.verdict import Refused
from yizhan.places.models import Layer
from yizhan.places.operations import add_layer, retire_layer
from yizhan.places.queries import layers_on


@pytest.fixture
def layer(world: Any, keeper: SimpleNamespace, at: datetime) -> Layer:
    return add_layer(region=world.regions["610302"], upload=upload(), by=keeper.by, at=at)


def test_ends_on_the_day(layer: Layer, keeper: SimpleNamespace, at: datetime) -> None:
    ended = retire_layer(layer=layer, until=date(2026, 12, 1), by=keeper.by, at=at)
    assert layers_on(date(2026, 11, 30), reviewed=False) == [layer]
    assert layers_on(date(2026, 12, 1), reviewed=False) == []
    step = ended.steps.last()
    assert step is not None
    assert (step.kind, step.facts) == ("retired", {"until": "2026-12-01"})


def test_refused_in_the_past_twice_and_by_others(
    layer: Layer, world: Any, keeper: SimpleNamespace, at: datetime
) -> None:
    codes = []
    for by, until in ((keeper.by, date(2026, 11, 21)), (world.by.zhou, TODAY)):
        with pytest.raises(Refused) as caught:
            retire_layer(layer=layer, until=until, by=by, at=at)
        codes.append(caught.value.code)
    retire_layer(layer=layer, until=TODAY, by=keeper.by, at=at)
    with pytest.raises(Refused) as caught:
        retire_layer(layer=layer, until=TODAY, by=keeper.by, at=at)
    assert [*codes, caught.value.code] == ["bad_dates", "not_yours", "ended"]
    assert "已经定在 11月22日停用" in caught.value.reason


def test_the_page(client: Client, layer: Layer, keeper: SimpleNamespace, world: Any) -> None:
    address = reverse("places:retire_layer", args=[layer.code])
    sign_in(client, keeper.person)
    assert client.post(address, {"until": ""}).status_code == 422
    assert client.post(address, {"until": "2020-01-01"}).status_code == 409
    day = localdate() + timedelta(days=1)
    assert client.post(address, {"until": day.isoformat()}).status_code == 302
    assert client.post(address, {"until": day.isoformat()}).status_code == 409
    page = client.get(reverse("places:layers"), {"layer": layer.code}).content.decode()
    assert f"{day.year}年{day.month}月{day.day}日停用" in page
    assert "换一份" not in page
    sign_in(client, world.qian)
    assert client.post(address, {"until": day.isoformat()}).status_code == 404
