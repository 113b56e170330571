"""From what was typed to the values that an operation takes. Nothing is saved here."""

from django import forms

from yizhan.base.fields import words_field
from yizhan.ladder.models import Decision


class PassUp(forms.Form):
    """上报街道; the order's own page takes it."""

    reason = words_field("为什么上报街道？", "请写一句上报的原因", hint="街道会看到这段话", rows=2)


class Issue(forms.Form):
    """签发督办单."""

    words = words_field("请单位说明什么？", "请写清楚要单位说明什么", hint="单位和街道看得到这段话")


class Dismiss(forms.Form):
    """不督办."""

    reason = words_field("为什么不用督办？", "请写一句不用督办的原因", rows=2)


class Answer(forms.Form):
    """答复督办单."""

    words = words_field(
        "为什么超时，什么时候办好？",
        "请写清楚超时的原因和办好的时间",
        hint="街道和社区看得到这段话；不写点单人的姓名、门牌和病情",
    )


class Decide(forms.Form):
    """作出决定."""

    choice = forms.TypedChoiceField(
        choices=Decision.Choice.choices,
        coerce=Decision.Choice,
        label="接下来怎么办？",
        widget=forms.RadioSelect,
        error_messages={"required": "请选一项"},
    )
    words = words_field("理由", "请写一句理由", rows=2)
