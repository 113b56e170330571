"""Choices drawn as Django's widget templates draw them, without a template for each of them.

A template costs some fifty microseconds, and a list of communities has a hundred and thirty.
"""

from collections.abc import Mapping
from typing import Any

from django.forms.boundfield import BoundField
from django.utils.html import conditional_escape, escape


def select(bound: BoundField, attrs: Mapping[str, Any]) -> str:
    """The `<select>` of a field, its groups and options."""
    widget = bound.field.widget
    own = bound.build_widget_attrs(dict(attrs), widget)
    if bound.auto_id and "id" not in widget.attrs:
        own.setdefault("id", bound.auto_id)
    drawn = widget.get_context(bound.html_name, bound.value(), own)["widget"]
    groups = "".join(_group(name, options) for name, options, _ in drawn["optgroups"])
    return f'<select name="{escape(drawn["name"])}"{_attrs(drawn)}>{groups}</select>'


def tick(option: Mapping[str, Any]) -> str:
    """The `<input>` of one radio or check box, from the data of its sub-widget."""
    shown = f'type="{option["type"]}" name="{escape(option["name"])}"'
    return f'<input {shown} value="{escape(option["value"])}"{_attrs(option)}>'


def _group(name: str | None, options: list[dict[str, Any]]) -> str:
    drawn = "".join(_option(option) for option in options)
    return f'<optgroup label="{conditional_escape(name)}">{drawn}</optgroup>' if name else drawn


def _option(option: Mapping[str, Any]) -> str:
    shown = f'value="{escape(option["value"])}"{_attrs(option)}'
    return f"<option {shown}>{conditional_escape(option['label'])}</option>"


def _attrs(drawn: Mapping[str, Any]) -> str:
    """As Django writes them: True is a bare name, False is left out."""
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(value)}"'
        for name, value in drawn["attrs"].items()
        if value is not False
    )
