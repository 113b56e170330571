"""The acts on one order."""

from django import forms

from yizhan.base.fields import MOST_WORDS, words_field
from yizhan.clocks.rules import MOST_DAYS
from yizhan.orders.states import Cause, Level
from yizhan.people.models import Person, Unit
from yizhan.ratings.models import Level as Stars
from yizhan.ratings.models import Solved
from yizhan.reading.forms import PublicForm, PublicText
from yizhan.routing.models import Category


class Ask(forms.Form):
    question = words_field("想请点单人补充什么？", "请写清楚要补充什么")


class Answer(forms.Form):
    words = words_field("补充的情况", "请写上要补充的情况")


class TurnAway(forms.Form):
    words = words_field(
        "请到哪里办？", "请写明到哪里办、电话多少", hint="点单人会看到这段话", least=5
    )


class Amend(PublicForm):
    category = forms.ModelChoiceField(
        Category.objects.leaves(),
        to_field_name="code",
        label="分类",
        empty_label=None,
        error_messages={"required": "请选一个分类"},
    )
    brief = PublicText(
        label="给受邀人看的事由",
        max_length=30,
        help_text="不写姓名、门牌和病情",
        error_messages={"required": "请写一个简短的事由"},
    )
    level = forms.ChoiceField(
        label="缓急",
        choices=Level.choices,
        required=False,
        help_text="改了以后，往后的时限按新的算，已经说好的不变",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class Dispatch(forms.Form):
    unit = forms.ModelChoiceField(
        Unit.objects.current(),
        to_field_name="code",
        label="派给哪个单位？",
        error_messages={"required": "请选一个承办单位", "invalid_choice": "请从列出的单位里选"},
    )
    pool = forms.BooleanField(label="本单位的人都可以主动接单", required=False, initial=True)


class Invite(forms.Form):
    people = forms.ModelMultipleChoiceField(
        Person.objects.all(),
        to_field_name="code",
        label="邀请谁？",
        error_messages={"required": "请至少选一位", "invalid_choice": "请从列出的人里选"},
    )


class SendBack(forms.Form):
    cause = forms.ChoiceField(
        label="哪一种原因？",
        choices=Cause.choices,
        error_messages={"required": "请选一种原因", "invalid_choice": "请从列出的原因里选"},
    )
    reason = words_field("为什么退回？", "请写一句退回的原因", rows=2)


class HandOver(forms.Form):
    to = forms.ModelChoiceField(
        Person.objects.all(),
        to_field_name="code",
        label="转给谁？",
        error_messages={"required": "请选一位同事"},
    )


class Finish(forms.Form):
    result = words_field("办得怎么样？", "请写一句办理结果", hint="点单人会看到这段话", rows=2)


class Rate(forms.Form):
    level = forms.TypedChoiceField(
        choices=[(str(level.value), level.label) for level in Stars],
        coerce=lambda value: Stars(int(value)),
        label="这次办得怎么样？",
        widget=forms.RadioSelect,
        error_messages={"required": "请先选一个评价，再提交"},
    )
    solved = forms.TypedChoiceField(
        choices=Solved.choices,
        coerce=Solved,
        label="事情解决了吗？",
        widget=forms.RadioSelect,
        error_messages={"required": "请选一下事情有没有解决"},
    )
    words = forms.CharField(
        label="想说的话",
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class Reopen(forms.Form):
    reason = words_field("哪里没办好？", "请说说哪里没办好，好接着办", rows=2)


class Withdraw(forms.Form):
    reason = forms.CharField(label="为什么撤回？", max_length=200, required=False)


class Reveal(forms.Form):
    purpose = forms.CharField(
        label="为什么要看完整电话？",
        max_length=60,
        min_length=2,
        initial="联系点单人办理本单",
        error_messages={"required": "请写明用途，会记入查看记录", "min_length": "请写明用途"},
    )


class Contact(forms.Form):
    how = forms.ChoiceField(
        choices=[("phone", "打了电话"), ("visit", "上门见到了")],
        label="怎么联系的？",
        widget=forms.RadioSelect,
        error_messages={"required": "请选怎么联系的"},
    )


class AskExtension(forms.Form):
    days = forms.TypedChoiceField(
        choices=[(str(day), f"{day} 个工作日") for day in range(1, MOST_DAYS + 1)],
        coerce=int,
        label="延期几天？",
        error_messages={"required": "请选延期几天"},
    )
    reason = words_field("为什么要延期？", "请写一句延期的原因", hint="批的人会看到这段话", rows=2)


class GrantExtension(forms.Form):
    words = words_field(
        "告诉点单人：为什么要晚几天？",
        "请写一句为什么要晚几天",
        hint="点单人会看到这段话，和新的时间一起",
        rows=2,
        least=5,
    )


class RefuseExtension(forms.Form):
    reason = words_field("为什么不同意？", "请写一句不同意的原因", rows=2)


class Escalate(forms.Form):
    reason = words_field("为什么上报街道？", "请写一句上报的原因", hint="街道会看到这段话", rows=2)


class SendDown(forms.Form):
    reason = words_field("社区可以怎么办？", "请写一句退回社区的原因", rows=2)
