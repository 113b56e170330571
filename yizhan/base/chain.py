"""Sealing steps into a chain, following it, and checking that nothing was changed.

A follower never reads by step id: ids commit out of order. It reads by position, which one sealer
hands out without gaps.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils.timezone import localdate

from yizhan.base import crypto
from yizhan.base.steps import Follower, Head, Remark, Seal, Step, Unsealed

FIRST = bytes(32)
FORMAT = 1
SEALER_LOCK = 7_301_001
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the chain: where, and a sentence about it."""

    position: int
    sentence: str


def seal_waiting(*, at: datetime, limit: int = BATCH) -> int:
    """Give waiting steps their place in the chain; returns how many. One sealer at a time."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER_LOCK])
            if not cursor.fetchone()[0]:
                return 0
        waiting = list(Unsealed.objects.select_related("step").order_by("pk")[:limit])
        last = Seal.objects.order_by("-position").first()
        position, previous = (last.position, bytes(last.hash)) if last else (0, FIRST)
        seals = []
        for row in waiting:
            position += 1
            previous = link(previous, row.step)
            seals.append(Seal(position=position, step=row.step, hash=previous, sealed_at=at))
        Seal.objects.bulk_create(seals)
        Unsealed.objects.filter(pk__in=[row.pk for row in waiting]).delete()
        return len(seals)


def link(previous: bytes, step: Step) -> bytes:
    """The hash of a step that follows the one with hash `previous`: SM3, 32 bytes.

    It covers the digest of the step, not the step, so that the chain can be recomputed outside from
    digests alone: `tools/check_chain.py`.
    """
    return crypto.digest(previous + crypto.digest(step.payload()))


def keep_head(*, at: datetime) -> Head | None:
    """Keep yesterday's last position and hash, once."""
    day = localdate(at) - timedelta(days=1)
    last = Seal.objects.filter(sealed_at__date__lte=day).order_by("-position").first()
    if last is None:
        return None
    return Head.objects.get_or_create(
        date=day, defaults={"position": last.position, "hash": bytes(last.hash)}
    )[0]


def exported() -> Iterator[str]:
    """The whole chain as lines of JSON without any content: what it is, heads of days, links.

    A link has its position, its hash as it was sealed, and the digest of its step computed anew;
    none when the step is gone.
    """
    end = Seal.objects.aggregate(end=Max("position"))["end"] or 0
    yield json.dumps({"chain": FORMAT, "district": settings.DISTRICT, "digest": "sm3", "end": end})
    for head in Head.objects.order_by("date"):
        row = {"head": head.date.isoformat(), "position": head.position}
        yield json.dumps({**row, "hash": bytes(head.hash).hex()})
    seals = Seal.objects.filter(position__lte=end).order_by("position")
    position = 0
    while batch := list(seals.filter(position__gt=position)[:BATCH]):
        found = Step.objects.in_bulk([seal.step_id for seal in batch])
        for seal in batch:
            step, sealed = found.get(seal.step_id), bytes(seal.hash).hex()
            digest = crypto.digest(step.payload()).hex() if step else None
            yield json.dumps({"position": seal.position, "step": digest, "hash": sealed})
        position = batch[-1].position


def read_on(name: str, *, limit: int = BATCH) -> list[Step]:
    """The next steps for a named follower, moving its cursor. Call inside a transaction."""
    Follower.objects.get_or_create(name=name)
    cursor = Follower.objects.select_for_update().get(name=name)
    seals = list(
        Seal.objects.filter(position__gt=cursor.position)
        .select_related("step")
        .order_by("position")[:limit]
    )
    if seals:
        cursor.position = seals[-1].position
        cursor.save(update_fields=["position"])
    return [seal.step for seal in seals]


def verify() -> list[Fault]:
    """Recompute the whole chain. An empty list means every step is as it was written."""
    return [*_broken_links(), *_missing_steps(), *_wrong_heads(), *_changed_remarks()]


def _broken_links() -> Iterator[Fault]:
    expected, previous = 1, FIRST
    steps = Step.objects.in_bulk
    position = 0
    while True:
        seals = list(Seal.objects.filter(position__gt=position).order_by("position")[:BATCH])
        if not seals:
            return
        found = steps([seal.step_id for seal in seals])
        for seal in seals:
            if seal.position != expected:
                yield Fault(expected, f"第 {expected} 号封存记录不见了")
            step = found.get(seal.step_id)
            if step is None:
                yield Fault(
                    seal.position, f"历史记录 {seal.step_id} 被删除（链上第 {seal.position} 号）"
                )
            elif link(previous, step) != bytes(seal.hash):
                yield Fault(
                    seal.position,
                    f"历史记录 {step.pk}（{step.subject_type}:{step.subject_id} 第 {step.seq} 步）"
                    f"与封存时不一致（链上第 {seal.position} 号）",
                )
            expected, previous, position = seal.position + 1, bytes(seal.hash), seal.position


def _missing_steps() -> Iterator[Fault]:
    loose = Step.objects.filter(seal=None, unsealed=None).order_by("pk")
    for step in loose[:BATCH]:
        yield Fault(0, f"历史记录 {step.pk} 既未封存也不在待封存之列")


def _wrong_heads() -> Iterator[Fault]:
    end = Seal.objects.aggregate(end=Max("position"))["end"] or 0
    for head in Head.objects.order_by("date"):
        seal = Seal.objects.filter(position=head.position).first()
        if head.position > end:
            yield Fault(
                head.position, f"{head.date} 的链头在第 {head.position} 号，链只到第 {end} 号"
            )
        elif seal is None or bytes(seal.hash) != bytes(head.hash):
            yield Fault(head.position, f"{head.date} 的链头与链上第 {head.position} 号不一致")


def _changed_remarks() -> Iterator[Fault]:
    steps = Step.objects.filter(remark__isnull=False).select_related("remark").order_by("pk")
    for step in steps.iterator(chunk_size=BATCH):
        remark = step.remark
        if remark is None or remark.erased_at or remark.text is None:
            continue
        if Remark.digest_of(remark.text.open(), bytes(remark.salt)) != step.facts.get("remark"):
            yield Fault(0, f"历史记录 {step.pk} 的附言与当时的摘要不一致")
