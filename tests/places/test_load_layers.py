"""What comes with a data pack: one layer for each kind, loaded once, never over the staff's."""

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings

from tests.places.conftest import TODAY, feature, geojson
from yizhan.base.actor import CLOCK
from yizhan.base.verdict import Refused
from yizhan.places.coordinates import Point
from yizhan.places.geojson import BadShapes
from yizhan.places.models import Layer
from yizhan.places.operations import load_layers, retire_layer

CENTRE = Point(34.362, 107.15)
LINES = settings.PACKS / "610302" / "lines.geojson"


def load(world: Any, at: datetime, path: Path = LINES, by: Any = CLOCK) -> list[Layer]:
    return load_layers(path=path, region=world.regions["610302"], centre=CENTRE, by=by, at=at)


def test_rivers_railways_and_roads_of_the_pack(world: Any, at: datetime) -> None:
    loaded = {layer.kind: layer for layer in load(world, at)}
    assert set(loaded) == {"river", "rail", "road"}
    assert {shape.name for shape in loaded["river"].drawn.shapes} >= {"渭河", "清姜河", "金陵河"}
    assert loaded["rail"].drawn.shapes[0].name == "陇海铁路"
    assert [step.kind for step in loaded["road"].steps] == ["loaded"]
    assert load(world, at) == []


def test_what_staff_ended_does_not_come_back(
    world: Any, keeper: SimpleNamespace, at: datetime
) -> None:
    for layer in load(world, at):
        retire_layer(layer=layer, until=TODAY, by=keeper.by, at=at)
    assert load(world, at) == []
    assert not Layer.objects.on(TODAY).exists()


def test_no_file_a_bad_file_and_nobody_else(world: Any, at: datetime, tmp_path: Path) -> None:
    assert load(world, at, tmp_path / "none.geojson") == []
    bad = tmp_path / "bad.geojson"
    bad.write_bytes(geojson(feature("Point", [0, 0])))
    with pytest.raises(BadShapes, match="离本区超过 200 公里"):
        load(world, at, bad)
    with pytest.raises(Refused):
        load(world, at, by=world.by.qian)
    assert not Layer.objects.exists()
