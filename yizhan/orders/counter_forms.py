"""What staff type at the counter for a person without a telephone."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from yizhan.orders.forms import CommunityField
from yizhan.people.mandate_fields import days_field, scopes_field
from yizhan.people.models import Card
from yizhan.people.rules import NAME_LIMIT
from yizhan.regions.models import Region

NOTICE = "2026-11"


class Find(forms.Form):
    """A person by their card, or by name among those registered here."""

    wanted = forms.CharField(
        label="卡号或姓名",
        max_length=30,
        help_text="卡号 13 位，印在服务卡上。姓名只在已登记的人里找",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请填卡号或姓名"},
    )


class RegisterPerson(forms.Form):
    """登记没有手机的居民: name and community, and that the notice was given on paper."""

    name = forms.CharField(
        label="姓名",
        max_length=NAME_LIMIT,
        validators=[RegexValidator(r"\S\s*\S", "请写完整的姓名")],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请写姓名"},
    )
    home = CommunityField(
        Region.objects.none(),
        to_field_name="code",
        label="住在哪个社区？",
        empty_label="请选择社区",
        error_messages={"required": "请选社区", "invalid_choice": "请选本辖区的社区"},
    )
    told = forms.BooleanField(
        label="已把纸质告知书念给本人听，本人签了字",
        error_messages={"required": "请先把告知书念给本人听并请本人签字"},
    )
    anyway = forms.BooleanField(label="不是同一个人，照样登记", required=False)

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        home: Any = self.fields["home"]
        home.queryset = Region.objects.current().own().communities().filter(code__startswith=area)

    def clean_name(self) -> str:
        """One line, without spaces around."""
        return " ".join(str(self.cleaned_data["name"]).split())


class EndCard(forms.Form):
    """Why a card is not in use any more."""

    ending = forms.ChoiceField(
        label="为什么停用？",
        choices=[
            (Card.Ending.LOST.value, Card.Ending.LOST.label),
            (Card.Ending.RETURNED.value, Card.Ending.RETURNED.label),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "请选停用的原因"},
    )


class ReplaceCard(forms.Form):
    """Why a new card is needed."""

    ending = forms.ChoiceField(
        label="为什么换卡？",
        choices=[
            (Card.Ending.LOST.value, Card.Ending.LOST.label),
            (Card.Ending.REPLACED.value, Card.Ending.REPLACED.label),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "请选换卡的原因"},
    )


class Entrust(forms.Form):
    """委托书 on paper: signed by the principal before staff."""

    scopes = scopes_field()
    days = days_field()
    signed = forms.BooleanField(
        label="本人已在委托书上签字，我在场",
        error_messages={"required": "请本人先在委托书上签字"},
    )
