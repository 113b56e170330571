"""Who asks: may they place, answer, rate, open again; and what is kept of them."""

from yizhan.base.actor import Actor, Kind
from yizhan.base.verdict import YES, Verdict, no
from yizhan.orders.models import Order, SavedFilter
from yizhan.orders.rules.facts import Facts
from yizhan.orders.standing import governs, is_asker, is_handler
from yizhan.orders.states import OPEN, State
from yizhan.people.models import Scope
from yizhan.routing.models import Category

FILTERS = 12
OFTEN = 20
UNTAKEN = (
    State.PLACED,
    State.RECEIVED,
    State.ESCALATED,
    State.ASKING,
    State.DISPATCHED,
    State.DISPUTED,
    State.PENDING,
    State.MERGED,
)


def can_take_in(*, is_on: bool) -> Verdict:
    """Whether the place takes orders at all; `is_on` is the switch of its region."""
    if is_on:
        return YES
    return no("module_off", "这个社区还没有开通点单，请打电话或到社区服务中心，请工作人员帮您办")


def can_stand_in(by: Actor, scope: str) -> Verdict:
    """Whether the actor acts for themselves, or was entrusted with this for another person."""
    if by.is_entrusted(scope):
        return YES
    return no("not_entrusted", "家人没有委托您办这一项，请本人来办，或请家人改委托")


def can_place(category: Category, lately: int = 0) -> Verdict:
    if lately >= OFTEN:
        return no("too_many", "您刚才点得太多了，请过几分钟再点，或直接打电话给社区")
    if category.exit:
        return no(f"exit_{category.exit}", category.exit_words)
    return YES


def can_enter(by: Actor, region_code: str) -> Verdict:
    if not by.may("orders.enter"):
        return no("not_your_post", "您的岗位不能代录点单")
    return YES if by.reaches_region(region_code) else no("outside", "这个地方不在您的辖区")


def can_withdraw(order: Order, by: Actor) -> Verdict:
    if not is_asker(order, by):
        return no("not_asker", "只有点单人可以撤回")
    if not by.is_entrusted(Scope.ORDER):
        return can_stand_in(by, Scope.ORDER)
    taken = order.state == State.ASKING and order.asked_from == State.ACCEPTED
    if taken or order.state not in UNTAKEN:
        return no("too_late", "已经有人在办，不能撤回了")
    return YES


def can_answer(order: Order, by: Actor) -> Verdict:
    if not (is_asker(order, by) or governs(order, by, "orders.enter")):
        return no("not_asker", "补充由点单人来写，工作人员可以代写")
    if not by.is_entrusted(Scope.ORDER):
        return can_stand_in(by, Scope.ORDER)
    return YES if order.state == State.ASKING else no("wrong_state", "现在没有要补充的问题")


def can_rate(order: Order, by: Actor, facts: Facts | None = None) -> Verdict:
    """The asker rates. For another person nobody rates what they or their unit have done."""
    if not is_asker(order, by):
        return no("not_asker", "只有点单人可以评单")
    if not by.is_entrusted(Scope.RATE):
        return can_stand_in(by, Scope.RATE)
    if by.on_behalf_of is not None and (facts is None or facts.own_work):
        return no("own_work", "这件事是您或您的单位办的，不能代评，请本人凭回执评，或请家人代评")
    if order.state == State.FINISHED or _is_answered(order):
        return YES
    return no("wrong_state", "办结后才能评单")


def _is_answered(order: Order) -> bool:
    """Whether this order was merged into another that is done."""
    return order.state == State.MERGED and order.finished_at is not None


def can_read_rating(order: Order, by: Actor) -> Verdict:
    if is_handler(order, by) or not governs(order, by, "orders.triage"):
        return no("confidential", "评价只有负责这项工作的部门能看到")
    return YES if order.state == State.RATED else no("wrong_state", "还没有评单")


def can_reopen(order: Order, by: Actor) -> Verdict:
    if not is_asker(order, by):
        return no("not_asker", "只有点单人可以要求再办")
    if not by.is_entrusted(Scope.ORDER):
        return can_stand_in(by, Scope.ORDER)
    if order.state in (State.FINISHED, State.RATED, State.TURNED_AWAY) or _is_answered(order):
        return YES
    return no("wrong_state", "办结之后才能要求再办")


def can_reveal(order: Order, by: Actor, access: str) -> Verdict:
    """Whether the telephone number may be shown in full; `access` comes from privacy.rules."""
    if not (is_handler(order, by) or governs(order, by, "orders.read")):
        return no("outside", "这张单子不在您的辖区")
    if not order.contact_phone:
        return no("no_phone", "点单人没有留电话")
    if access in ("read", "reason"):
        return YES
    return no("masked", "您的岗位看不到完整电话")


def can_forget_asker(order: Order, by: Actor, whose: int = 0) -> Verdict:
    deals = by.kind == Kind.CLOCK or governs(order, by, "privacy.requests")
    own = by.on_behalf_of is None and (is_asker(order, by) or whose == by.person_id)
    asked = by.may("privacy.requests") and whose == by.on_behalf_of
    if not (deals or own or asked):
        return no("not_your_post", "隐去联系方式由点单人申请，或到期自动办理")
    return no("still_open", "单子还在办，办结或撤回后才能隐去") if order.state in OPEN else YES


def can_keep_filter(by: Actor, kept: int) -> Verdict:
    """Whether one more filter may be kept beside those already kept."""
    if not (by.person_id and (by.may("orders.read") or by.may("orders.read_open"))):
        return no("not_your_post", "您的岗位没有点单列表")
    if kept >= FILTERS:
        return no("too_many", f"最多存 {FILTERS} 个筛选，请先删掉一个不用的")
    return YES


def can_drop_filter(saved: SavedFilter, by: Actor) -> Verdict:
    asked = by.may("privacy.requests") and saved.person_id == by.on_behalf_of
    own = saved.person_id == by.person_id or asked
    return YES if own else no("not_yours", "只能删自己存的筛选")
