"""Which message was opened."""

from django import forms


class ReadForm(forms.Form):
    """The number of one message in one's own inbox."""

    notice = forms.IntegerField(min_value=1, max_value=2**63 - 1)
