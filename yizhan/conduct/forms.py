"""From what was typed to the values that an operation takes. Nothing is saved here."""

from typing import Any

from django import forms

from yizhan.conduct.models import Flag
from yizhan.conduct.operations import Ruling
from yizhan.conduct.rules import MOST_DAYS, MOST_PER_DAY

WORDS = 300
USUAL_DAYS = 7


def _text(label: str, missing: str, *, hint: str = "", rows: int = 3) -> Any:
    return forms.CharField(
        label=label,
        help_text=hint,
        min_length=4,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing, "min_length": missing},
    )


class Raise(forms.Form):
    """记录不当使用."""

    reason = forms.ChoiceField(
        label="是哪一种？",
        choices=Flag.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一种"},
    )
    words = _text(
        "发生了什么？", "请写清楚发生了什么，至少 4 个字", hint="只写事实，不写对人的看法"
    )


class Uphold(forms.Form):
    """成立."""

    measure = forms.ChoiceField(
        label="怎么办？",
        choices=Flag.Measure.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一个办法"},
    )
    per_day = forms.IntegerField(
        label="一天最多点几件",
        required=False,
        initial=1,
        min_value=1,
        max_value=MOST_PER_DAY,
        help_text="选了「一天最多点几件」才用",
        error_messages={"invalid": "请填一个数"},
    )
    days = forms.IntegerField(
        label="办几天",
        initial=USUAL_DAYS,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=f"最长 {MOST_DAYS} 天，到日子自己结束",
        error_messages={"required": "请填几天", "invalid": "请填几天"},
    )
    words = _text("告诉本人为什么", "请写清楚为什么，本人会看到", hint="本人会看到这段话，写大白话")

    def ruling(self) -> Ruling:
        """The cleaned values as the operation takes them."""
        return Ruling(**self.cleaned_data)


class Words(forms.Form):
    """One sentence that says why."""

    words = _text("为什么？", "请写一句原因，至少 4 个字", rows=2)


class Answer(forms.Form):
    """The answer to an appeal."""

    words = _text("答复本人", "请写一句答复，本人会看到", hint="本人会看到这段话")


class Appeal(forms.Form):
    """申诉."""

    words = _text("为什么不是这样？", "请写一句您的理由，至少 4 个字", rows=4)
