"""Who may do what to an order, and why not. No database here, only the facts given.

Each rule takes the order with the names that `with_names()` loads, the actor, and where counts
matter a `Facts` object that `queries.facts_for` fills in bulk.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from yizhan.base.actor import Actor, Kind
from yizhan.base.verdict import YES, Verdict, no
from yizhan.orders.models import Order, SavedFilter
from yizhan.orders.standing import governs as governs
from yizhan.orders.standing import holds_receipt as holds_receipt
from yizhan.orders.standing import is_asker as is_asker
from yizhan.orders.standing import is_handler as is_handler
from yizhan.orders.standing import leads_unit as leads_unit
from yizhan.orders.standing import may_still_call as may_still_call
from yizhan.orders.standing import sees as sees
from yizhan.orders.states import OPEN, TRIAGE, State
from yizhan.people.models import Scope
from yizhan.routing.models import Category

LOAD = 3
FILTERS = 12
UNDO_MINUTES = 10
UNDOABLE = {
    "admitted": "orders.triage",
    "amended": "orders.triage",
    "turned_away": "orders.triage",
    "dispatched": "orders.dispatch",
}
OFTEN = 20
UNTAKEN = (State.PLACED, State.RECEIVED, State.ASKING, State.DISPATCHED)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule must know beside the order itself, for one actor.

    `invited`: waiting to hear from this person; `taking_over`: that invitation is a hand-over;
    `declined`: this person said no in this round; `in_hand`: orders this person has accepted and
    not finished; `asked`: ids of everyone invited in this round; `own_work`: who acts for the asker
    did this work themselves, or their unit did.
    """

    invited: bool = False
    taking_over: bool = False
    declined: bool = False
    in_hand: int = 0
    asked: frozenset[int] = frozenset()
    own_work: bool = False


@dataclass(frozen=True, slots=True)
class Last:
    """The last step of an order: what was done, by whom, when; whether anybody was invited since.

    `before` is the state, or for an amendment the category, that it was changed from.
    """

    kind: str
    person_id: int | None
    at: datetime
    before: str = ""
    invited: bool = False


NOTHING = Facts()


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


def can_admit(order: Order, by: Actor) -> Verdict:
    if not governs(order, by, "orders.triage"):
        return no("not_your_post", "受理由社区工作人员来做")
    return YES if order.state == State.PLACED else no("wrong_state", "这张单子已经受理")


def can_ask(order: Order, by: Actor) -> Verdict:
    if is_handler(order, by) and order.state == State.ACCEPTED:
        return YES
    if not governs(order, by, "orders.triage"):
        return no("not_your_post", "请点单人补充，由受理的人或承办人来问")
    return YES if order.state in TRIAGE else no("wrong_state", "现在不用再请点单人补充")


def can_answer(order: Order, by: Actor) -> Verdict:
    if not (is_asker(order, by) or governs(order, by, "orders.enter")):
        return no("not_asker", "补充由点单人来写，工作人员可以代写")
    if not by.is_entrusted(Scope.ORDER):
        return can_stand_in(by, Scope.ORDER)
    return YES if order.state == State.ASKING else no("wrong_state", "现在没有要补充的问题")


def can_amend(order: Order, by: Actor) -> Verdict:
    if not governs(order, by, "orders.triage"):
        return no("not_your_post", "分类由社区工作人员来改")
    return YES if order.state in OPEN else no("wrong_state", "已经办结，不能再改分类")


def can_turn_away(order: Order, by: Actor) -> Verdict:
    if not governs(order, by, "orders.triage"):
        return no("not_your_post", "告知去处由社区工作人员来做")
    return YES if order.state in TRIAGE else no("wrong_state", "这张单子已经派出，不能再告知去处")


def can_dispatch(order: Order, by: Actor) -> Verdict:
    if not governs(order, by, "orders.dispatch"):
        return no("not_your_post", "派单由社区来做")
    return YES if order.state in TRIAGE else no("wrong_state", "这张单子已经派出")


def can_invite(order: Order, by: Actor) -> Verdict:
    if not (governs(order, by, "orders.invite") or leads_unit(order, by, "orders.invite")):
        return no("not_your_post", "邀请由社区或承办单位发出")
    if order.state != State.DISPATCHED:
        return no("wrong_state", "派单之后、有人接单之前，才能发出邀请")
    return YES


def can_accept(order: Order, by: Actor, facts: Facts) -> Verdict:
    if not by.may("orders.accept"):
        return no("not_your_post", "用党员、志愿者或单位的岗位才能接单")
    if is_asker(order, by):
        return no("own_order", "自己的单子请留给别人接")
    if facts.taking_over and order.state == State.ACCEPTED:
        return _has_room(facts)
    if order.state != State.DISPATCHED:
        return no("taken", "这张单子已经有人接了")
    if not (facts.invited or (order.pool and _in_pool(order, by))):
        return no("not_offered", "这张单子派给了别的单位")
    return _has_room(facts)


def _in_pool(order: Order, by: Actor) -> bool:
    own = by.unit_id is not None and by.unit_id == order.unit_id
    path = order.unit.path if order.unit else ""
    return own or bool(path and by.unit_path.startswith(path))


def _has_room(facts: Facts) -> Verdict:
    if facts.in_hand >= LOAD:
        return no("enough_in_hand", f"您手上已有 {facts.in_hand} 件，办完一件再接吧")
    return YES


def can_decline(order: Order, facts: Facts) -> Verdict:
    if facts.invited and order.state in (State.DISPATCHED, State.ACCEPTED):
        return YES
    return no("not_invited", "这张单子没有等您回应的邀请")


def can_send_back(order: Order, by: Actor) -> Verdict:
    if is_handler(order, by):
        return YES if order.state == State.ACCEPTED else no("wrong_state", "这张单子已不在您手上")
    if not leads_unit(order, by, "orders.send_back"):
        return no("not_your_post", "只有承办人或承办单位可以退回")
    return YES if order.state == State.DISPATCHED else no("wrong_state", "现在不能退回")


def can_hand_over(order: Order, by: Actor) -> Verdict:
    if not is_handler(order, by):
        return no("not_handler", "只有承办人可以转交")
    return YES if order.state == State.ACCEPTED else no("wrong_state", "这张单子已不在办理中")


def can_finish(order: Order, by: Actor) -> Verdict:
    if not (is_handler(order, by) or governs(order, by, "orders.finish")):
        return no("not_handler", "只有承办人可以办结")
    return YES if order.state == State.ACCEPTED else no("wrong_state", "这张单子不在办理中")


def can_rate(order: Order, by: Actor, facts: Facts | None = None) -> Verdict:
    """The asker rates. For another person nobody rates what they or their unit have done."""
    if not is_asker(order, by):
        return no("not_asker", "只有点单人可以评单")
    if not by.is_entrusted(Scope.RATE):
        return can_stand_in(by, Scope.RATE)
    if by.on_behalf_of is not None and (facts is None or facts.own_work):
        return no("own_work", "这件事是您或您的单位办的，不能代评，请本人凭回执评，或请家人代评")
    return YES if order.state == State.FINISHED else no("wrong_state", "办结后才能评单")


def can_read_rating(order: Order, by: Actor) -> Verdict:
    if is_handler(order, by) or not governs(order, by, "orders.triage"):
        return no("confidential", "评价只有负责这项工作的部门能看到")
    return YES if order.state == State.RATED else no("wrong_state", "还没有评单")


def can_reopen(order: Order, by: Actor) -> Verdict:
    if not is_asker(order, by):
        return no("not_asker", "只有点单人可以要求再办")
    if not by.is_entrusted(Scope.ORDER):
        return can_stand_in(by, Scope.ORDER)
    if order.state in (State.FINISHED, State.RATED, State.TURNED_AWAY):
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


def can_undo(order: Order, last: Last | None, by: Actor, at: datetime) -> Verdict:
    """Whether the last step may be taken back: one's own, just now, and nobody has built on it."""
    if last is None or last.kind not in UNDOABLE:
        return no("wrong_state", "这一步不能撤销，或者单子已经往下办了")
    if not governs(order, by, UNDOABLE[last.kind]):
        return no("not_your_post", "撤销由社区工作人员来做")
    if by.person_id is None or by.person_id != last.person_id:
        return no("not_yours", "只有刚才办这一步的人可以撤销")
    if at - last.at > timedelta(minutes=UNDO_MINUTES):
        return no("too_late", f"已经超过 {UNDO_MINUTES} 分钟，不能撤销了")
    if last.invited:
        return no("invited", "邀请已经发出，不能撤销派单了")
    return YES


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
