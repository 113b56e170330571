"""Who may tell of what was done, what must not be told, and who takes it down. No database here."""

from collections.abc import Mapping

from yizhan.answers.models import Answer
from yizhan.base.actor import Actor
from yizhan.base.verdict import YES, Verdict, no
from yizhan.orders import rules as orders
from yizhan.orders.models import Order
from yizhan.orders.states import ENDED

OFFICE = "「您说我办」由社区或街道来写"
AGREED = "agreed"


def can_write(order: Order, by: Actor, *, has_answer: bool = False) -> Verdict:
    """An order that is done, about nothing sensitive, of which nothing is told yet."""
    if by.person_id is None or not orders.governs(order, by, "orders.dispatch"):
        return no("not_your_post", OFFICE)
    if orders.is_asker(order, by):
        return no("own_matter", "自己点的单，请另一位同志来写")
    if order.category.is_sensitive:
        return no("sensitive", "这一类的事关系到个人，不公开")
    if order.state not in ENDED or not order.words:
        return no("wrong_state", "办结以后、内容还在时才能写")
    return no("written", "这张单子已经写过了") if has_answer else YES


def can_tell(kind: str, kept: Mapping[str, str], *, has_consent: bool) -> Verdict:
    """A story needs the asker's consent; what is general keeps nothing that somebody agreed to."""
    if kind == Answer.Kind.STORY and not has_consent:
        return no("no_consent", "点单人没有同意把自己的事写出来，只能写一般答复")
    if kind == Answer.Kind.GENERAL and AGREED in kept.values():
        return no("telling", "一般答复里不能留个人信息，请遮住，或写成本人同意的那一种")
    return YES


def can_rewrite(answer: Answer, by: Actor) -> Verdict:
    if not _tells(answer, by):
        return no("not_your_post", OFFICE)
    if answer.state in (Answer.State.DRAFT, Answer.State.WAITING):
        return YES
    return no("wrong_state", "已经公开或撤下了，不能再改；写错了请撤下重写")


def can_publish(answer: Answer, by: Actor, *, has_consent: bool) -> Verdict:
    """A second person, who did not write it; a story only while its asker agrees."""
    if not _tells(answer, by):
        return no("not_your_post", OFFICE)
    if by.person_id == answer.written_by_id:
        return no("second_person", "写的人不能自己同意公开，请另一位同志来看")
    if answer.order.category.is_sensitive:
        return no("sensitive", "这一类的事关系到个人，不公开")
    if answer.kind == Answer.Kind.STORY and not has_consent:
        return no("no_consent", "点单人没有同意，或已经撤回，不能公开")
    return _waits(answer)


def can_send_back(answer: Answer, by: Actor) -> Verdict:
    return _waits(answer) if _tells(answer, by) else no("not_your_post", OFFICE)


def can_retire(answer: Answer, by: Actor) -> Verdict:
    if not _tells(answer, by):
        return no("not_your_post", OFFICE)
    return _stands(answer)


def can_take_down(answer: Answer, by: Actor) -> Verdict:
    """Whoever asked needs no reason."""
    if not orders.is_asker(answer.order, by):
        return no("not_asker", "只有点单人可以这样撤下")
    return _stands(answer)


def _tells(answer: Answer, by: Actor) -> bool:
    return by.person_id is not None and orders.governs(answer.order, by, "orders.dispatch")


def _waits(answer: Answer) -> Verdict:
    waits = answer.state == Answer.State.WAITING
    return YES if waits else no("wrong_state", "现在没有等着看的答复")


def _stands(answer: Answer) -> Verdict:
    stands = answer.state in Answer.STANDING
    return YES if stands else no("wrong_state", "已经撤下了")
