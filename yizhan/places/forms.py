"""What people type about stations, turned into values."""

from typing import Any

from django import forms

from yizhan.places.coordinates import Point
from yizhan.places.models import Facility
from yizhan.places.queries import Box, Choices, Wanted

NEAREST = 20
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
        edges = [float(edge) for edge in kept["area"].split(",")] if kept.get("area") else []
        area = Box(*edges) if edges else None
        here = Point(lat, lon) if lat is not None and lon is not None else None
        return Wanted(
            need=tuple(kept.get("need", ())),
            who=kept.get("who", ""),
            region=kept.get("region", ""),
            open_now=kept.get("open", False),
            centres=kept.get("centre", False),
            area=area,
            here=here,
            most=NEAREST if here and not area and not kept.get("all") else None,
        )


class CheckForm(forms.Form):
    """One facility as it was found."""

    facility = forms.CharField()
    state = forms.ChoiceField(choices=Facility.State.choices)
    version = forms.IntegerField(min_value=1)


class CloseForm(forms.Form):
    """Days on which a station stays closed, and why."""

    first = forms.DateField(
        label="从哪天起", widget=DATE, error_messages={"required": "请选从哪天起关闭"}
    )
    last = forms.DateField(
        label="到哪天为止",
        widget=DATE,
        error_messages={"required": "请选到哪天为止，只关一天就选同一天"},
    )
    reason = forms.CharField(
        label="为什么",
        max_length=60,
        help_text="所有人都看得到，如：停水检修",
        error_messages={"required": "请写明原因，来的人会看到"},
    )


class ReopenForm(forms.Form):
    """The closing that ends early."""

    closing = forms.IntegerField(min_value=1)


class EditForm(forms.Form):
    """What the keeper may change. `version` is the one the page showed."""

    phone = forms.CharField(label="电话", max_length=20, required=False)
    indoor_note = forms.CharField(
        label="室内位置", max_length=120, required=False, help_text="如：一层大厅左手边"
    )
    partners = forms.CharField(label="共建单位", max_length=300, required=False)
    tenants = forms.CharField(
        label="入驻商户", max_length=200, required=False, help_text="只写名称，不写价格和优惠"
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
