"""What is done with the categories and the routing table. Each function is one transaction."""

from yizhan.routing.operations.drafting import (
    add_rule,
    begin_draft,
    change_rule,
    end_rule,
    move_rule,
)
from yizhan.routing.operations.loading import import_rules, load_table
from yizhan.routing.operations.proposing import accept_rule, drop_rule, propose_rule
from yizhan.routing.operations.publishing import publish, republish
from yizhan.routing.operations.reference import load_reference

__all__ = [
    "accept_rule",
    "add_rule",
    "begin_draft",
    "change_rule",
    "drop_rule",
    "end_rule",
    "import_rules",
    "load_reference",
    "load_table",
    "move_rule",
    "propose_rule",
    "publish",
    "republish",
]
