"""The field for what people write."""

from typing import Any

from django import forms

WORDS = 1000


def text(label: str, missing: str, *, hint: str = "", rows: int = 3, least: int = 2) -> Any:
    """A field for what somebody writes; `missing` is said when there is nothing or too little."""
    return forms.CharField(
        label=label,
        help_text=hint,
        min_length=least,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": missing,
            "min_length": missing,
            "max_length": f"写得太长了，请留在 {WORDS} 个字以内",
        },
    )
