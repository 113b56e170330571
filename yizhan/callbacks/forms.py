"""From what was typed to the values that an operation takes. Nothing is saved here."""

from django import forms

from yizhan.base.fields import words_field
from yizhan.ratings.models import Level, Solved


class Reach(forms.Form):
    """What was heard on the telephone."""

    solved = forms.TypedChoiceField(
        label="问题解决了吗？",
        choices=Solved.choices,
        coerce=Solved,
        widget=forms.RadioSelect,
        error_messages={"required": "请选对方怎么说"},
    )
    level = forms.TypedChoiceField(
        label="对办理满意吗？",
        choices=[("", "没有说"), *[(str(one.value), one.label) for one in Level]],
        coerce=lambda value: Level(int(value)),
        empty_value=None,
        required=False,
    )
    words = words_field("还说了什么？", "", required=False, hint="不写姓名、电话和门牌")


class Rectify(forms.Form):
    """整改."""

    words = words_field("核实到什么，怎么整改的？", "请写清楚核实和整改的情况")


class Unfounded(forms.Form):
    """核实不属实."""

    words = words_field("为什么不属实？", "请写清楚核实的依据")
