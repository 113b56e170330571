"""What people type about themselves."""

from typing import Any

from django import forms

from yizhan.base.codes import is_receipt, tidy
from yizhan.people.mandate_fields import days_field, scopes_field
from yizhan.people.rules import NAME_LIMIT
from yizhan.regions.models import Region


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
