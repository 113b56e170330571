"""The parts every page is built of. A part that is used wrongly fails while the page is built."""

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

import segno
from django import template
from django.forms import (
    BaseForm,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
    Select,
)
from django.forms.boundfield import BoundField
from django.template import Context, TemplateSyntaxError
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

from yizhan.base import codes
from yizhan.base.templatetags import controls

register = template.Library()

TONES = ("plain", "red", "teal", "gold", "blue", "orange")
SIZES = {"s": "i i-s", "m": "i", "l": "i i-l", "xl": "i i-xl"}
STATES = {"done": "已完成", "now": "进行中", "todo": "未开始"}
LOOKS = ("chips", "rows")


def _one_of(value: str, allowed: Sequence[str], what: str) -> None:
    if value not in allowed:
        raise TemplateSyntaxError(f"{what} is {value!r}, must be one of {', '.join(allowed)}")


@lru_cache(maxsize=512)
def _drawn(name: str, size: str) -> SafeString:
    svg = lucide(name, **{"class": SIZES[size], "aria_hidden": "true"})
    return mark_safe(re.sub(r"\s*\n\s*", "", svg).replace(" />", "/>"))


@register.simple_tag
def icon(name: str, size: str = "m") -> SafeString:
    """A Lucide icon in the colour of the text, hidden from screen readers: sizes s, m, l, xl."""
    _one_of(size, tuple(SIZES), "the size of an icon")
    return _drawn(str(name), str(size))


@register.simple_tag
def sep() -> SafeString:
    """A drawn hairline between two facts; the word joiner keeps it off the start of a line."""
    return mark_safe('<i class="sp">&#8288; </i>')


@register.simple_tag(takes_context=True)
def command(context: Context) -> SafeString:
    """What every POST form carries: the CSRF token and a fresh command id."""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="command_id" value="{}">',
        context.get("csrf_token", ""),
        secrets.token_urlsafe(16),
    )


@register.simple_tag
def tag(text: str, tone: str = "plain", icon: str = "") -> SafeString:
    """A status word on a quiet ground: an adjective, never clickable."""
    _one_of(tone, TONES, "the tone of a tag")
    if not str(text).strip():
        raise TemplateSyntaxError("a tag needs a word")
    drawn = _drawn(icon, "s") if icon else ""
    return mark_safe(f'<span class="tag {tone}">{drawn}{conditional_escape(text)}</span>')


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """One form field: label, hint, error, control, tied together for screen readers."""
    widget = _bound(bound).field.widget
    bound.help_text = hint or bound.help_text
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        raise TemplateSyntaxError(f"{bound.name} has choices: write choices instead of field")
    kind = {CheckboxInput: "check", FileInput: "file"}
    names = [name for cls, name in kind.items() if isinstance(widget, cls)]
    own = "" if "check" in names else "in"
    classes = f"{own} {widget.attrs.get('class', '')}".strip()
    attrs: dict[str, str | bool] = {"class": classes} if classes else {}
    if isinstance(widget, Select):
        control = mark_safe(controls.select(bound, attrs))
    else:
        control = bound.as_widget(attrs=attrs)
    return {
        "bound": bound,
        "control": control,
        "kind": names[0] if names else "text",
        "errors": [str(error) for error in bound.errors],
    }


@register.inclusion_tag("ui/choices.html")
def choices(
    bound: BoundField,
    look: str = "chips",
    icons: Mapping[str, str] | None = None,
    hints: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Radio or check boxes as chips or rows; icons and second lines by value."""
    _one_of(look, LOOKS, "the look of choices")
    if not isinstance(_bound(bound).field.widget, RadioSelect | CheckboxSelectMultiple):
        raise TemplateSyntaxError(f"{bound.name} has no choices to lay out: write field instead")
    icons, hints = icons or {}, hints or {}
    options = [
        {
            "input": mark_safe(controls.tick(one.data)),
            "label": one.choice_label,
            "icon": icons.get(str(one.data["value"]), ""),
            "hint": hints.get(str(one.data["value"]), ""),
        }
        for one in bound.subwidgets
        if str(one.data["value"]) != "" or one.choice_label != "---------"
    ]
    errors = [str(error) for error in bound.errors]
    return {"bound": bound, "look": look, "options": options, "errors": errors}


def _bound(value: Any) -> BoundField:
    if not isinstance(value, BoundField):
        raise TemplateSyntaxError(f"not a field of a form: {value!r}")
    return value


@register.inclusion_tag("ui/errors.html")
def errors(form: BaseForm) -> dict[str, Any]:
    """The summary of everything to put right, each line leading to its field."""
    if not isinstance(form, BaseForm):
        raise TemplateSyntaxError(f"not a form: {form!r}")
    return {"lines": [line for name in form.errors for line in _lines(form, name)]}


def _lines(form: BaseForm, name: str) -> list[tuple[str, str]]:
    if name not in form.fields:
        return [("", str(error)) for error in form.errors[name]]
    bound = form[name]
    target = bound.id_for_label or f"{bound.auto_id}_0"
    return [(target, str(error)) for error in bound.errors]


@register.inclusion_tag("ui/refusal.html", takes_context=True)
def refusal(context: Context) -> dict[str, Any]:
    """Why the last act was refused, if it was."""
    request = context.get("request")
    return {"refusal": getattr(request, "refusal", None) or context.get("refusal")}


@register.inclusion_tag("ui/tracker.html")
def tracker(steps: Sequence[Any], label: str = "办理进度") -> dict[str, Any]:
    """The closed loop as a list of steps, each done, now or todo."""
    if not steps:
        raise TemplateSyntaxError("a tracker needs steps")
    rows = [{key: _part(step, key) for key in ("name", "state", "time")} for step in steps]
    for row in rows:
        _one_of(row["state"], tuple(STATES), "the state of a step")
        row["said"] = STATES[row["state"]]
    if sum(row["state"] == "now" for row in rows) > 1:
        raise TemplateSyntaxError("only one step can be now")
    return {"steps": rows, "label": label}


def _part(step: Any, key: str) -> Any:
    return step.get(key, "") if isinstance(step, Mapping) else getattr(step, key, "")


@register.simple_tag
def when(at: datetime | date | None, now: datetime | None = None) -> SafeString:
    """A moment or a day as one says it: 今天 09:12, 11月22日 09:12. Nothing for None."""
    if at is None or at == "":
        return mark_safe("")
    text = when_text(at, now or timezone.now())
    return mark_safe(f'<time class="num" datetime="{at.isoformat()}">{text}</time>')


def when_text(at: datetime | date, now: datetime) -> str:
    """The words for a moment or a day, seen from another moment; Beijing time."""
    beijing = timezone.get_default_timezone()
    today = timezone.localtime(now, beijing).date()
    if not isinstance(at, datetime):
        return _day_text(at, today)
    local = timezone.localtime(at, beijing)
    return f"{_day_text(local.date(), today)} {local:%H:%M}"


def _day_text(day: date, today: date) -> str:
    near = {-1: "昨天", 0: "今天", 1: "明天"}
    distance = (day - today).days
    if distance in near:
        return near[distance]
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


@register.simple_tag
def span(start: datetime | time, end: datetime | time) -> SafeString:
    """A stretch of one day: 18:00–21:00; midnight at its end reads 24:00."""
    if isinstance(start, datetime) != isinstance(end, datetime):
        raise TemplateSyntaxError("a span needs two times or two moments")
    return format_html('<span class="num">{}</span>', span_text(start, end))


def span_text(start: datetime | time, end: datetime | time) -> str:
    """The words of a stretch; days are named only where it crosses midnight."""
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return f"{start:%H:%M}–{'24:00' if _is_midnight(end) else f'{end:%H:%M}'}"
    first, last = timezone.localtime(start), timezone.localtime(end)
    if first.date() == last.date():
        return f"{first:%H:%M}–{last:%H:%M}"
    if _is_midnight(last) and last.date() - first.date() == timedelta(days=1):
        return f"{first:%H:%M}–24:00"
    return f"{first.month}月{first.day}日 {first:%H:%M}–{last.month}月{last.day}日 {last:%H:%M}"


def _is_midnight(end: datetime | time) -> bool:
    return end.hour == 0 and end.minute == 0


@register.inclusion_tag("ui/empty.html")
def empty(text: str, icon: str = "inbox", url: str = "", label: str = "") -> dict[str, Any]:
    """An empty list: the state, and the next step as a button when there is one."""
    if bool(url) != bool(label):
        raise TemplateSyntaxError("the next step needs both url and label")
    return {"text": text, "icon": icon, "url": url, "label": label}


@register.inclusion_tag("ui/back.html")
def back(url: str, label: str = "返回") -> dict[str, Any]:
    """The way back at the head of a page without tabs."""
    return {"url": url, "label": label}


@register.simple_tag
def bar(part: int, whole: int, label: str) -> SafeString:
    """A progress bar; the label says the same in words."""
    share = min(100, round(100 * part / whole)) if whole > 0 else 0
    return format_html(
        '<span class="bar" role="img" aria-label="{}"><i style="width:{}%"></i></span>',
        label,
        share,
    )


@register.simple_tag
def qr(text: str, label: str) -> SafeString:
    """A QR code as inline SVG, black on white in every theme; the label names what it opens."""
    code = segno.make(str(text), error="m", micro=False)
    drawn = code.svg_inline(border=4, omitsize=True, lineclass=None, svgclass=None, dark="#000")
    return format_html(
        '<span class="qr" role="img" aria-label="{}">{}</span>', label, mark_safe(drawn)
    )


@register.simple_tag
def seal() -> SafeString:
    """The mark of the station: a plain seal, not an emblem."""
    return mark_safe('<span class="seal" aria-hidden="true">驿</span>')


@register.filter
def spaced(code: str) -> str:
    """A receipt code in groups, as it is read aloud: 48271-K3QX-9P2W."""
    return codes.spaced(code)
