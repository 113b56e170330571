"""The texts of messages about rectifications. None of them names what the order is about."""

from django.urls import reverse

from yizhan.base.outbox import Kind, register
from yizhan.orders.receipts import Facts, page, with_receipt

_order = page("orders:show")


def _case(facts: Facts) -> str:
    return reverse("callbacks:rectification", args=[facts["case"]])


def _opened(_: Facts) -> str:
    return "一张单子点单人不满意，请核实，按时整改。"


def _done(facts: Facts) -> str:
    sentence = "您评过的一张点单，社区看过您的评价，又办了一次整改，请看办理记录。"
    return with_receipt(sentence, facts)


KINDS = {
    "rectification_opened": Kind("一件差评待整改", _opened, _case),
    "rectification_done": Kind("您的评价有回应", _done, _order, sms=True, paper=True),
}

register(KINDS)
