"""What people type about stations, turned into values."""

from typing import Any

from django import forms

from yizhan.places.coordinates import Box, Point
from yizhan.places.geojson import MOST_BYTES, BadShapes, Datum, read_geojson
from yizhan.places.models import Facility, Layer
from yizhan.places.operations.layers import Upload
from yizhan.places.queries import Choices, Wanted
from yizhan.reading.forms import PublicForm, PublicText
from yizhan.reading.personal import find

POLES = 85
Ticks = forms.CheckboxSelectMultiple
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SearchForm(forms.Form):
    """What someone looks for. The position serves this one request and is never kept."""

    need = forms.MultipleChoiceField(label="要有什么", required=False, widget=Ticks)
    open = forms.BooleanField(label="只看现在开着的", required=False)
    who = forms.ChoiceField(label="为谁开", required=False)
    region = forms.ChoiceField(label="哪个社区", required=False)
    centre = forms.BooleanField(label="只看党群服务中心", required=False)
    all = forms.BooleanField(required=False, widget=forms.HiddenInput)
    lat = forms.FloatField(min_value=-90, max_value=90, required=False, widget=forms.HiddenInput)
    lon = forms.FloatField(min_value=-180, max_value=180, required=False, widget=forms.HiddenInput)
    area = forms.RegexField(
        r"^-?\d{1,3}(\.\d+)?(,-?\d{1,3}(\.\d+)?){3}$", required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        streets: list[Any] = [("", "全区")]
        for street in choices.streets:
            own = [(one.code, one.short_name) for one in street.communities]
            name = street.region.name
            streets.append((name, [(street.region.code, f"{name}全部"), *own]))
        self._choose("need", [(kind.code, kind.name) for kind in choices.needs])
        self._choose("who", [("", "不限"), *((one.code, one.name) for one in choices.audiences)])
        self._choose("region", streets)

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def wanted(self) -> Wanted:
        """What is looked for; values that make no sense count as not given."""
        self.is_valid()
        kept = self.cleaned_data
        lat, lon = kept.get("lat"), kept.get("lon")
        here = Point(lat, lon) if lat is not None and lon is not None else None
        return Wanted(
            need=tuple(kept.get("need", ())),
            who=kept.get("who", ""),
            region=kept.get("region", ""),
            open_now=kept.get("open", False),
            centres=kept.get("centre", False),
            area=_area(kept.get("area", "")),
            here=here,
            every=kept.get("all", False),
        )


def _area(typed: str) -> Box | None:
    """The box of the address, unless there is no such piece of the earth."""
    if not typed:
        return None
    box = Box(*(float(edge) for edge in typed.split(",")))
    lies = -180 <= box.west < box.east <= 180 and -POLES <= box.south < box.north <= POLES
    return box if lies else None


class CheckForm(forms.Form):
    """One facility as it was found."""

    facility = forms.CharField()
    state = forms.ChoiceField(choices=Facility.State.choices)
    version = forms.IntegerField(min_value=1)


class CloseForm(PublicForm):
    """Days on which a station stays closed, and why."""

    first = forms.DateField(
        label="从哪天起", widget=DATE, error_messages={"required": "请选从哪天起关闭"}
    )
    last = forms.DateField(
        label="到哪天为止",
        widget=DATE,
        error_messages={"required": "请选到哪天为止，只关一天就选同一天"},
    )
    reason = PublicText(
        label="为什么",
        max_length=60,
        help_text="所有人都看得到，如：停水检修",
        error_messages={"required": "请写明原因，来的人会看到"},
    )


class ReopenForm(forms.Form):
    """The closing that ends early."""

    closing = forms.IntegerField(min_value=1)


class EditForm(PublicForm):
    """What the keeper may change. `version` is the one the page showed."""

    phone = forms.CharField(label="电话", max_length=20, required=False)
    indoor_note = PublicText(
        label="室内位置", max_length=120, required=False, help_text="如：一层大厅左手边"
    )
    partners = PublicText(label="共建单位", max_length=300, required=False)
    tenants = PublicText(
        label="入驻商户", max_length=200, required=False, help_text="只写名称，不写价格和优惠"
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


DATUMS = (
    (Datum.WGS84, "WGS-84、CGCS2000（天地图、GPS）"),
    (Datum.GCJ02, "GCJ-02（高德、腾讯地图上画的）"),
    (Datum.BD09, "BD-09（百度地图上画的）"),
)


class ShapesForm(PublicForm):
    """A GeoJSON file, on what map it was drawn, and from when it holds."""

    file = forms.FileField(
        label="GeoJSON 文件",
        required=False,
        help_text="线、面、点都可以，不超过 2 MB",
        widget=forms.FileInput(attrs={"class": "in", "accept": ".geojson,.json"}),
        error_messages={"empty": "文件是空的"},
    )
    datum = forms.ChoiceField(label="用什么坐标画的", choices=DATUMS)
    source = PublicText(
        label="数据从哪里来",
        max_length=120,
        help_text="如：区自然资源局，2026 年",
        error_messages={"required": "请写明数据从哪里来"},
    )
    since = forms.DateField(
        label="从哪天起用", widget=DATE, error_messages={"required": "请选从哪天起用"}
    )

    def __init__(self, *args: Any, centre: Point | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.centre = centre

    def clean(self) -> dict[str, Any]:
        """Read the file; every shape that is wrong is named."""
        given = super().clean() or {}
        file = given.get("file")
        if "file" in self.errors or "datum" not in given:
            return given
        if not file:
            self.add_error("file", "请选一个 GeoJSON 文件")
        elif file.size > MOST_BYTES:
            self.add_error("file", "文件超过 2 MB，请先简化或分成几个图层")
        elif self.centre:
            file.seek(0)
            self._read(file.read(), given, self.centre)
        return given

    def _read(self, data: bytes, given: dict[str, Any], centre: Point) -> None:
        try:
            found = read_geojson(data, datum=Datum(given["datum"]), centre=centre)
        except BadShapes as bad:
            for reason in bad.reasons:
                self.add_error("file", reason)
        else:
            given["shapes"] = tuple(one.shape for one in found)
            for one in given["shapes"]:
                self._check_name(one.name)

    def _check_name(self, name: str) -> None:
        """The names of shapes stand on the public map. Roads are called like people."""
        for found in find(name):
            if found.kind != "name":
                reason = f"「{name}」里有{found.label}，地图上谁都看得到，请从文件里去掉"
                self.add_error("file", reason)


class LayerForm(ShapesForm):
    """A new layer."""

    name = PublicText(
        label="图层名称", max_length=30, error_messages={"required": "请给图层起个名字，如：河流"}
    )
    kind = forms.ChoiceField(label="画的是什么", choices=Layer.Kind.choices)
    field_order = ("name", "kind", "file", "datum", "source", "since")

    def upload(self) -> Upload:
        """The layer that is handed in, once the form is valid."""
        given = self.cleaned_data
        return Upload(
            **{name: given[name] for name in ("name", "kind", "source", "shapes", "since")}
        )


class ReplaceForm(ShapesForm):
    """Another file for the same layer."""


class RetireForm(forms.Form):
    """The day from which a layer is not drawn any more."""

    until = forms.DateField(
        label="从哪天起停用", widget=DATE, error_messages={"required": "请选从哪天起停用"}
    )


class ShowForm(forms.Form):
    """Whether the public map shows the layer."""

    is_shown = forms.ChoiceField(choices=[("1", "显示"), ("0", "不显示")])
