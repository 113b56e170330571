"""State machines as one table per model, with a permanent record of every step."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from yizhan.base.actor import Actor
from yizhan.base.steps import Remark, Step
from yizhan.base.verdict import Refused

Flow = Mapping[str, frozenset[str]]


class Recorded(models.Model):
    """A model whose changes leave Steps behind. `version` is the seq of its last step.

    `STEPS` names every kind of step with its Chinese label; kinds in `PRIVATE` are readable by
    their actor alone.
    """

    STEPS: ClassVar[Mapping[str, str]]
    PRIVATE: ClassVar[frozenset[str]] = frozenset()
    FACTS_VERSION: ClassVar[int] = 1

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def scope_code(self) -> str:
        """The region the step belongs to; empty when the subject has none."""
        return str(getattr(self, "region_code", ""))

    def begin(self, kind: str, *, by: Actor, at: datetime, remark: str = "", **facts: Any) -> Step:
        """Write the first step of a subject just created with version 1."""
        return self._write(kind, by=by, at=at, remark=remark, facts=facts)

    def note(
        self,
        kind: str,
        *,
        by: Actor,
        at: datetime,
        saving: tuple[str, ...] = (),
        remark: str = "",
        **facts: Any,
    ) -> Step:
        """Save the named fields and write a step. The caller holds the row lock."""
        self.version += 1
        self.save(update_fields=["version", *saving])
        return self._write(kind, by=by, at=at, remark=remark, facts=facts)

    def first(self, kind: str, *, by: Actor, at: datetime, **facts: Any) -> Step:
        """The first step, not yet saved: for many subjects created at once."""
        return self._step(kind, by=by, at=at, facts=facts)

    def _write(
        self, kind: str, *, by: Actor, at: datetime, remark: str, facts: dict[str, Any]
    ) -> Step:
        kept = None
        if remark:
            salt = secrets.token_bytes(16)
            kept = Remark.objects.create(text=remark, salt=salt)
            facts = {**facts, "remark": Remark.digest_of(remark, salt)}
        step = self._step(kind, by=by, at=at, facts=facts, remark=kept)
        step.save(force_insert=True)
        return step

    def _step(
        self,
        kind: str,
        *,
        by: Actor,
        at: datetime,
        facts: dict[str, Any],
        remark: Remark | None = None,
    ) -> Step:
        if kind not in self.STEPS:
            raise KeyError(f"{self._meta.label}: step kind {kind!r} is not registered")
        return Step(
            subject_type=self._meta.label_lower,
            subject_id=self.pk,
            seq=self.version,
            kind=kind,
            version=self.FACTS_VERSION,
            district=settings.DISTRICT,
            region_code=self.scope_code,
            actor_kind=by.kind,
            actor_id=by.person_id,
            post_id=by.post_id,
            on_behalf_of=by.on_behalf_of,
            via=by.via,
            at=at,
            facts={**facts, "how": by.how} if by.how else facts,
            remark=remark,
        )

    @property
    def steps(self) -> "models.QuerySet[Step]":
        """Every step of this subject, oldest first."""
        return Step.objects.filter(
            subject_type=self._meta.label_lower, subject_id=self.pk
        ).order_by("seq")

    def erase_remarks(self, at: datetime) -> int:
        """Blank what was said with any of its steps; their digests stay. Returns how many."""
        said = self.steps.exclude(remark=None).values("remark")
        return Remark.objects.filter(pk__in=said, erased_at=None).update(text=None, erased_at=at)

    def steps_for(self, by: Actor) -> "models.QuerySet[Step]":
        """The steps this actor may read: private kinds only if they are the actor's own."""
        steps = self.steps.select_related("remark", "actor")
        if self.PRIVATE:
            steps = steps.exclude(
                ~models.Q(actor_id=by.person_id or 0), kind__in=sorted(self.PRIVATE)
            )
        return steps


class Flowing(Recorded):
    """A recorded model whose `state` only changes along FLOW."""

    FLOW: ClassVar[Flow]
    state: Any

    class Meta:
        abstract = True

    def move(
        self,
        to: str,
        kind: str = "",
        *,
        by: Actor,
        at: datetime,
        saving: tuple[str, ...] = (),
        remark: str = "",
        **facts: Any,
    ) -> Step:
        """Change state, save the named fields only and write the step. The caller holds the lock.

        `kind` defaults to the new state. Raises `Refused` when FLOW has no such move.
        """
        if to not in self.FLOW[self.state]:
            raise Refused("wrong_state", "这件事的进展已经变了，请刷新后再看")
        before, self.state = self.state, to
        return self.note(
            kind or to,
            by=by,
            at=at,
            saving=("state", *saving),
            remark=remark,
            **{"from": str(before), "to": str(to), **facts},
        )
