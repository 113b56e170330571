"""What the pages of advice and of a plan show. Of people: name, unit, what they say they can do."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from yizhan.base.actor import Actor
from yizhan.clocks.calendar import promise_text
from yizhan.dispatch import queries, rules
from yizhan.dispatch.models import Plan, Proposal
from yizhan.dispatch.operations import INVITED, STALE
from yizhan.dispatch.queries import Facts
from yizhan.orders.models import Order
from yizhan.orders.queries import deadline, is_late
from yizhan.people.models import Person, Post, Unit

OPTIONS = 8
GONE = "已经有人接了，或进展变了，不用再邀请"
OUTCOMES = {
    INVITED: "已邀请",
    STALE: "单子刚有变化，没有发出，请再拟一次",
    "wrong_state": "已经有人接了，或进展变了，没有发出",
    "asked_already": "已经邀请过这位，没有再发",
    "not_of_unit": "这位不在承办单位了，没有发出",
    "not_now": "这位这时候不方便打扰，没有发出",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One person on the page of advice: why they fit, or why not now; whether one can tick them."""

    post: Post
    words: str
    tag: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """Who fits an order best, and who else there is."""

    order: Order
    best: list[Line]
    others: list[Line]
    promise: str


def advice(order: Order, at: datetime) -> Advice:
    """The advice for one order, in a number of queries that does not grow with the people."""
    facts = queries.facts_for([order], at)
    need, helpers = facts.needs[order.pk], facts.helpers_for(order.pk)
    top = [one.person_id for one in rules.suggest(need, helpers)]
    lines = {
        one.person_id: Line(
            post=facts.posts[one.person_id],
            words=rules.reason(need, one),
            tag=rules.STANDINGS.get(rules.standing(one), ""),
            is_open=rules.standing(one) not in ("asked", "not_free"),
        )
        for one in helpers
    }
    others = [line for person, line in lines.items() if person not in top]
    others.sort(key=lambda line: (not line.is_open, line.tag, line.post.pk))
    due = deadline(order)
    promise = promise_text(due, at) if due else ""
    return Advice(order, [lines[person] for person in top], others, promise)


@dataclass(frozen=True, slots=True)
class Row:
    """One order of a plan: whom to ask and why, who else could be asked, what came of it."""

    proposal: Proposal
    reason: str
    options: list[tuple[str, str]]
    promise: str
    late: bool
    outcome: str
    went: bool

    @property
    def order(self) -> Order:
        order: Order = self.proposal.order
        return order


@dataclass(frozen=True, slots=True)
class Screen:
    """A plan as a page shows it. `people` by public code, for the form."""

    plan: Plan
    rows: list[Row]
    people: dict[str, Person]
    summary: str


def plan_screen(plan: Plan, at: datetime) -> Screen:
    """A draft with reasons and alternatives; of what was sent, what came of each order."""
    proposals = list(queries.proposals_of(plan))
    if plan.state != Plan.State.DRAFT:
        return Screen(plan, [_row(one, at) for one in proposals], {}, "")
    facts = queries.facts_for([one.order for one in proposals], at)
    rows = [_drafted(one, facts, at) for one in proposals]
    people = {post.person.code: post.person for post in facts.posts.values()}
    return Screen(plan, rows, people, _summary(proposals, facts))


def _row(proposal: Proposal, at: datetime) -> Row:
    order = proposal.order
    due = deadline(order)
    return Row(
        proposal=proposal,
        reason="",
        options=[],
        promise=promise_text(due, at) if due else "",
        late=is_late(order, at),
        outcome=OUTCOMES.get(proposal.outcome, "没有发出") if proposal.outcome else "",
        went=proposal.outcome == INVITED,
    )


def _drafted(proposal: Proposal, facts: Facts, at: datetime) -> Row:
    order = proposal.order_id
    if order not in facts.needs:
        return replace(_row(proposal, at), outcome=GONE)
    need, helpers = facts.needs[order], facts.helpers_for(order)
    found = rules.suggest(need, helpers, OPTIONS)
    reasons = {one.person_id: one.reason for one in found}
    chosen = proposal.person_id
    if chosen and chosen not in reasons:
        still = [one for one in helpers if one.person_id == chosen]
        reasons |= {one.person_id: rules.reason(need, one) for one in still}
    options = [
        (facts.posts[person].person.code, f"{facts.posts[person].person.full_name}，{words}")
        for person, words in reasons.items()
    ]
    return replace(_row(proposal, at), reason=reasons.get(chosen or 0, ""), options=options)


def _summary(proposals: Sequence[Proposal], facts: Facts) -> str:
    """How many got somebody, how far they walk in all, how many each has at most."""
    chosen = [(one.order_id, one.person_id) for one in proposals if one.person_id]
    ways = [
        rules.metres(facts.needs[order], facts.helpers[person])
        for order, person in chosen
        if person in facts.helpers and order in facts.needs
    ]
    known = [way for way in ways if way is not None]
    load = max(Counter(person for _, person in chosen).values(), default=0)
    parts = [f"{len(proposals)} 张单子，{len(chosen)} 张找到了合适的人"]
    if known:
        parts.append(_together(sum(known)))
    if load:
        parts.append(f"一个人最多邀请 {load} 张")
    return "；".join(parts)


def _together(way: int) -> str:
    return f"走的路合起来约 {way / 1000:.1f} 公里" if way >= rules.NEAR / 10 else "都在附近"


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for somebody in the actor's area or unit, and the plans for it."""

    orders: list[Row]
    units: list[Unit]
    draft: Plan | None
    sent: list[Plan]


def queue_screen(by: Actor, at: datetime) -> Queue:
    """The orders that a plan would be made for now."""
    orders = queries.waiting(by)
    rows = [_row(Proposal(order=order), at) for order in orders]
    return Queue(rows, queries.units_of(orders), queries.draft_of(by), queries.sent_before(by))
