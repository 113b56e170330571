"""From what was typed to the values that an operation takes. Nothing is saved here."""

from collections.abc import Iterable
from typing import Any

from django import forms

from yizhan.answers.models import Answer
from yizhan.answers.operations import Told
from yizhan.answers.queries import Wanted
from yizhan.reading.forms import PublicArea, PublicForm, PublicText
from yizhan.regions.models import Region
from yizhan.routing.models import Category

ASKED, DONE, TITLE = 200, 300, 30


class Write(PublicForm):
    """写成「您说我办」."""

    kind = forms.ChoiceField(
        label="写哪一种？",
        choices=Answer.Kind.choices,
        initial=Answer.Kind.GENERAL,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一种"},
    )
    title = PublicText(
        label="题目",
        help_text="像「楼道的灯亮了」这样",
        min_length=4,
        max_length=TITLE,
        error_messages={"required": "请写题目", "min_length": "题目至少 4 个字"},
    )
    asked = PublicText(
        label="您说",
        help_text="问了什么，不写是谁、住哪里、哪一天",
        min_length=5,
        max_length=ASKED,
        widget=PublicArea(attrs={"rows": 3}),
        error_messages={"required": "请写问了什么", "min_length": "请写完整，至少 5 个字"},
    )
    done = PublicText(
        label="我办",
        help_text="办成了什么；还没办成的，也照实写",
        min_length=5,
        max_length=DONE,
        widget=PublicArea(attrs={"rows": 4}),
        error_messages={"required": "请写办成了什么", "min_length": "请写完整，至少 5 个字"},
    )

    def told(self) -> Told:
        """The cleaned values as the operation takes them."""
        return Told(**self.cleaned_data)


class Publish(forms.Form):
    """同意公开."""

    unrecognisable = forms.BooleanField(
        label="我从头看过，看不出是哪一家、哪个人",
        error_messages={"required": "请先看一遍，确认看不出是谁"},
    )


class SendBack(forms.Form):
    """退回修改."""

    words = forms.CharField(
        label="要改什么？",
        min_length=2,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写一句要改什么", "min_length": "请写一句要改什么"},
    )


class Retire(forms.Form):
    """撤下."""

    reason = forms.ChoiceField(
        label="为什么撤下？",
        choices=[one for one in Answer.Reason.choices if one[0] != Answer.Reason.ERASED],
        widget=forms.RadioSelect,
        error_messages={"required": "请选一个原因"},
    )
    words = forms.CharField(
        label="补充一句",
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="选填，只有社区和街道看得到",
    )


class Find(forms.Form):
    """What a reader looks for; what is not on the lists counts as not asked."""

    region = forms.ChoiceField(label="社区", required=False)
    group = forms.ChoiceField(label="类别", required=False)
    q = forms.CharField(label="找一找", required=False, max_length=30)

    def __init__(self, data: Any, *, regions: Iterable[Region], groups: Iterable[Category]) -> None:
        super().__init__(data)
        places = [(one.code, one.short_name) for one in regions]
        kinds = [(one.code, one.name) for one in groups]
        self.fields["region"] = forms.ChoiceField(
            label="社区", required=False, choices=[("", "全部社区"), *places]
        )
        self.fields["group"] = forms.ChoiceField(
            label="类别", required=False, choices=[("", "全部类别"), *kinds]
        )


def wanted(data: Any) -> Wanted:
    """The question in an address, without the one character that no database column takes."""
    word = {name: str(data.get(name, "")).replace("\0", "")[:30] for name in Find.base_fields}
    before = str(data.get("before", "")).replace("\0", "")[:10]
    return Wanted(word["region"], word["group"], word["q"].strip(), before)
