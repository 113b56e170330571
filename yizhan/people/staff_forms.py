"""What the security administrator types about accounts and posts."""

from itertools import groupby
from typing import Any

from django import forms

from yizhan.people.models import Unit
from yizhan.people.roles import ROLES
from yizhan.people.rules import NAME_LIMIT

DAY = {"type": "date"}
NAMES = r"^[a-z][a-z0-9._-]{2,39}$"


def _units() -> list[tuple[str, Any]]:
    """Every unit that exists, by kind, in the order of their codes."""
    rows = Unit.objects.current().order_by("kind", "code")
    kinds = groupby(rows, key=lambda unit: unit.get_kind_display())
    return [("", "请选择"), *((kind, [(u.code, u.name) for u in units]) for kind, units in kinds)]


class InPost(forms.Form):
    """A role in a unit."""

    role = forms.ChoiceField(
        label="什么岗位？",
        choices=[("", "请选择"), *((role.code, role.name) for role in ROLES.values())],
        error_messages={"required": "请选岗位", "invalid_choice": "没有这种岗位"},
    )
    unit = forms.ChoiceField(
        label="在哪个单位？",
        error_messages={"required": "请选单位", "invalid_choice": "没有这个单位"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.choices = _units()

    def clean_unit(self) -> Unit:
        """The unit with the chosen code."""
        return Unit.objects.select_related("region").get(code=self.cleaned_data["unit"])


class CreateStaff(InPost):
    """A new account with its first post, from today on."""

    name = forms.CharField(
        label="姓名", max_length=NAME_LIMIT, error_messages={"required": "请填姓名"}
    )
    username = forms.RegexField(
        NAMES,
        label="用户名",
        help_text="小写字母开头，至少 3 位，可用数字",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={
            "required": "请填用户名",
            "invalid": "用户名用小写字母开头，只用小写字母、数字、点和横线，至少 3 位",
        },
    )
    field_order = ("name", "username", "role", "unit")


class Appoint(InPost):
    """One more post for somebody, between two days."""

    since = forms.DateField(
        label="从哪天起？",
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages={"required": "请填日期", "invalid": "请按 年-月-日 填日期"},
    )
    until = forms.DateField(
        label="到哪天止？",
        required=False,
        help_text="不填就一直任岗",
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages={"invalid": "请按 年-月-日 填日期"},
    )


class Relieve(forms.Form):
    """The last day of a post."""

    until = forms.DateField(
        label="最后一天",
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages={"required": "请填最后一天", "invalid": "请按 年-月-日 填日期"},
    )
