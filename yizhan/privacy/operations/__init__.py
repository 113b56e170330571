"""What people do about personal data. Each function is one whole transaction."""

from yizhan.privacy.operations.agreeing import give_consent, load_reference, withdraw_consent
from yizhan.privacy.operations.looking import find_by_phone, look, unmask
from yizhan.privacy.operations.wards import end_ward, list_wards, open_ward, register_ward

__all__ = [
    "end_ward",
    "find_by_phone",
    "give_consent",
    "list_wards",
    "load_reference",
    "look",
    "open_ward",
    "register_ward",
    "unmask",
    "withdraw_consent",
]
