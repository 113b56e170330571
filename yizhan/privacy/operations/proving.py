"""Keeping what proves that nothing was changed: the head of each day, the outcome of each check."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from yizhan.base import chain
from yizhan.base.actor import Actor
from yizhan.base.models import Head, Seal
from yizhan.base.outbox import Message, Recipient, tell
from yizhan.privacy import proof, rules
from yizhan.privacy.models import ChainCheck

TOLD = 20


@transaction.atomic
def keep_head(*, by: Actor, at: datetime) -> Head | None:
    """Keep yesterday's end of the chain, and send it once to every audit administrator.

    None before anything was sealed.
    """
    rules.can_keep_head(by).or_refuse()
    day = localdate(at) - timedelta(days=1)
    known = Head.objects.filter(date=day).exists()
    head = chain.keep_head(at=at)
    if head is None or known:
        return head
    facts = {"day": day.isoformat(), "head": f"{head.position}:{bytes(head.hash).hex()}"}
    to, seal = proof.auditors(localdate(at)), Seal(position=head.position)
    tell(*(Message(Recipient(person_id=pk), "privacy_head", seal, facts) for pk in to), at=at)
    return head


@transaction.atomic
def keep_check(*, faults: Sequence[chain.Fault], by: Actor, at: datetime) -> ChainCheck:
    """Keep how one check of the whole chain came out; the first faults in words."""
    rules.can_keep_check(by).or_refuse()
    last = proof.last_seal()
    return ChainCheck.objects.create(
        position=last.position if last else 0,
        hash=bytes(last.hash) if last else chain.FIRST,
        faults=len(faults),
        findings=[fault.sentence for fault in faults[:TOLD]],
        via=by.via,
        at=at,
    )
