"""From what was typed to a statement."""

from typing import Any

from django import forms

from yizhan.insights.metrics import METRICS
from yizhan.insights.operations import Statement
from yizhan.reading.forms import PublicForm, PublicText
from yizhan.regions.models import Region

MOST = 10_000_000


class State(PublicForm):
    """How many, until when, from where, and who signs."""

    amount = forms.IntegerField(
        label="多少？",
        min_value=0,
        max_value=MOST,
        error_messages={
            "required": "请填数量",
            "invalid": "请填一个整数",
            "min_value": "数量不能小于 0",
            "max_value": "数量太大了，请核对",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    as_of_date = forms.DateField(
        label="截至哪一天？",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填截至日期", "invalid": "请按 年-月-日 填日期"},
    )
    source = PublicText(
        label="来源",
        max_length=120,
        help_text="哪份材料、第几页，别人照着能找到",
        error_messages={"required": "请写明来源"},
    )
    signer = forms.CharField(
        label="签字人",
        max_length=20,
        help_text="对这个数负责的人",
        error_messages={"required": "请写签字人姓名"},
    )
    signer_post = forms.CharField(
        label="签字人职务", max_length=40, error_messages={"required": "请写签字人职务"}
    )

    def statement(self) -> Statement:
        """The cleaned values as an operation takes them."""
        names = ("amount", "as_of_date", "source", "signer", "signer_post")
        return Statement(**{name: self.cleaned_data[name] for name in names})


class EnterBaseline(State):
    """录入历史基数."""

    metric = forms.ChoiceField(
        label="什么数？",
        choices=[("", "请选择"), *((one.code, one.name) for one in METRICS)],
        error_messages={"required": "请选一个指标", "invalid_choice": "没有这个指标"},
    )
    region = forms.ModelChoiceField(
        Region.objects.none(),
        to_field_name="code",
        label="哪里？",
        empty_label="请选择",
        error_messages={"required": "请选范围", "invalid_choice": "这个地方不在您的辖区"},
    )
    field_order = ["metric", "region"]

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        kinds = (Region.Kind.DISTRICT, Region.Kind.STREET, Region.Kind.TOWN, Region.Kind.COMMUNITY)
        here = Region.objects.current().own().filter(code__startswith=area, kind__in=kinds)
        region.queryset = here.order_by("code")
        region.label_from_instance = lambda one: one.short_name


class CorrectBaseline(State):
    """更正一条历史基数."""

    reason = PublicText(
        label="为什么更正？",
        max_length=120,
        error_messages={"required": "请写一句为什么更正"},
    )
