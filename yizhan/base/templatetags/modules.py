"""Whether a module is on, for templates: a link leads only to what is there."""

from django import template

from yizhan.base import switches

register = template.Library()


@register.filter
def runs(module: str, region_code: str = "") -> bool:
    """`{% if "orders"|runs %}`: on anywhere; `{% if "orders"|runs:code %}`: on in this region."""
    code = str(region_code)
    return switches.is_on(str(module), code) if code else switches.runs(str(module))
