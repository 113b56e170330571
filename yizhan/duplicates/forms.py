"""From what was typed to the values that an operation takes. Nothing is saved here."""

from typing import Any

from django import forms

from yizhan.base.fields import PhoneField
from yizhan.duplicates.operations.joining import Said
from yizhan.places.models import Station
from yizhan.regions.models import Region

WORDS = 1000


class Typing(forms.Form):
    """What stands in the form of 我要点单 while somebody types."""

    words = forms.CharField(max_length=WORDS)
    place = forms.CharField(max_length=60, required=False)
    region = forms.ModelChoiceField(Region.objects.none(), to_field_name="code", required=False)
    station = forms.ModelChoiceField(Station.objects.none(), to_field_name="code", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = Region.objects.current().own().communities()
        station: Any = self.fields["station"]
        station.queryset = Station.objects.listed().select_related("region")

    def where(self) -> Region | None:
        """The community it is about, once one is chosen."""
        station = self.cleaned_data["station"]
        found: Region | None = station.region if station else self.cleaned_data["region"]
        return found


class Beside(forms.Form):
    """拿来对着看: another order by its number."""

    code = forms.CharField(
        label="另一张的单号",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class Join(forms.Form):
    """我也遇到，一起办."""

    words = forms.CharField(
        label="您那里是什么情况？",
        max_length=WORDS,
        required=False,
        help_text="可以不写",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"写得太长了，请留在 {WORDS} 个字以内"},
    )
    place = forms.CharField(
        label="在哪里？",
        max_length=60,
        required=False,
        help_text="可以不写",
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    contact_phone = PhoneField(
        label="联系电话", required=False, help_text="留了手机号，办好发短信；不留，凭回执码看"
    )
    contact_name = forms.CharField(
        label="怎么称呼您？", max_length=20, required=False, help_text="如 王阿姨"
    )

    def said(self) -> Said:
        """The cleaned values as an operation takes them."""
        return Said(**self.cleaned_data)
