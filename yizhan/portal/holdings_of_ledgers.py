"""What the templates and exports of ledgers keep about the staff who made them."""

from dataclasses import replace
from datetime import datetime

from yizhan.base.actor import Actor
from yizhan.documents import operations
from yizhan.documents.models import LedgerExport, LedgerTemplate
from yizhan.people.models import Person
from yizhan.privacy.holdings import Holding, Rows, minute, register


def _templates(person: Person) -> Rows:
    mine = LedgerTemplate.objects.filter(uploaded_by=person).order_by("pk")
    return [{"模板": one.name, "上传时间": minute(one.uploaded_at)} for one in mine]


def _exports(person: Person) -> Rows:
    mine = LedgerExport.objects.filter(person=person).order_by("pk")
    return [
        {
            "台账": one.of.name,
            "时间": minute(one.asked_at),
            "条数": f"{one.rows}",
            "现在": str(one.get_state_display()),
        }
        for one in mine
    ]


def _forget_exports(person: Person, by: Actor, at: datetime) -> int:
    """The files go at once; that something was taken out stays written."""
    mine = LedgerExport.objects.filter(person=person).exclude(state=LedgerExport.State.REMOVED)
    kept, asked = list(mine.order_by("pk")), replace(by, on_behalf_of=person.pk)
    for one in kept:
        operations.drop_export(export=one, by=asked, at=at)
    return len(kept)


register(
    [
        Holding(
            code="documents.templates",
            name="上传的台账模板",
            purpose="按本单位自己的表导出台账",
            basis="duty",
            kept="单位在用就保留",
            columns=(
                "documents.ledgertemplate.uploaded_by",
                "documents.ledgertemplate.file",
            ),
            copy=_templates,
            stays="空表本身，由一个编号上传，不带姓名",
        ),
        Holding(
            code="documents.exports",
            name="在后台生成的台账",
            purpose="记录多时不用等着，好了再下载",
            basis="duty",
            kept="7 天后删除文件",
            columns=("documents.ledgerexport.person", "documents.ledgerexport.file"),
            copy=_exports,
            forget=_forget_exports,
            goes="生成的文件",
            stays="一个编号在什么时候导出过多少条，不带姓名",
        ),
    ]
)
