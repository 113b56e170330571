"""A sealed word that stands for an order somebody was shown, for a while.

It tells nothing and cannot be made by anybody else, so that joining finds out nothing about codes.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta

from yizhan.base import crypto

USE = "duplicates.same"
LASTS = timedelta(hours=2)
LONGEST = 200


def token_of(order_id: int, at: datetime) -> str:
    """The word for an order shown at this moment."""
    said = f"{order_id} {int(at.timestamp())}".encode()
    return urlsafe_b64encode(crypto.seal_bytes(said, use=USE)).decode()


def order_id_of(token: str, at: datetime) -> int | None:
    """The order that a word stands for; None for any other word, and for one two hours old."""
    try:
        raw = urlsafe_b64decode(token[:LONGEST].encode())
        said = crypto.open_bytes(raw, use=USE).decode()
    except (ValueError, crypto.Unreadable):
        return None
    order_id, _, shown = said.partition(" ")
    shown_at = datetime.fromtimestamp(int(shown), UTC)
    return int(order_id) if shown_at <= at + LASTS and at <= shown_at + LASTS else None
