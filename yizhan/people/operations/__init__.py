"""What happens to accounts, posts, cards and proxies. Each function is one whole transaction."""

from yizhan.people.operations.accounts import (
    NewStaff,
    appoint,
    create_staff,
    describe_self,
    forget_unverified,
    pseudonymise,
    relieve,
    reset_password,
    reset_second_factor,
)
from yizhan.people.operations.cards import (
    end_card,
    issue_card,
    register_person,
    replace_card,
)
from yizhan.people.operations.proxies import end_proxy, entrust, take_on
from yizhan.people.operations.times import keep_times, pause, resume

__all__ = [
    "NewStaff",
    "appoint",
    "create_staff",
    "describe_self",
    "end_card",
    "end_proxy",
    "entrust",
    "forget_unverified",
    "issue_card",
    "keep_times",
    "pause",
    "pseudonymise",
    "register_person",
    "relieve",
    "replace_card",
    "reset_password",
    "reset_second_factor",
    "resume",
    "take_on",
]
