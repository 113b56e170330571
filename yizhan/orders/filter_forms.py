"""Keeping a filter of the table under a name, and taking it away."""

from django import forms


class DropFilter(forms.Form):
    name = forms.CharField(max_length=20)


class KeepFilter(forms.Form):
    name = forms.CharField(
        label="存为常用筛选，名字",
        max_length=20,
        error_messages={"required": "请给这个筛选起个名字"},
    )
