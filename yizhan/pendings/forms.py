"""From what was typed to the values that an operation takes. Nothing is saved here."""

from datetime import date, timedelta
from typing import Any

from django import forms

from yizhan.base.fields import words_field
from yizhan.pendings.models import Pending
from yizhan.pendings.operations import Entry
from yizhan.pendings.rules import MOST_DAYS
from yizhan.people.masking import polite_name
from yizhan.people.models import Post

SOON = 30


def _day(today: date) -> Any:
    return forms.DateField(
        label="下次什么时候复查？",
        initial=today + timedelta(days=SOON),
        help_text=f"最晚 {MOST_DAYS} 天以内",
        widget=forms.DateInput(
            format="%Y-%m-%d",
            attrs={
                "type": "date",
                "min": str(today + timedelta(days=1)),
                "max": str(today + timedelta(days=MOST_DAYS)),
            },
        ),
        error_messages={"required": "请定下次复查的日子", "invalid": "请填一个日子"},
    )


def _named(post: Post) -> str:
    """A post as offices name each other: unit, role, surname."""
    return f"{post}，{polite_name(post.person.full_name)}"


class Pend(forms.Form):
    """挂账."""

    reason = forms.ChoiceField(
        label="为什么现在办不了？",
        choices=Pending.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一个原因"},
    )
    measure = words_field(
        "这段时间先怎么办？", "请写清楚这段时间先怎么办", hint="点单人会看到这段话"
    )

    def __init__(self, data: Any = None, *, owners: list[Post], today: date) -> None:
        super().__init__(data)
        self.owners = {str(post.pk): post for post in owners}
        choices = [(pk, _named(post)) for pk, post in self.owners.items()]
        self.fields["owner"] = forms.ChoiceField(
            label="由谁负责？",
            choices=[("", "请选择"), *choices],
            error_messages={"required": "请选一位负责人", "invalid_choice": "请从列出的人里选"},
        )
        self.fields["review_date"] = _day(today)

    def entry(self) -> Entry:
        """The cleaned values as the operation takes them."""
        kept = self.cleaned_data
        owner = self.owners[kept["owner"]]
        return Entry(kept["reason"], kept["measure"], owner, kept["review_date"])


class Review(forms.Form):
    """复查."""

    words = words_field("现在怎么样？", "请写一句现在的情况", rows=2)
    measure = words_field(
        "这段时间先怎么办？", "请写清楚这段时间先怎么办", hint="点单人会看到这段话"
    )

    def __init__(self, data: Any = None, *, measure: str = "", today: date) -> None:
        super().__init__(data, initial={"measure": measure})
        self.fields["review_date"] = _day(today)


class Propose(forms.Form):
    """提请销号."""

    result = words_field("办得怎么样？", "请写一句办理结果", hint="点单人会看到这段话")


class Words(forms.Form):
    """One sentence that says why."""

    words = words_field("为什么？", "请写一句原因", rows=2)
