"""The texts of messages about the pending list. None of them names what the order is about."""

from yizhan.base.outbox import Kind, register
from yizhan.orders.receipts import page, said

_page = page("pendings:show")

KINDS = {
    "pending_yours": Kind("一件挂账由您负责", said("有一件挂账由您负责，请按日子复查。"), _page),
    "pending_due": Kind("挂账到复查日了", said("您负责的一件挂账到复查的日子了，请看看。"), _page),
    "pending_reviewed": Kind(
        "您的点单有新情况", said("您一时办不了的点单，刚复查过，情况写在里面。"), _page
    ),
    "pending_proposed": Kind(
        "请您看看办好没有",
        said("您挂账的点单说已经办好，请您看看同不同意销号。"),
        _page,
        sms=True,
        paper=True,
    ),
    "pending_refused": Kind("销号没有通过", said("您负责的一件挂账，销号没有通过。"), _page),
}

register(KINDS)
