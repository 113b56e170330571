"""What administrators did, for the audit administrator: who by post, when, which kind of act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db.models import Q, QuerySet

from yizhan.base.actor import Kind
from yizhan.base.models import Step
from yizhan.people.models import Person, Post
from yizhan.people.rules import ADMINISTRATORS
from yizhan.privacy.subjects import blind_code, name_of

BY_COMMAND = ("people.person", "people.post", "base.switch")


@dataclass(frozen=True, slots=True)
class Row:
    """One act: the post and the account, what was done, to which kind of record."""

    at: datetime
    who: str
    account: str
    act: str
    subject: str
    blind: str


def steps() -> QuerySet[Step]:
    """The steps made in an administrator's post, or on accounts and switches by a command."""
    posts = Post.objects.filter(role__in=ADMINISTRATORS).values("pk")
    by_command = Q(actor_kind=Kind.CLOCK, subject_type__in=BY_COMMAND)
    return Step.objects.filter(Q(post_id__in=posts) | by_command).order_by("-pk")


def rows(found: list[Step]) -> list[Row]:
    """The words for these steps, in two queries."""
    wanted = {step.post_id for step in found if step.post_id}
    posts = Post.objects.select_related("unit").in_bulk(wanted)
    actors = {step.actor_id for step in found if step.actor_id}
    accounts = dict(Person.objects.filter(pk__in=actors).values_list("pk", "code"))
    return [_row(step, posts, accounts) for step in found]


def _row(step: Step, posts: Mapping[int, Post], accounts: Mapping[int, str]) -> Row:
    post = posts.get(step.post_id or 0)
    return Row(
        at=step.at,
        who=f"{post.unit}，{post.get_role_display()}" if post else "系统或命令",
        account=accounts.get(step.actor_id or 0, ""),
        act=_label(step),
        subject=name_of(step.subject_type),
        blind=blind_code(step.subject_type, step.subject_id),
    )


def _label(step: Step) -> str:
    kinds: Mapping[str, str] = getattr(apps.get_model(step.subject_type), "STEPS", {})
    return kinds.get(step.kind, step.kind)
