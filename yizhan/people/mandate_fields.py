"""The two questions of every proxy: for what, and for how long."""

from django import forms

from yizhan.people.models import Scope

PERIODS = {30: "一个月", 90: "三个月", 180: "半年", 365: "一年"}


def scopes_field() -> forms.MultipleChoiceField:
    """What the family may do; at least one thing."""
    return forms.MultipleChoiceField(
        label="可以替办哪些事？",
        choices=Scope.choices,
        initial=[Scope.ORDER.value],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一项", "invalid_choice": "请从列出的事情里选"},
    )


def days_field() -> forms.TypedChoiceField:
    """For how many days."""
    return forms.TypedChoiceField(
        label="委托多久？",
        choices=list(PERIODS.items()),
        coerce=int,
        initial=180,
        help_text="最长一年，随时可以终止",
        error_messages={"required": "请选委托多久", "invalid_choice": "请从列出的期限里选"},
    )
