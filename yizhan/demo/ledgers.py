"""The template that the demo's street has uploaded for its communities."""

from datetime import datetime

from django.utils.timezone import localdate

from yizhan.demo import crowd, ledger_sample
from yizhan.documents import operations
from yizhan.documents.ledgers import LEDGERS
from yizhan.documents.models import LedgerTemplate
from yizhan.documents.operations.templates import Upload
from yizhan.people.acting import actor_for
from yizhan.people.models import Post

NAME = "点单台账（街道统一样式）"


def load(at: datetime) -> None:
    """Uploaded and put to use by the first post of a street's office; once."""
    held = Post.objects.filter(role="street_office", person__is_demo=True).order_by("pk")
    post = held.select_related("person", "unit__region").first()
    if post is None or LedgerTemplate.objects.exists():
        return
    by = actor_for(post.person, post, "demo")
    upload = Upload(NAME, localdate(at - crowd.EPOCH), ledger_sample.workbook())
    template = operations.upload_template(
        ledger=LEDGERS["orders"], region=post.unit.region, upload=upload, by=by, at=at
    )
    operations.map_template(
        template=template, layout=template.mapping, version=template.version, by=by, at=at
    )
