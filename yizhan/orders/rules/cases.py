"""The verbs that a case beside the order needs: dispute, pending list, merge.

Whether the case itself may be opened is asked by the rules of its own package; here stands only
what the order allows.
"""

from yizhan.base.actor import Actor
from yizhan.base.verdict import YES, Verdict, no
from yizhan.orders.models import Order
from yizhan.orders.standing import governs, is_asker, leads_unit
from yizhan.orders.states import OPEN, TRIAGE, State

PENDABLE = (State.RECEIVED, State.ESCALATED, State.DISPATCHED, State.ACCEPTED)


def can_dispute(order: Order, by: Actor) -> Verdict:
    """The unit that has the order says that it is not its own."""
    if not leads_unit(order, by, "orders.send_back"):
        return no("not_your_post", "异议由承办单位提出")
    if order.state != State.DISPATCHED:
        return no("wrong_state", "派给您的单位、还没有人接的单子，才能提出异议")
    if order.appointed:
        return no("appointed", "上级已经指定您的单位承办，不能再退")
    return YES


def can_settle(order: Order, by: Actor) -> Verdict:
    if not governs(order, by, "orders.rule"):
        return no("not_your_post", "裁定由街道或区里来做")
    return YES if order.state == State.DISPUTED else no("wrong_state", "这张单子不在等裁定")


def can_set_aside(order: Order, by: Actor) -> Verdict:
    if not governs(order, by, "orders.dispatch"):
        return no("not_your_post", "挂账由社区或街道来做")
    return YES if order.state in PENDABLE else no("wrong_state", "现在不能挂账")


def can_take_up(order: Order, by: Actor) -> Verdict:
    if not governs(order, by, "orders.dispatch"):
        return no("not_your_post", "取消挂账由社区或街道来做")
    return YES if order.state == State.PENDING else no("wrong_state", "这张单子没有挂账")


def can_conclude(order: Order, by: Actor) -> Verdict:
    """By the asker's word or the office's."""
    if not (is_asker(order, by) or governs(order, by, "orders.dispatch")):
        return no("not_your_post", "销号由社区或街道来做")
    return YES if order.state == State.PENDING else no("wrong_state", "这张单子没有挂账")


def can_fold_in(order: Order, main: Order, by: Actor) -> Verdict:
    """Merge `order` into `main`: by the community, or by who asks for the same, for their own.

    What others were merged into is never merged itself, so that an answer has one step to go.
    """
    own = is_asker(order, by) and order.state == State.PLACED
    if not (own or governs(order, by, "orders.triage")):
        return no("not_your_post", "合并由社区工作人员来做")
    if order.state not in TRIAGE:
        return no("wrong_state", "已经派出或办结的单子不能并入别的单子")
    if order.joined:
        return no("has_joined", "已经有单子并进这一张，请用它作主单，或先取消那些合并")
    if main.pk == order.pk or main.main_id or main.state not in OPEN:
        return no("no_main", "只能并入一张还在办、自己没有并入别处的单子")
    if main.region_code[:9] != order.region_code[:9]:
        return no("far_apart", "不在同一个街道的单子不能合并")
    return YES


def can_fold_out(order: Order, main: Order, by: Actor) -> Verdict:
    """Part them again: by the community; or because the main order is withdrawn."""
    withdrawn = main.state == State.WITHDRAWN and is_asker(main, by)
    if not (withdrawn or governs(order, by, "orders.triage")):
        return no("not_your_post", "取消合并由社区工作人员来做")
    if order.finished_at is not None:
        return no("answered", "已经一起答复了。点单人不满意，可以要求再办")
    if order.state == State.MERGED and order.main_id == main.pk:
        return YES
    return no("wrong_state", "这张单子没有并入别的单子")
