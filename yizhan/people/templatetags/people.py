"""Names and telephone numbers in pages."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse

from yizhan.people import masking
from yizhan.people.models import Person

register = template.Library()


@register.filter
def masked(person: Person | None) -> str:
    """A person's name with stars: 张**."""
    return masking.masked_name(person.full_name) if person else masking.NAMELESS


@register.filter
def polite(person: Person | None) -> str:
    """A person's family name with a form of address: 王同志."""
    return masking.polite_name(person.full_name) if person else masking.NAMELESS


@register.filter
def masked_phone(phone: Any) -> str:
    """A telephone number, sealed or plain, as 138****1234."""
    if not phone:
        return ""
    return masking.masked_phone(phone if isinstance(phone, str) else phone.open())


@register.simple_tag(takes_context=True)
def weixin_url(context: Any) -> str:
    """The way in by WeChat: only inside WeChat's own browser, and only where it is configured."""
    request = context["request"]
    inside = "MicroMessenger" in request.headers.get("User-Agent", "")
    if not inside or not settings.SOCIALACCOUNT_PROVIDERS["weixin"]["APPS"]:
        return ""
    there = request.GET.get("next", "")
    return reverse("weixin_login") + (f"?{urlencode({'next': there})}" if there else "")
