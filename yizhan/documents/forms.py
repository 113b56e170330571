"""From what was typed to the values that an operation takes. Nothing is saved here."""

from typing import Any

from django import forms

from yizhan.documents.layouts import FIXED, Layout, fault
from yizhan.documents.ledgers import Ledger, Taking
from yizhan.documents.models import LedgerTemplate
from yizhan.documents.operations.templates import Upload
from yizhan.documents.workbooks import MOST_BYTES, BadWorkbook, opened

NO_TEMPLATE = "-"
MOST_ROW = 2_000


def _day(label: str, **more: Any) -> Any:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填日期", "invalid": "请按 年-月-日 填日期"},
        **more,
    )


class UploadTemplate(forms.Form):
    """上传模板."""

    ledger = forms.ChoiceField(
        label="哪本台账？",
        error_messages={"required": "请选一本台账", "invalid_choice": "没有这本台账"},
    )
    name = forms.CharField(
        label="模板叫什么？",
        max_length=40,
        help_text="名字相同就是新的一版，旧的还在",
        error_messages={"required": "请给模板起个名字", "max_length": "名字最多 40 个字"},
    )
    since_date = _day("从哪天起用？", help_text="以前的月份仍用旧的一版")
    file = forms.FileField(
        label="模板文件（.xlsx）",
        required=False,
        help_text="您单位现在用的那张空表：标题、表头、一行样子、表尾",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx", "class": "in"}),
    )

    def __init__(self, *args: Any, ledgers: list[Ledger], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["ledger"]
        field.choices = [(one.code, one.name) for one in ledgers]

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if not file:
            raise forms.ValidationError("请选一个 .xlsx 文件")
        if file.size > MOST_BYTES:
            most = MOST_BYTES // 2**20
            raise forms.ValidationError(f"模板最大 {most} MB，请删掉里面的数据和图片再上传")
        data: bytes = file.read()
        try:
            opened(data)
        except BadWorkbook as bad:
            raise forms.ValidationError(bad.reason) from None
        return data

    def upload(self) -> Upload:
        """The cleaned values as the operation takes them."""
        kept = self.cleaned_data
        return Upload(kept["name"], kept["since_date"], kept["file"])


def _row(label: str) -> Any:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=MOST_ROW,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "请填行号", "invalid": "请填一个整数",
            "min_value": "行号从 1 数起", "max_value": f"行号最多 {MOST_ROW}",
        },
    )  # fmt: skip


class MapTemplate(forms.Form):
    """对列: for each column of the ledger a letter, for each fixed value a cell."""

    sheet = forms.CharField(widget=forms.HiddenInput, max_length=40)
    version = forms.IntegerField(widget=forms.HiddenInput)
    first_row = _row("数据从第几行开始")
    last_row = _row("表里的空行到第几行为止")

    def __init__(
        self, *args: Any, book: Any, ledger: Ledger, heads: dict[str, str], layout: Layout,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.book, self.ledger = book, ledger
        letters = [(one, f"{one} 列 {head}".strip()) for one, head in heads.items()]
        for column in ledger.columns:
            self.fields[f"col_{column.code}"] = forms.ChoiceField(
                label=column.name,
                choices=[("", "表里没有"), *letters],
                required=False,
                initial=layout.columns.get(column.code, ""),
                widget=forms.Select(attrs={"class": "in"}),
                error_messages={"invalid_choice": "表里没有这一列"},
            )
        for source, name in FIXED.items():
            self.fields[f"at_{source}"] = forms.CharField(
                label=name,
                max_length=8,
                required=False,
                initial=layout.fixed.get(source, ""),
                widget=forms.TextInput(attrs={"autocapitalize": "characters", "class": "in"}),
                error_messages={"max_length": "像 B2 这样写"},
            )

    @property
    def columns(self) -> list[Any]:
        """The fields of the columns."""
        return [self[name] for name in self.fields if name.startswith("col_")]

    @property
    def cells(self) -> list[Any]:
        """The fields of the values that stand once."""
        return [self[name] for name in self.fields if name.startswith("at_")]

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or self.cleaned_data
        if not self.errors:
            codes = [one.code for one in self.ledger.columns]
            if wrong := fault(self.book, self.layout(), codes):
                raise forms.ValidationError(wrong)
        return kept

    def layout(self) -> Layout:
        """The cleaned values as the operation takes them."""
        kept = self.cleaned_data

        def of(start: str) -> dict[str, str]:
            found = {name: text for name, text in kept.items() if name.startswith(start) and text}
            return {name.removeprefix(start): text.strip().upper() for name, text in found.items()}

        return Layout(kept["sheet"], kept["first_row"], kept["last_row"], of("col_"), of("at_"))


class TakeOut(forms.Form):
    """导出台账."""

    template = forms.ChoiceField(
        label="用哪份模板？",
        required=False,
        error_messages={"invalid_choice": "没有这份模板，请重新选"},
    )
    since = _day("从哪天", required=False)
    until = _day("到哪天", required=False)
    with_words = forms.BooleanField(label="带原话", required=False)
    reason = forms.CharField(
        label="为什么要带原话？",
        max_length=40,
        required=False,
        help_text="写下的理由会记进查看记录，点单人能看到台账被导出过",
    )

    def __init__(
        self, *args: Any, templates: list[LedgerTemplate], ledger: Ledger, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ledger = ledger
        found = [
            (one.code, f"{one.region.short_name}：{one.name}（第 {one.number} 版）")
            for one in templates
        ]
        field: Any = self.fields["template"]
        field.choices = [
            ("", "自动选最近的一份"),
            *found,
            (NO_TEMPLATE, "不用模板，用系统自带的表"),
        ]
        self.fields["with_words"].label = f"带{ledger.words}"

    def taking(self, filters: dict[str, str]) -> Taking:
        """The cleaned values with the filters of the address."""
        kept = self.cleaned_data
        return Taking(
            filters,
            kept["since"],
            kept["until"],
            with_words=kept["with_words"] and bool(self.ledger.words),
            reason=kept["reason"],
        )
