"""A layer is hidden and shown again; boundaries wait for the map-review number."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.places.conftest import TODAY, sign_in, upload
from yizhan.base.verdict import Refused
from yizhan.places.operations import add_layer, show_layer
from yizhan.places.queries import layers_on


def test_hidden_and_shown_again(world: Any, keeper: SimpleNamespace, at: datetime) -> None:
    layer = add_layer(region=world.regions["610302"], upload=upload(), by=keeper.by, at=at)
    hidden = show_layer(layer=layer, is_shown=False, by=keeper.by, at=at)
    assert layers_on(TODAY, reviewed=True) == []
    show_layer(layer=hidden, is_shown=False, by=keeper.by, at=at)
    shown = show_layer(layer=hidden, is_shown=True, by=keeper.by, at=at)
    assert [step.kind for step in shown.steps] == ["added", "hidden", "shown"]
    assert layers_on(TODAY, reviewed=False) == [layer]


def test_a_boundary_needs_a_map_review(world: Any, keeper: SimpleNamespace, at: datetime) -> None:
    given = upload(kind="boundary")
    layer = add_layer(region=world.regions["610302"], upload=given, by=keeper.by, at=at)
    assert layers_on(TODAY, reviewed=False) == []
    assert layers_on(TODAY, reviewed=True) == [layer]


def test_nobody_else(world: Any, keeper: SimpleNamespace, at: datetime) -> None:
    layer = add_layer(region=world.regions["610302"], upload=upload(), by=keeper.by, at=at)
    with pytest.raises(Refused) as caught:
        show_layer(layer=layer, is_shown=False, by=world.by.qian, at=at)
    assert caught.value.code == "not_yours"


def test_the_page(client: Client, world: Any, keeper: SimpleNamespace, at: datetime) -> None:
    layer = add_layer(region=world.regions["610302"], upload=upload(), by=keeper.by, at=at)
    address = reverse("places:show_layer", args=[layer.code])
    sign_in(client, keeper.person)
    assert client.post(address, {"is_shown": "?"}).status_code == 422
    assert client.post(address, {"is_shown": "0"}).status_code == 302
    layer.refresh_from_db()
    assert layer.is_shown is False
    assert 'class="river line"' not in Client().get(reverse("places:stations")).content.decode()
    assert "不显示" in client.get(reverse("places:layers")).content.decode()
    sign_in(client, world.ma)
    assert client.post(address, {"is_shown": "1"}).status_code == 404
