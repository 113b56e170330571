"""What people do about personal data. Each function is one whole transaction."""

from yizhan.privacy.operations.agreeing import give_consent, load_reference, withdraw_consent
from yizhan.privacy.operations.ending import end_period
from yizhan.privacy.operations.forgetting import forget_person, forget_record, forget_requests
from yizhan.privacy.operations.looking import audit, find_by_phone, look, look_at_each, unmask
from yizhan.privacy.operations.proving import keep_check, keep_head
from yizhan.privacy.operations.requesting import (
    answer_request,
    enter_request,
    file_request,
    refuse_request,
    withdraw_request,
)
from yizhan.privacy.operations.wards import end_ward, list_wards, open_ward, register_ward

__all__ = [
    "answer_request",
    "audit",
    "end_period",
    "end_ward",
    "enter_request",
    "file_request",
    "find_by_phone",
    "forget_person",
    "forget_record",
    "forget_requests",
    "give_consent",
    "keep_check",
    "keep_head",
    "list_wards",
    "load_reference",
    "look",
    "look_at_each",
    "open_ward",
    "refuse_request",
    "register_ward",
    "unmask",
    "withdraw_consent",
    "withdraw_request",
]
