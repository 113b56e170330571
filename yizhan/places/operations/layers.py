"""The layers of the map: uploaded, shown or hidden, replaced and retired by dates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.places import rules
from yizhan.places.coordinates import Point
from yizhan.places.geojson import Datum, read_geojson
from yizhan.places.models import Layer
from yizhan.places.shapes import Shape
from yizhan.reading.rules import NOTHING_KEPT, can_show, kept_facts
from yizhan.regions.models import Region

PACK = "数据包"


@dataclass(frozen=True, slots=True)
class Upload:
    """A layer as somebody hands it in: its shapes are read and checked."""

    name: str
    kind: str
    source: str
    shapes: tuple[Shape, ...]
    since: date


@transaction.atomic
def add_layer(
    *,
    region: Region,
    upload: Upload,
    kept: Mapping[str, str] = NOTHING_KEPT,
    by: Actor,
    at: datetime,
) -> Layer:
    """A new layer of the district's map, shown from a day on."""
    rules.can_add_layer(region.code, by).or_refuse()
    texts = [upload.name, upload.source]
    can_show(texts, kept).or_refuse()
    layer = _kept(region, upload)
    layer.begin("added", by=by, at=at, **_facts(layer), **kept_facts(texts, kept))
    return layer


@transaction.atomic
def replace_layer(
    *,
    layer: Layer,
    shapes: Sequence[Shape],
    source: str,
    since: date,
    kept: Mapping[str, str] = NOTHING_KEPT,
    by: Actor,
    at: datetime,
) -> Layer:
    """Another file under the same name from a day on. Returns the new layer; the old one ends."""
    layer = Layer.objects.lock(layer)
    rules.can_replace_layer(layer, by, since=since, today=localdate(at)).or_refuse()
    can_show([source], kept).or_refuse()
    fresh = _kept(layer.region, Upload(layer.name, layer.kind, source, tuple(shapes), since))
    facts = {**_facts(fresh), **kept_facts([source], kept)}
    fresh.begin("added", by=by, at=at, instead_of=layer.code, **facts)
    layer.until_date = since
    layer.note(
        "replaced", by=by, at=at, saving=("until_date",), until=since.isoformat(), then=fresh.code
    )
    return fresh


@transaction.atomic
def show_layer(*, layer: Layer, is_shown: bool, by: Actor, at: datetime) -> Layer:
    """Show a layer on the public map, or hide it until further notice."""
    layer = Layer.objects.lock(layer)
    rules.can_show_layer(layer, by).or_refuse()
    if layer.is_shown != is_shown:
        layer.is_shown = is_shown
        layer.note("shown" if is_shown else "hidden", by=by, at=at, saving=("is_shown",))
    return layer


@transaction.atomic
def retire_layer(*, layer: Layer, until: date, by: Actor, at: datetime) -> Layer:
    """The layer is not drawn any more from this day on. It stays in the list."""
    layer = Layer.objects.lock(layer)
    rules.can_retire_layer(layer, by, until=until, today=localdate(at)).or_refuse()
    layer.until_date = until
    layer.note("retired", by=by, at=at, saving=("until_date",), until=until.isoformat())
    return layer


@transaction.atomic
def load_layers(
    *, path: Path, region: Region, centre: Point, by: Actor, at: datetime
) -> list[Layer]:
    """The lines of a data pack, one layer for each kind. What is there already stays as it is.

    Raises `BadShapes` when the file is wrong; a pack without the file loads nothing.
    """
    rules.can_load_layers(by).or_refuse()
    if not path.exists():
        return []
    found = read_geojson(path.read_bytes(), datum=Datum.WGS84, centre=centre)
    there = set(Layer.objects.filter(from_pack=True, region=region).values_list("kind", flat=True))
    layers = []
    for kind in Layer.Kind:
        shapes = tuple(one.shape for one in found if one.kind == kind)
        if shapes and kind not in there:
            upload = Upload(kind.label, kind, PACK, shapes, localdate(at))
            layers.append(_kept(region, upload, from_pack=True))
            layers[-1].begin("loaded", by=by, at=at, **_facts(layers[-1]))
    return layers


def _kept(region: Region, upload: Upload, *, from_pack: bool = False) -> Layer:
    return Layer.objects.create(
        name=upload.name,
        kind=upload.kind,
        source=upload.source,
        region=region,
        shapes=[shape.as_row() for shape in upload.shapes],
        shape_count=len(upload.shapes),
        point_count=_points(upload.shapes),
        from_pack=from_pack,
        since_date=upload.since,
    )


def _points(shapes: Iterable[Shape]) -> int:
    return sum(shape.points for shape in shapes)


def _facts(layer: Layer) -> dict[str, Any]:
    return {
        "layer_kind": str(layer.kind),
        "shapes": layer.shape_count,
        "points": layer.point_count,
        "since": layer.since_date.isoformat(),
    }
