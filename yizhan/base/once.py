"""The same command twice does the thing once: double taps, lost answers, retried API calls.

The answer is written at the end of the command's own transaction. A repetition runs into the unique
key, is rolled back whole, and gets the first answer. A refusal is an answer too.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar, TypeVar, cast

from django.apps import apps
from django.db import IntegrityError, models, transaction

from yizhan.base.actor import Actor
from yizhan.base.verdict import Refused

M = TypeVar("M", bound=models.Model)


class Command(models.Model):
    """The answer once given to one command of one actor."""

    key = models.CharField(max_length=80)
    owner = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    code = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["owner", "key"], name="command_once_per_owner")
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.key}"


class _Repeated(Exception):
    """Rolls the repetition back."""


def once(*, key: str, fingerprint: str, by: Actor, at: datetime, act: Callable[[], M]) -> M:
    """Run an operation unless this actor has already sent the same command; return its subject.

    Raises the first answer's `Refused` again, and `Refused("command_reused")` when the key came
    before with another content.
    """
    row = Command(key=key, owner=_owner(by), fingerprint=fingerprint, at=at)
    try:
        with transaction.atomic():
            subject = act()
            row.subject_type, row.subject_id = subject._meta.label_lower, subject.pk
            _keep(row)
    except _Repeated:
        return cast(M, _first_answer(row))
    except Refused as refused:
        row.code, row.reason = refused.code, refused.reason
        try:
            with transaction.atomic():
                _keep(row)
        except _Repeated:
            return cast(M, _first_answer(row))
        raise
    return subject


def _owner(by: Actor) -> str:
    if by.person_id:
        return f"person:{by.person_id}"
    return f"receipt:{by.receipt_of[0]}:{by.receipt_of[1]}" if by.receipt_of else "anonymous"


def _keep(row: Command) -> None:
    """Write the answer last; a repetition leaves by an exception that undoes all before it."""
    try:
        row.save(force_insert=True)
    except IntegrityError:
        raise _Repeated from None


def _first_answer(row: Command) -> Any:
    first = Command.objects.get(owner=row.owner, key=row.key)
    if first.fingerprint != row.fingerprint:
        raise Refused("command_reused", "这次提交的编号用过了，内容却不同。请刷新页面再提交")
    if first.code:
        raise Refused(first.code, first.reason)
    return apps.get_model(first.subject_type)._default_manager.get(pk=first.subject_id)
