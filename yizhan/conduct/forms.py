"""From what was typed to the values that an operation takes. Nothing is saved here."""

from django import forms

from yizhan.base.fields import words_field
from yizhan.conduct.models import Flag
from yizhan.conduct.operations import Ruling
from yizhan.conduct.rules import MOST_DAYS, MOST_PER_DAY

USUAL_DAYS = 7


class Raise(forms.Form):
    """记录不当使用."""

    reason = forms.ChoiceField(
        label="是哪一种？",
        choices=Flag.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一种"},
    )
    words = words_field(
        "发生了什么？", "请写清楚发生了什么，至少 4 个字", hint="只写事实，不写对人的看法", least=4
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
    words = words_field(
        "告诉本人为什么", "请写清楚为什么，本人会看到", hint="本人会看到这段话，写大白话", least=4
    )

    def ruling(self) -> Ruling:
        """The cleaned values as the operation takes them."""
        return Ruling(**self.cleaned_data)


class Words(forms.Form):
    """One sentence that says why."""

    words = words_field("为什么？", "请写一句原因，至少 4 个字", rows=2, least=4)


class Answer(forms.Form):
    """The answer to an appeal."""

    words = words_field("答复本人", "请写一句答复，本人会看到", hint="本人会看到这段话", least=4)


class Appeal(forms.Form):
    """申诉."""

    words = words_field("为什么不是这样？", "请写一句您的理由，至少 4 个字", rows=4, least=4)
