"""What people type about their data, and what staff type for them and to them."""

from typing import Any

from django import forms

from yizhan.base.codes import is_receipt, tidy
from yizhan.base.fields import MobileField
from yizhan.privacy.asked import DataRequest

Kind, Identity = DataRequest.Kind, DataRequest.Identity
WORDS = 1000
CHECKED = (Identity.IN_PERSON, Identity.BY_PHONE)


def _words(label: str, hint: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=WORDS,
        required=required,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写几句", "max_length": f"请留在 {WORDS} 个字以内"},
    )


def _kind(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一项", "invalid_choice": "请选一项"},
    )


class FileRequest(forms.Form):
    """申请: one's own."""

    kind = _kind("您想办哪一件？")
    words = _words("说说情况", "要更正的写哪里错了、应该是什么；要说明的写是哪件事")


class EnterRequest(forms.Form):
    """The same for somebody at the counter or on the telephone."""

    phone = MobileField(
        label="本人登记的手机号",
        required=False,
        help_text="有账号的人按手机号找，会记下您查过",
    )
    receipt = forms.CharField(
        label="或者服务卡、点单回执上的码",
        max_length=30,
        required=False,
        help_text="没有手机的人，用服务卡或回执上的 13 位码",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    identity = forms.ChoiceField(
        label="怎么核对是本人的？",
        choices=[(one.value, one.label) for one in CHECKED],
        widget=forms.RadioSelect,
        error_messages={"required": "请先核对是不是本人", "invalid_choice": "请选一项"},
    )
    kind = _kind("本人想办哪一件？")
    words = _words("本人怎么说", "照本人的意思写，念给本人听一遍")

    def clean_receipt(self) -> str:
        """The code as it is kept, or nothing."""
        code = tidy(str(self.cleaned_data["receipt"]))
        if code and not is_receipt(code):
            raise forms.ValidationError("卡上、回执上的码是 13 位，请核对")
        return code

    def clean(self) -> dict[str, Any]:
        """One of the two ways to find whom it is about."""
        found = super().clean() or {}
        if not self.errors and bool(found.get("phone")) == bool(found.get("receipt")):
            self.add_error("phone", "手机号和卡、回执上的码填一个，好知道是谁的信息")
        return found

    def nobody(self) -> None:
        """Say that nobody was found."""
        if self.cleaned_data["phone"]:
            self.add_error("phone", "没有找到登记这个手机号的人")
        else:
            text = "没有找到这张卡或回执，或者是用账号点的，请改用手机号"
            self.add_error("receipt", text)


class AnswerRequest(forms.Form):
    """What was done, for the person."""

    words = _words("办了什么", "本人会看到这段话", required=True)


class RefuseRequest(forms.Form):
    """Why it cannot be done, for the person."""

    reason = _words("为什么不能办", "写清楚依据和还能怎么办，本人会看到这段话", required=True)


class ForgetPerson(forms.Form):
    """The one thing to be sure of before an account ends."""

    sure = forms.BooleanField(
        label="我知道删掉以后不能恢复", error_messages={"required": "请先勾选，确认您知道不能恢复"}
    )
