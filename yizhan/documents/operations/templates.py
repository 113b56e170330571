"""Uploading a template, saying where the values go, and putting it aside."""

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from django.db import transaction

from yizhan.base import files
from yizhan.base.actor import Actor
from yizhan.base.verdict import Refused
from yizhan.documents import queries, rules
from yizhan.documents.layouts import Layout, fault
from yizhan.documents.ledgers import Ledger
from yizhan.documents.models import WORKBOOK, LedgerTemplate
from yizhan.documents.proposing import proposed
from yizhan.documents.workbooks import BadWorkbook, opened
from yizhan.regions.models import Region


@dataclass(frozen=True, slots=True)
class Upload:
    """A workbook as it came: what it is called, from which day on it is used, and its bytes."""

    name: str
    since_date: date
    data: bytes


@transaction.atomic
def upload_template(
    *, ledger: Ledger, region: Region, upload: Upload, by: Actor, at: datetime
) -> LedgerTemplate:
    """Keep a workbook as the next version of a template, with a layout proposed for it.

    Refused with no_power, outside, or bad_workbook. What could act is not kept.
    """
    region = Region.objects.select_for_update().get(pk=region.pk)
    rules.can_upload_template(region.code, by).or_refuse()
    try:
        found = opened(upload.data)
    except BadWorkbook as bad:
        raise Refused("bad_workbook", bad.reason) from None
    visible = [sheet for sheet in found.book.worksheets if sheet.sheet_state == "visible"]
    layouts = [proposed(sheet, ledger) for sheet in visible]
    clean = BytesIO()
    found.book.save(clean)
    template = LedgerTemplate.objects.create(
        ledger=ledger.code,
        name=upload.name,
        number=queries.next_number(region.code, ledger.code, upload.name),
        region=region,
        region_code=region.code,
        since_date=upload.since_date,
        file=files.keep(clean.getvalue(), media_type=WORKBOOK, at=at),
        layout=max(layouts, key=lambda one: len(one.columns)).kept(),
        losses=list(found.losses),
        uploaded_by_id=by.person_id,
        uploaded_at=at,
    )
    template.begin("uploaded", by=by, at=at, ledger=ledger.code, number=template.number)
    return template


@transaction.atomic
def map_template(
    *, template: LedgerTemplate, layout: Layout, version: int, by: Actor, at: datetime
) -> LedgerTemplate:
    """Say where the values go; from its day on the template is used.

    Refused with no_power, outside, stale, wrong_state, or bad_layout.
    """
    template = LedgerTemplate.objects.lock(template)
    wrong = fault(queries.book_of(template), layout, [one.code for one in template.of.columns])
    rules.can_map_template(template, by, version=version, fault=wrong).or_refuse()
    template.layout, count = layout.kept(), len(layout.columns)
    if template.state == LedgerTemplate.State.IN_USE:
        template.note("mapped", by=by, at=at, saving=("layout",), columns=count)
        return template
    in_use = LedgerTemplate.State.IN_USE
    template.move(in_use, "mapped", by=by, at=at, saving=("layout",), columns=count)
    return template


@transaction.atomic
def retire_template(*, template: LedgerTemplate, by: Actor, at: datetime) -> LedgerTemplate:
    """Put a version aside; it stays readable. Refused with no_power, outside, or wrong_state."""
    template = LedgerTemplate.objects.lock(template)
    rules.can_retire_template(template, by).or_refuse()
    template.move(LedgerTemplate.State.RETIRED, by=by, at=at)
    return template
