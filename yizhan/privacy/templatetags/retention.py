"""The table of periods, for any page: `{% load retention %}{% periods_table %}`."""

from typing import Any

from django import template

from yizhan.privacy.retention import periods

register = template.Library()


@register.inclusion_tag("privacy/_periods.html")
def periods_table() -> dict[str, Any]:
    """How long each kind of data is kept here, and what happens then."""
    return {"periods": periods().values()}
