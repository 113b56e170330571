"""From what was typed to the values that an operation takes. Nothing is saved here.

Every text is read by other units: personal data in it are shown and masked first.
"""

from typing import Any

from django import forms

from yizhan.orders import whom
from yizhan.orders.models import Order
from yizhan.people.models import Unit
from yizhan.reading.forms import PublicForm, PublicText
from yizhan.whistles.kinds import Kind, in_words
from yizhan.whistles.operations.blowing import Brief
from yizhan.whistles.rules import LEVELS, QUESTIONS

WORDS = 200
LISTED = {"required": "请选一家单位", "invalid_choice": "请从列出的单位里选"}


class Blow(PublicForm):
    """吹哨."""

    kind = forms.ChoiceField(
        label="哪一种？",
        choices=[(one.value, f"{one.label}，{in_words(one)}回应") for one in Kind],
        widget=forms.RadioSelect,
        error_messages={"required": "请选日常、攻坚或应急"},
    )
    matter = PublicText(
        label="什么事，要大家来做什么？",
        max_length=WORDS,
        help_text="叫到的单位只看到这段话，看不到单子。不写姓名、电话、门牌",
        error_messages={"required": "请写清楚什么事、要做什么"},
    )
    place = PublicText(
        label="在哪一带？", max_length=60, required=False, help_text="路口、小区或大致位置"
    )
    lead = forms.ModelChoiceField(
        Unit.objects.current(),
        to_field_name="code",
        label="哪家牵头？",
        empty_label="请选一家",
        error_messages={**LISTED, "required": "请选一家牵头单位"},
    )
    helpers = forms.ModelMultipleChoiceField(
        Unit.objects.current(),
        to_field_name="code",
        label="还叫哪几家？",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=LISTED,
    )

    def __init__(self, *args: Any, order: Order, caller: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(one.code, one.name) for one in whom.units_for(order) if one.pk != caller]
        _offer(self.fields["lead"], [("", "请选一家"), *units])
        _offer(self.fields["helpers"], units)

    def brief(self) -> Brief:
        """The cleaned values as an operation takes them."""
        given = self.cleaned_data
        return Brief(given["kind"], given["matter"], given["place"], given["kept"])


def _offer(field: Any, choices: list[tuple[str, str]]) -> None:
    field.choices = choices


def _words(label: str, missing: str, hint: str = "") -> Any:
    return PublicText(
        label=label,
        max_length=WORDS,
        required=bool(missing),
        help_text=hint,
        error_messages={"required": missing} if missing else None,
    )


class AnswerCall(PublicForm):
    words = _words("什么时候到、带什么？", "", "可以不写")


class Explain(PublicForm):
    words = _words("为什么来不了？", "请写一句来不了的原因", "街道会看到")


class CompletePart(PublicForm):
    words = _words("办得怎么样？", "请写一句办的结果", "街道和一起来的单位会看到")


class CancelCall(PublicForm):
    words = _words("为什么不用来了？", "请写一句原因", "这家单位会看到")


class CloseWhistle(PublicForm):
    words = _words("这次吹哨的结果", "请写一句结果", "叫到的单位都会看到")


class CallUnit(forms.Form):
    unit = forms.ModelChoiceField(
        Unit.objects.current(), to_field_name="code", label="再叫哪一家？", error_messages=LISTED
    )

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(unit.code, unit.name) for unit in whom.units_for(order)]
        _offer(self.fields["unit"], [("", "请选一家"), *units])


class ChangeLead(PublicForm):
    unit = forms.ModelChoiceField(
        Unit.objects.current(), to_field_name="code", label="换哪一家牵头？", error_messages=LISTED
    )
    words = _words("为什么换？", "请写一句换的原因")

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(unit.code, unit.name) for unit in units]
        _offer(self.fields["unit"], [("", "请选一家"), *named])


class Assess(PublicForm):
    """互评: three questions, five levels, words if one likes."""

    words = _words("想说的话", "", "可以不写")

    def __init__(self, *args: Any, side: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in QUESTIONS[side].items():
            self.fields[code] = forms.TypedChoiceField(
                choices=list(LEVELS.items()),
                coerce=int,
                label=label,
                widget=forms.RadioSelect,
                error_messages={"required": "这一项也请选一个"},
            )
        self.order_fields([*QUESTIONS[side], "words"])
        self.side = side

    def levels(self) -> dict[str, int]:
        """The level given to each question."""
        return {code: self.cleaned_data[code] for code in QUESTIONS[self.side]}
