"""The receipt in a message: who has no account gets its code in the text and in the link.

For the messages about orders and about the cases beside them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse

from yizhan.base import crypto
from yizhan.base.codes import spaced
from yizhan.orders.models import RECEIPT

Facts = Mapping[str, Any]


def receipt_in(facts: Facts) -> str:
    """The receipt code that a message carries sealed; nothing for those with an account."""
    sealed = facts.get("receipt")
    return crypto.opened(bytes.fromhex(sealed), use=RECEIPT) if sealed else ""


def page(name: str) -> Callable[[Facts], str]:
    """The address of a page that opens by an order's code or by its receipt."""
    return lambda facts: reverse(name, args=[receipt_in(facts) or facts["order"]])


def with_receipt(sentence: str, facts: Facts) -> str:
    """The sentence, and how to follow the matter without an account."""
    code = receipt_in(facts)
    return f"{sentence}凭回执码 {spaced(code)} 可查进展。" if code else sentence


def said(sentence: str) -> Callable[[Facts], str]:
    """A fixed sentence, with the receipt code for those who have no account."""
    return lambda facts: with_receipt(sentence, facts)
