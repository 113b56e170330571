"""Telephone numbers as people type them, and the one spelling that is kept."""

import re
from unicodedata import normalize

MOBILE = re.compile(r"^1[3-9][0-9]{9}$")
LANDLINE = re.compile(r"^(0[0-9]{2,3})?[0-9]{7,8}$")
COUNTRY = re.compile(r"^(\+?86)(?=1[0-9]{10}$)")
FILLING = re.compile(r"[\s\-()]")


def plain(typed: str) -> str:
    """What was typed, without spaces, dashes and brackets, full-width digits made ordinary."""
    return FILLING.sub("", normalize("NFKC", typed))


def digits(phone: str) -> str:
    """Digits only, without the country code: one number, one spelling."""
    return COUNTRY.sub("", plain(phone))
