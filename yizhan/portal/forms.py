"""From what was chosen to the values an operation takes."""

from typing import Any

from django import forms
from django.conf import settings

from yizhan.portal.modules import MODULES
from yizhan.regions.queries import own_streets


class Switch(forms.Form):
    """One switch: which module, where, on or off."""

    module = forms.ChoiceField(
        label="哪个模块？",
        choices=[(one.code, one.name) for one in MODULES],
        error_messages={"required": "请选一个模块", "invalid_choice": "没有这个模块"},
    )
    region = forms.ChoiceField(
        label="在哪里？",
        error_messages={"required": "请选街道或社区", "invalid_choice": "没有这个街道或社区"},
    )
    on = forms.TypedChoiceField(
        label="开还是关？",
        choices=[("0", "关闭"), ("1", "打开")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        error_messages={"required": "请选打开或关闭"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [
            (
                street.region.name,
                [
                    (street.region.code, f"{street.region.name}（全部）"),
                    *((one.code, one.short_name) for one in street.communities),
                ],
            )
            for street in own_streets()
        ]
        region: Any = self.fields["region"]
        region.choices = [("", "请选择"), (settings.DISTRICT, "全区"), *places]
