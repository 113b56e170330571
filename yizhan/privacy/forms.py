"""From what was typed to the values that an operation takes."""

from typing import Any

from django import forms

from yizhan.base.fields import MobileField
from yizhan.privacy.models import AgeBand, Consent
from yizhan.privacy.rules import ON_OWN_PAGE, PURPOSE_AT_LEAST, Manner

Channel = Consent.Channel
BY_STAFF = [(one.value, one.label) for one in (Channel.COUNTER, Channel.PAPER, Channel.PHONE)]
NAME_LIMIT = 8


class Agree(forms.Form):
    """The version of the words on the page where somebody agreed."""

    number = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def version(self) -> int:
        """The version, or 0 for whoever sent none."""
        return self.cleaned_data.get("number") or 0 if self.is_valid() else 0


class ByStaff(forms.Form):
    """How a consent came to the counter, and the number of its paper."""

    channel = forms.ChoiceField(
        label="怎么来的",
        choices=BY_STAFF,
        widget=forms.RadioSelect,
        error_messages={"required": "请选怎么来的"},
    )
    paper = forms.CharField(
        label="纸质同意书或通话记录的编号",
        max_length=40,
        required=False,
        help_text="登记同意时要填，撤回不用填",
    )

    def manner(self) -> Manner:
        """Channel and paper, or one's own page when nothing was said of them."""
        if not self.is_valid():
            return ON_OWN_PAGE
        return Manner(self.cleaned_data["channel"], self.cleaned_data["paper"])


class FindByPhone(forms.Form):
    """The number under which somebody is known."""

    phone = MobileField(label="手机号", error_messages={"required": "请输入 11 位手机号"})


class RegisterWard(forms.Form):
    """What is kept of a child, and that the guardian has read the words."""

    short_name = forms.CharField(
        label="孩子的小名",
        max_length=NAME_LIMIT,
        help_text="家里怎么叫就写什么，不要写大名",
        error_messages={"required": "请写孩子的小名"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    age_band = forms.ChoiceField(
        label="年龄段",
        choices=AgeBand.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选年龄段"},
    )
    is_guardian = forms.BooleanField(
        label="我是这个孩子的监护人，看过上面的文字，同意登记",
        error_messages={"required": "要监护人同意才能登记，请勾选"},
    )
    number = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_short_name(self) -> str:
        """One line, without spaces around."""
        return " ".join(str(self.cleaned_data["short_name"]).split())

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        kept = self.cleaned_data
        return {
            "short_name": kept["short_name"],
            "age_band": kept["age_band"],
            "number": kept["number"] or 0,
        }


class RegisterAtCounter(RegisterWard):
    """The same, where the guardian has signed on paper."""

    is_guardian = forms.BooleanField(
        label="监护人看过文字，已在纸质同意书上签字",
        error_messages={"required": "要监护人签字同意才能登记，请勾选"},
    )


class Reason(forms.Form):
    """Why somebody has to see what is kept about a minor."""

    reason = forms.CharField(
        label="为什么要看",
        min_length=PURPOSE_AT_LEAST,
        max_length=60,
        help_text="监护人看得到您写的理由，例如：核对周六手工课的报名",
        error_messages={
            "required": "请写清楚为什么要看",
            "min_length": f"请写清楚为什么要看，至少 {PURPOSE_AT_LEAST} 个字",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
