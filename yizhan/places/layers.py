"""What a district draws below its stations: rivers, railways, roads, its own outlines."""

from datetime import date
from functools import lru_cache
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from yizhan.base.actor import Actor
from yizhan.base.codes import public_code
from yizhan.base.flow import Recorded
from yizhan.places.shapes import Drawn, Shape
from yizhan.regions.models import Region


class LayerQuerySet(models.QuerySet["Layer"]):
    def lock(self, layer: "Layer") -> "Layer":
        """The layer again, its row locked until the transaction ends; its shapes stay behind."""
        return self.select_for_update(of=("self",)).without_shapes().get(pk=layer.pk)

    def on(self, day: date) -> Self:
        """Layers valid on this day."""
        return self.filter(since_date__lte=day).filter(Q(until_date=None) | Q(until_date__gt=day))

    def without_shapes(self) -> Self:
        """What a list needs; the shapes are large and are read when they are drawn."""
        return self.defer("shapes").select_related("region")

    def kept_by(self, by: Actor) -> Self:
        """Layers this post looks after: all of them, or those of its own area."""
        if by.may("system.settings"):
            return self.all()
        if by.may("places.keep") and by.area:
            return self.filter(region__code__startswith=by.area)
        return self.none()


class Layer(Recorded):
    """A named set of shapes of one kind, valid between dates (`until_date` is the day after).

    `shapes` are WGS-84 and never change: another file is another layer, which begins on the day the
    old one ends. `from_pack` marks what came with the district's data pack.
    """

    class Kind(models.TextChoices):
        RIVER = "river", "河流"
        RAIL = "rail", "铁路"
        ROAD = "road", "道路"
        BOUNDARY = "boundary", "界线"
        ESTATE = "estate", "小区、园区"
        OTHER = "other", "其他"

    STEPS: ClassVar[dict[str, str]] = {
        "added": "上传",
        "loaded": "随数据包导入",
        "replaced": "换成新的一份",
        "retired": "停用",
        "shown": "改为显示",
        "hidden": "改为不显示",
    }

    code = models.CharField(max_length=10, unique=True, default=public_code)
    name = models.CharField(max_length=30)
    kind = models.CharField(max_length=10, choices=Kind)
    source = models.CharField(max_length=120)
    region = models.ForeignKey(Region, models.PROTECT, related_name="layers")
    shapes = models.JSONField()
    shape_count = models.PositiveIntegerField()
    point_count = models.PositiveIntegerField()
    is_shown = models.BooleanField(default=True)
    from_pack = models.BooleanField(default=False)
    since_date = models.DateField()
    until_date = models.DateField(null=True)

    objects = LayerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gte=models.F("since_date")),
                name="layer_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its place in the list, with its preview."""
        return f"{reverse('places:layers')}?layer={self.code}"

    @property
    def scope_code(self) -> str:
        return self.region.code

    @property
    def drawn(self) -> Drawn:
        """Ready to be drawn; read once, because shapes never change."""
        return _drawn(self.code, self.kind)


@lru_cache(maxsize=64)
def _drawn(code: str, kind: str) -> Drawn:
    (rows,) = Layer.objects.filter(code=code).values_list("shapes", flat=True)
    return Drawn.of(kind, [Shape.from_row(row) for row in rows])
