"""What people type about themselves."""

from typing import Any

from django import forms

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
