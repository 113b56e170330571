"""The texts of messages about orders. None of them names what the order is about."""

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import now

from yizhan.base.outbox import Kind, register
from yizhan.clocks.calendar import promise_text
from yizhan.orders.receipts import Facts, page, said, with_receipt

_page = page("orders:show")


def _offer(facts: Facts) -> str:
    return reverse("orders:offer", args=[facts["order"]])


def _to_pool(_: Facts) -> str:
    return reverse("orders:pool")


def _to_board(_: Facts) -> str:
    return reverse("orders:board")


def _placed(facts: Facts) -> str:
    promise = promise_text(datetime.fromisoformat(facts["arrange_by"]), now())
    return with_receipt(f"已收到您的点单，{promise}安排。", facts)


def _until(facts: Facts) -> str:
    return promise_text(datetime.fromisoformat(facts["finish_by"]), now())


def _extended(facts: Facts) -> str:
    words = f"您的点单要晚几天，{_until(facts)}办好，原因写在办理记录里。"
    return with_receipt(words, facts)


def _recomputed(facts: Facts) -> str:
    return with_receipt(f"明年的放假安排公布了，您的点单会提前，{_until(facts)}办好。", facts)


KINDS = {
    "order_placed": Kind("已收到您的点单", _placed, _page, sms=True),
    "order_arrived": Kind("有新的点单", said("社区有一张新的点单，请受理。"), _page),
    "order_admitted": Kind("点单已受理", said("您的点单已有人看过，正在安排。"), _page),
    "order_asked": Kind(
        "需要您补充一点",
        said("您的点单需要您补充一点情况，补充后继续办。"),
        _page,
        sms=True,
        paper=True,
    ),
    "order_answered": Kind("点单人已补充", said("点单人已补充情况，请继续办理。"), _page),
    "order_turned_away": Kind(
        "这件事请到别处办",
        said("您的点单有答复了，请看该到哪里办。"),
        _page,
        sms=True,
        paper=True,
    ),
    "order_dispatched": Kind("点单已派出", said("您的点单已安排到承办单位。"), _page),
    "order_for_unit": Kind(
        "有单子派到本单位", said("有一张单子派到您的单位，请安排人接单。"), _page
    ),
    "order_invited": Kind(
        "邀请您接单", said("社区邀请您接一张单子，能不能去都请回应一下。"), _offer, sms=True
    ),
    "order_handing_over": Kind(
        "同事请您接手", said("同事请您接手一张单子，能不能去都请回应一下。"), _offer, sms=True
    ),
    "order_taken_over": Kind("同事已接手", said("您请人接手的单子，同事已经接过去了。"), _to_pool),
    "order_accepted": Kind("已有人接单", said("您的点单已有人接，正在办。"), _page, sms=True),
    "order_sent_back": Kind("单子被退回", said("一张单子退回来了，请看原因，重新安排。"), _page),
    "order_finished": Kind(
        "您的点单办好了",
        said("您的点单已办结，请您看看办得怎么样。"),
        _page,
        sms=True,
        paper=True,
    ),
    "order_rated": Kind("点单人已评单", said("您办的一张单子，点单人已评单。谢谢您。"), _page),
    "order_reopened": Kind("点单人要求再办", said("一张单子点单人要求再办，请重新安排。"), _page),
    "order_undone": Kind(
        "点单的安排有更正", said("您的点单刚才的安排有更正，正在重新安排。"), _page
    ),
    "order_kept": Kind(
        "您的点单还在办",
        said("刚才请您到别处办的答复撤销了，您的点单还在办。"),
        _page,
        sms=True,
        paper=True,
    ),
    "order_taken_back": Kind(
        "单子由社区收回", said("刚派到您单位的一张单子由社区收回了，不用安排。"), _to_board
    ),
    "order_on_behalf": Kind(
        "有人替您办了一步", said("有人替您在一张点单上办了一步，请看办理记录。"), _page, sms=True
    ),
    "order_escalated": Kind(
        "点单已报到街道", said("您的点单社区已报到街道，由街道来安排。"), _page
    ),
    "order_for_street": Kind(
        "社区上报了一张单子", said("社区上报了一张单子，请街道看看怎么安排。"), _page
    ),
    "order_sent_down": Kind(
        "街道退回一张单子", said("上报的一张单子街道退回社区了，请看怎么办。"), _page
    ),
    "order_called_in": Kind(
        "单子没人接，回到手上", said("一张单子到时限还没人接，请重新安排。"), _page
    ),
    "order_disputed": Kind(
        "一张单子等裁定", said("承办单位对一张单子提出异议，请裁定由谁办。"), _page
    ),
    "order_appointed": Kind(
        "指定您的单位承办", said("一张单子经裁定由您的单位承办，请安排人接单。"), _page
    ),
    "order_set_aside": Kind(
        "您的点单暂时办不了",
        said("您的点单一时办不了，原因和接下来怎么做写在办理记录里，会继续跟。"),
        _page,
        sms=True,
        paper=True,
    ),
    "order_taken_up": Kind("您的点单接着办", said("您的点单条件有了，现在接着办。"), _page),
    "order_folded_in": Kind(
        "您的点单和同一件事一起办",
        said("您说的和别人说的是同一件事，一起办，办好都会告诉您。"),
        _page,
    ),
    "order_folded_out": Kind("您的点单单独办", said("您的点单刚才并错了，现在单独办。"), _page),
    "order_extension_asked": Kind(
        "有延期申请等您批", said("一张单子承办人申请延期，请看原因，尽快批。"), _page
    ),
    "order_extension_decided": Kind(
        "延期申请批了", said("您申请的延期有结果了，请看办理记录。"), _page
    ),
    "order_extension_granted": Kind("您的点单要晚几天", _extended, _page, sms=True, paper=True),
    "order_recomputed": Kind("您的点单会早一些办好", _recomputed, _page),
    "order_withdrawn": Kind("点单已撤回", said("一张单子由点单人撤回了，不用再办。"), _page),
}

register(KINDS)
