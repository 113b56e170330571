"""From what was typed to the values that an operation takes. Nothing is saved here."""

from typing import Any

from django import forms

from yizhan.base.fields import words_field
from yizhan.orders import rules as orders
from yizhan.orders.models import Order
from yizhan.orders.states import Cause
from yizhan.people.models import Unit

AWAY = "-"


class RaiseDispute(forms.Form):
    """提出异议."""

    cause = forms.ChoiceField(
        label="哪一种原因？",
        choices=Cause.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一种原因", "invalid_choice": "请从列出的原因里选"},
    )
    words = words_field(
        "为什么不该由本单位办？",
        "请写清楚依据，至少 5 个字",
        hint="裁定的人和社区会看到；不写点单人的姓名、电话、门牌",
        rows=4,
        least=5,
    )

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cause: Any = self.fields["cause"]
        cause.choices = [(one.value, one.label) for one in orders.causes_of(order)]


class Adjudicate(forms.Form):
    """裁定: a unit, or AWAY for what is dealt with elsewhere."""

    unit = forms.CharField(error_messages={"required": "请选由谁来办"})
    words = words_field("裁定的理由", "请写清楚理由，至少 5 个字", rows=4, least=5)

    def clean_unit(self) -> Unit | None:
        code = self.cleaned_data["unit"]
        if code == AWAY:
            return None
        unit = Unit.objects.current().filter(code=code).first()
        if unit is None:
            raise forms.ValidationError("请从列出的单位里选")
        return unit
