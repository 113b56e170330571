"""A new order: from a phone, from a telephone call, at the counter; and looking one up."""

from typing import TYPE_CHECKING, Any

from django import forms

from yizhan.base.fields import PhoneField, PhotosField, words_field
from yizhan.base.switches import where_on
from yizhan.orders.operations.placing import Wish
from yizhan.orders.states import Source
from yizhan.places.models import Station
from yizhan.regions.models import Region
from yizhan.routing.models import Category

if TYPE_CHECKING:
    ModelChoice = forms.ModelChoiceField[Any]
else:
    ModelChoice = forms.ModelChoiceField


class CommunityField(ModelChoice):
    """A community of the district, named as people say it, grouped by street."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.short_name)


def _communities_by_street() -> list[tuple[str, Any]]:
    communities = Region.objects.current().own().communities().select_related("parent")
    grouped: dict[str, list[tuple[str, str]]] = {}
    for row in communities.filter(where_on("orders", "code")):
        parent = row.parent.name if row.parent else ""
        grouped.setdefault(parent, []).append((row.code, row.short_name))
    return [("", "请选择社区"), *grouped.items()]


class Where(forms.Form):
    """The part every new order shares: the community, or a station in it."""

    station = forms.ModelChoiceField(
        Station.objects.none(), to_field_name="code", required=False, widget=forms.HiddenInput
    )
    region = CommunityField(
        Region.objects.none(),
        to_field_name="code",
        label="哪个社区？",
        empty_label="请选择社区",
        help_text="不清楚就选离得最近的",
        error_messages={"required": "请选一个社区，好知道派给谁"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["region"]
        field.queryset = Region.objects.current().own().communities()
        field.choices = _communities_by_street
        station: Any = self.fields["station"]
        station.queryset = Station.objects.listed().select_related("region")
        if (here := where_on("orders", "region__code")) and self.initial.get("station"):
            known = station.queryset.filter(here, code=self.initial["station"])
            self.initial["station"] = known.values_list("code", flat=True).first()
        field.required = not (self.data.get("station") or self.initial.get("station"))

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean() or {}
        if kept.get("station"):
            kept["region"] = kept["station"].region
        return kept


class Place(Where):
    """我要点单."""

    words = words_field(
        "什么事？", "请写清楚是什么事，至少 5 个字", hint="一句话就行", rows=4, least=5
    )
    category = forms.ModelChoiceField(
        Category.objects.none(),
        to_field_name="code",
        required=False,
        label="属于哪一类？",
        help_text="不清楚可不选",
        widget=forms.RadioSelect,
        empty_label=None,
    )
    place = forms.CharField(
        label="在哪里？",
        max_length=60,
        required=False,
        help_text="楼号、门牌或位置。要人上门时请写上",
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    contact_name = forms.CharField(
        label="怎么称呼您？", max_length=20, required=False, help_text="如 王阿姨"
    )
    contact_phone = PhoneField(
        label="联系电话", required=False, help_text="不留电话，就凭回执码查进展"
    )
    photos = PhotosField(label="照片", required=False, help_text="最多 3 张")

    def __init__(self, *args: Any, fallback: Category, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fallback = fallback
        category: Any = self.fields["category"]
        category.queryset = Category.objects.groups()

    def wish(self) -> Wish:
        """The cleaned values as an operation takes them."""
        kept = self.cleaned_data
        return Wish(
            words=kept["words"],
            category=kept["category"] or self.fallback,
            region=kept["region"],
            station=kept["station"],
            place=kept["place"],
            contact_name=kept["contact_name"],
            contact_phone=kept["contact_phone"],
            photos=kept["photos"],
        )


class Enter(Place):
    """代录点单, at the counter or on the telephone."""

    source = forms.ChoiceField(
        choices=[
            (Source.WALK_IN.value, Source.WALK_IN.label),
            (Source.CALLER.value, Source.CALLER.label),
        ],
        label="从哪里来？",
        widget=forms.RadioSelect,
        initial=Source.WALK_IN.value,
        error_messages={"required": "请选到站登记或来电登记"},
    )
    field_order = ["source", "words", "category"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category: Any = self.fields["category"]
        category.queryset = Category.objects.leaves()
        category.widget = forms.Select()
        grouped: dict[str, list[tuple[str, str]]] = {}
        for leaf in category.queryset:
            grouped.setdefault(leaf.parent.name, []).append((leaf.code, leaf.name))
        category.choices = [("", "请选择分类"), *grouped.items()]


class CallBack(Where):
    """请给我回电话: a number is enough."""

    phone = PhoneField(label="您的电话", error_messages={"required": "请留一个电话，好给您打回去"})
    name = forms.CharField(label="怎么称呼您？", max_length=20, required=False)


class LookUp(forms.Form):
    """凭回执码查进展."""

    receipt = forms.CharField(
        label="回执码",
        max_length=30,
        help_text="13 位，如 48271-K3QX-9P2W",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": "请填回执上的 13 位回执码"},
    )
