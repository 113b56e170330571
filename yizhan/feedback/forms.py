"""From what was typed to the values that an operation takes. Nothing is saved here."""

from typing import Any

from django import forms

from yizhan.base.fields import PhoneField, words_field
from yizhan.feedback.models import Feedback
from yizhan.feedback.operations import Said
from yizhan.feedback.pages import came_from
from yizhan.regions.models import Region


def _communities() -> list[tuple[str, Any]]:
    grouped: dict[str, list[tuple[str, str]]] = {}
    for row in Region.objects.current().own().communities().select_related("parent"):
        grouped.setdefault(row.parent.name if row.parent else "", []).append(
            (row.code, row.short_name)
        )
    return [("", "不针对哪个社区"), *grouped.items()]


class Leave(forms.Form):
    """投诉建议."""

    kind = forms.ChoiceField(
        label="是哪一种？",
        choices=Feedback.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一种：投诉、建议、网页坏了或表扬"},
    )
    words = words_field("您想说什么？", "请写清楚是什么事，至少 5 个字", rows=5, least=5)
    region = forms.ChoiceField(
        label="关于哪个社区？",
        required=False,
        choices=_communities,
        help_text="投诉社区的，由街道答复，社区看不到",
    )
    contact_phone = PhoneField(
        label="联系电话", required=False, help_text="留了手机号，答复发短信；不留，凭回执码看答复"
    )
    unsigned = forms.BooleanField(
        label="不记我的账号", required=False, help_text="只凭回执码看答复，谁留的查不出来"
    )
    page = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    def clean_page(self) -> str:
        return came_from(self.cleaned_data["page"])

    def said(self) -> Said:
        """The cleaned values as an operation takes them."""
        kept = self.cleaned_data
        return Said(
            kind=kept["kind"],
            words=kept["words"],
            region=Region.objects.current().filter(code=kept["region"] or "-").first(),
            contact_phone=kept["contact_phone"],
            page=kept["page"],
        )


class LookUp(forms.Form):
    """凭回执码看答复."""

    receipt = forms.CharField(
        label="回执码",
        max_length=30,
        help_text="13 位，如 48271-K3QX-9P2W",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": "请填回执上的 13 位回执码"},
    )


class Answer(forms.Form):
    """答复."""

    words = words_field(
        "写给留言的人", "请写清楚查到了什么、怎么办的，至少 5 个字", rows=4, least=5
    )


class PassOn(forms.Form):
    """转有关部门."""

    words = words_field(
        "转给谁，怎么找", "请写清楚转给哪个部门、电话多少，至少 5 个字", rows=3, least=5
    )
