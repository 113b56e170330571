"""What people type about themselves."""

from collections.abc import Iterable
from typing import Any

from django import forms

from yizhan.base.codes import is_receipt, tidy
from yizhan.people.mandate_fields import days_field, scopes_field
from yizhan.people.rules import NAME_LIMIT
from yizhan.regions.models import Region

WEEK = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
PARTS = {"am": ("上午", 480, 720), "pm": ("下午", 720, 1080), "eve": ("晚上", 1080, 1260)}


class DescribeSelfForm(forms.Form):
    """Name and community; both may stay empty."""

    name = forms.CharField(
        label="怎么称呼您",
        max_length=NAME_LIMIT,
        required=False,
        help_text="办事的人会看到姓氏，例如「王同志」",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    home = forms.ModelChoiceField(
        label="住在哪个社区",
        queryset=Region.objects.none(),
        to_field_name="code",
        required=False,
        empty_label="还没选",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        home: Any = self.fields["home"]
        home.queryset = Region.objects.current().own().communities()
        home.label_from_instance = lambda region: region.short_name

    def clean_name(self) -> str:
        """One line, without spaces around."""
        return " ".join(str(self.cleaned_data["name"]).split())


class TakeUpForm(forms.Form):
    """The post to act in; 0 is nobody's post, as a resident."""

    post = forms.IntegerField(min_value=0)


class Entrust(forms.Form):
    """What the family may do, and for how long."""

    scopes = scopes_field()
    days = days_field()


class TakeOn(forms.Form):
    """The code of a proxy, as it was read out or written down."""

    code = forms.CharField(
        label="委托码",
        max_length=30,
        help_text="13 位，由委托您的家人给您",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": "请填 13 位委托码"},
    )

    def clean_code(self) -> str:
        """The code, tidied; a mistyped one is found by its check character."""
        code = tidy(str(self.cleaned_data["code"]))
        if not is_receipt(code):
            raise forms.ValidationError("委托码不对，请对照再输一次")
        return code


class KeepTimes(forms.Form):
    """The parts of a week at which a person may be asked."""

    parts = forms.MultipleChoiceField(
        label="一周里什么时候方便？",
        choices=[
            (f"{number}-{part}", f"{day}{name}")
            for number, day in enumerate(WEEK, 1)
            for part, (name, _, _) in PARTS.items()
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="一个都不选，就是什么时候都可以问您",
        error_messages={"invalid_choice": "没有这个时间，请重新选"},
    )

    def free(self) -> list[list[int]]:
        """The chosen parts as `Availability.free` keeps them."""
        chosen = (value.split("-") for value in self.cleaned_data["parts"])
        return sorted([int(number), *PARTS[part][1:]] for number, part in chosen)


def parts_of(free: Iterable[Iterable[int]]) -> list[str]:
    """The parts of a week that such times stand for."""
    known = {(opens, closes): part for part, (_, opens, closes) in PARTS.items()}
    rows = [(number, known.get((opens, closes))) for number, opens, closes in free]
    return [f"{number}-{part}" for number, part in rows if part]


class Pause(forms.Form):
    """For how long."""

    days = forms.TypedChoiceField(
        label="多久？",
        choices=[("1", "一天"), ("3", "三天"), ("7", "一周"), ("30", "一个月")],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "请选多久", "invalid_choice": "请选多久"},
    )
