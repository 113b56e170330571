"""From what was chosen on a page to the values that an operation takes."""

from collections.abc import Sequence
from typing import Any

from django import forms

from yizhan.dispatch.operations import Choice
from yizhan.dispatch.screens import Screen
from yizhan.people.models import Unit

NOBODY = "-"


class DrawUp(forms.Form):
    """For which orders: of all units or one, with or without those that somebody was asked for."""

    unit = forms.ChoiceField(
        label="哪个单位的单子？",
        required=False,
        error_messages={"invalid_choice": "请从列出的单位里选"},
    )
    asked_too = forms.BooleanField(
        label="已经邀请过、还没有人接的也算上", required=False, initial=False
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in units}
        field: Any = self.fields["unit"]
        field.choices = [("", "全部"), *((unit.code, unit.name) for unit in units)]

    def values(self) -> dict[str, Any]:
        """The cleaned values as `draw_up` takes them."""
        kept = self.cleaned_data
        return {"unit": self.units.get(kept["unit"]), "asked_too": kept["asked_too"]}


class EditPlan(forms.Form):
    """Whom to ask for each order of a plan, and what stays when the rest is computed again."""

    def __init__(self, *args: Any, screen: Screen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.screen = screen
        for row in screen.rows:
            code, person = row.order.code, row.proposal.person
            self.fields[f"to-{code}"] = forms.ChoiceField(
                label="邀请谁？",
                choices=[(NOBODY, "这次不邀请"), *row.options],
                initial=person.code if person else NOBODY,
                error_messages={
                    "required": "请选一位，或选这次不邀请",
                    "invalid_choice": "这位现在不能邀请，请另选一位",
                },
            )
            self.fields[f"lock-{code}"] = forms.BooleanField(
                label="再算时不动这一张", required=False, initial=row.proposal.is_locked
            )

    def rows(self) -> list[dict[str, Any]]:
        """Each row with its two fields, for the page."""
        return [
            {
                "row": row,
                "to": self[f"to-{row.order.code}"],
                "lock": self[f"lock-{row.order.code}"],
            }
            for row in self.screen.rows
        ]

    def choices(self) -> dict[int, Choice]:
        """What was decided, by order."""
        return {
            row.order.pk: Choice(
                self.screen.people.get(self.cleaned_data[f"to-{row.order.code}"]),
                self.cleaned_data[f"lock-{row.order.code}"],
            )
            for row in self.screen.rows
        }
