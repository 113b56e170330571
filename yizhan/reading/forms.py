"""Text that others will read: whoever writes it sees first how it will be read.

A form with such fields is a `PublicForm`. What was found is shown below the field with what would
stand there instead; each may be kept for a reason. The hidden `seen` says which proposals the page
has shown, so that nothing passes unseen, with or without JavaScript.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.safestring import SafeString

from yizhan.reading.finding import Finding
from yizhan.reading.personal import find, public_view
from yizhan.reading.rules import REASONS

MASK = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What came from the page: the text, what was seen of it, and the answer to each finding."""

    text: str
    seen: str = ""
    answers: tuple[str, ...] = ()

    @property
    def findings(self) -> list[Finding]:
        """The personal data in the text."""
        return find(self.text)

    def answer(self, number: int) -> str:
        """The reason to keep a finding, or nothing: then it is masked."""
        given = self.answers[number] if number < len(self.answers) else MASK
        return given if given in REASONS else MASK

    def shown(self) -> str:
        """The text as others will read it."""
        return public_view(self.text, kept=self.kept())

    def kept(self) -> dict[str, str]:
        """The pieces that stay, each with its reason."""
        answered = ((f, self.answer(n)) for n, f in enumerate(self.findings))
        return {self.text[f.start : f.end]: why for f, why in answered if why != MASK}


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as others will read it, and what in it stays for which reason."""

    text: str
    kept: Mapping[str, str]


def seal_of(typed: Typed) -> str:
    """What the page carries to tell that these proposals for this text were shown."""
    told = [(one.kind, one.start, one.end, one.masked) for one in typed.findings]
    return salted_hmac("yizhan.reading.seen", repr((typed.text, told))).hexdigest()


class PublicInput(forms.TextInput):
    """The control, and below it the public view once something was found."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        typed = str(super().value_from_datadict(data, files, name) or "")
        text = typed.replace("\r\n", "\n").strip()
        count = len(find(text))
        answers = tuple(str(data.get(f"{name}-keep-{number}", "")) for number in range(count))
        return Typed(text, str(data.get(f"{name}-seen", "")), answers)

    def format_value(self, value: Any) -> str | None:
        text = value.text if isinstance(value, Typed) else value
        return str(text) if text else None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        control = super().render(name, value, attrs, renderer)
        if not isinstance(value, Typed) or not value.findings:
            return control
        return control + render_to_string("ui/_public_view.html", _view(name, value, attrs or {}))


class PublicArea(PublicInput):
    """The same over several lines."""

    template_name = "django/forms/widgets/textarea.html"


def _view(name: str, typed: Typed, attrs: Mapping[str, Any]) -> dict[str, Any]:
    rows = [
        {
            "name": f"{name}-keep-{number}",
            "id": f"{attrs.get('id', name)}-keep-{number}",
            "text": typed.text[one.start : one.end],
            "masked": one.masked,
            "why": one.why,
            "answer": typed.answer(number),
        }
        for number, one in enumerate(typed.findings)
    ]
    seen = {"name": f"{name}-seen", "value": seal_of(typed)}
    return {"rows": rows, "seen": seen, "shown": typed.shown(), "reasons": REASONS.items()}


class PublicText(forms.CharField):
    """One line that others will read. Cleaned to `Shown`; a `PublicForm` takes it apart."""

    widget = PublicInput
    default_error_messages = {
        "personal_data": "写到了{labels}。请看看别人会看到什么，没有问题就再提交一次"
    }

    def clean(self, value: Any) -> Any:
        typed = value if isinstance(value, Typed) else Typed(str(value or ""))
        super().clean(typed.text)
        if typed.findings and not constant_time_compare(typed.seen, seal_of(typed)):
            labels = "、".join(dict.fromkeys(one.label for one in typed.findings))
            message = str(self.error_messages["personal_data"]).format(labels=labels)
            raise forms.ValidationError(message, code="personal_data")
        return Shown(typed.shown(), typed.kept())


class PublicForm(forms.Form):
    """A form with text that others will read: `kept` joins what its fields keep."""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        kept: dict[str, str] = {}
        for name, value in list(given.items()):
            if isinstance(value, Shown):
                given[name] = value.text
                kept |= value.kept
        given["kept"] = kept
        return given
