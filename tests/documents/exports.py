"""A long ledger that somebody has asked for."""

from yizhan.documents import operations
from yizhan.documents.ledgers import LEDGERS, Taking


def asked(by, at, template=None, **more):
    return operations.ask_export(
        ledger=LEDGERS["orders"], template=template, taking=Taking(**more), by=by, at=at
    )
