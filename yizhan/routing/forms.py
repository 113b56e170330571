"""From what was typed about the routing table to the values that an operation takes."""

import json
import re
from datetime import date
from typing import Any

from django import forms

from yizhan.base import sheets
from yizhan.people.models import Unit
from yizhan.reading.forms import PublicForm, PublicText
from yizhan.regions.models import Region
from yizhan.routing.conditions import LEVELS, YES_OR_NO, read
from yizhan.routing.matching import KINDS
from yizhan.routing.models import Category, RoutingRule
from yizhan.routing.queries import station_types
from yizhan.routing.rows import LONGEST_NOTE, Line, named, split_words
from yizhan.routing.rules import MOST_RULES

MOST_BYTES = 2 * 2**20
KIND = "kind:"
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
ANY = ("", "不限")
UNKEPT = re.compile("[\0\ud800-\udfff]")  # what no database column takes


def _flag(label: str, yes: str, other: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=False, choices=[ANY, ("yes", yes), ("no", other)]
    )


def _categories() -> list[Any]:
    rows = Category.objects.current().filter(exit="").select_related("parent")
    groups = sorted((row for row in rows if not row.parent), key=lambda row: row.position)
    leaves = sorted((row for row in rows if row.parent), key=lambda row: row.position)
    return [
        (
            group.name,
            [
                (group.code, f"{group.name}（整个大类）"),
                *((leaf.code, leaf.name) for leaf in leaves if leaf.parent_id == group.pk),
            ],
        )
        for group in groups
    ]


def region_choices(area: str = "") -> list[Any]:
    """The streets of an area, each with its communities."""
    rows = Region.objects.current().own().filter(code__startswith=area).order_by("code")
    grouped: dict[str, list[tuple[str, str]]] = {}
    for row in rows.select_related("parent"):
        if len(row.code) == 9:
            grouped.setdefault(row.name, []).append((row.code, f"{row.name}全部"))
        elif len(row.code) == 12:
            above = row.parent.name if row.parent else ""
            grouped.setdefault(above, []).append((row.code, row.short_name))
    return list(grouped.items())


def _targets() -> list[Any]:
    kinds = [(f"{KIND}{code}", f"当地的{name}") for code, name in KINDS.items()]
    grouped: dict[str, list[tuple[str, str]]] = {}
    for unit in Unit.objects.current().exclude(kind="district").order_by("kind", "code"):
        grouped.setdefault(str(unit.get_kind_display()), []).append((unit.code, unit.name))
    return [("", "请选择"), ("订单所在地的一种单位", kinds), *grouped.items()]


class RuleForm(PublicForm):
    """One rule: what it is about, and where such orders go."""

    category = forms.ChoiceField(label="哪一类？", required=False)
    region = forms.ChoiceField(label="哪里？", required=False)
    level = forms.ChoiceField(label="级别", required=False, choices=[ANY, *LEVELS.items()])
    needs_visit = _flag("要不要上门", *YES_OR_NO["needs_visit"])
    is_sensitive = _flag("敏感不敏感", *YES_OR_NO["is_sensitive"])
    outside_hours = _flag("什么时候点的单", *YES_OR_NO["outside_hours"])
    station_type = forms.ChoiceField(label="在哪种驿站点的单", required=False)
    words = forms.CharField(
        label="原话里有这些词之一",
        required=False,
        max_length=200,
        help_text="几个词用空格或顿号隔开，如 电梯、扶梯。不填就不看原话",
    )
    target = forms.ChoiceField(
        label="派给谁？",
        error_messages={"required": "请选派给哪个单位", "invalid_choice": "请从列出的单位里选"},
    )
    note = PublicText(
        label="说明",
        required=False,
        max_length=LONGEST_NOTE,
        help_text="依据哪份文件，或为什么这样派",
        error_messages={"max_length": f"最多 {LONGEST_NOTE} 个字"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.types = station_types()
        self._choose("category", [("", "不论哪一类"), *_categories()])
        self._choose("region", [("", "全区"), *region_choices()])
        self._choose("station_type", [ANY, *self.types.items()])
        self._choose("target", _targets())

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        given["conditions"] = self._conditions(given)
        for fault in read(given["conditions"], self.types)[1]:
            self.add_error("words", fault)
        return given

    def _conditions(self, given: dict[str, Any]) -> dict[str, Any]:
        data = {name: given[name] for name in ("level", "station_type") if given.get(name)}
        flags = {name: given[name] == "yes" for name in YES_OR_NO if given.get(name)}
        words = split_words(given.get("words") or "")
        return {**data, **flags, **({"words": words} if words else {})}

    def line(self) -> Line:
        """The cleaned values as an operation takes them."""
        given = self.cleaned_data
        target: str = given["target"]
        of_kind = target.startswith(KIND)
        category = Category.objects.filter(code=given["category"] or "-").first()
        return Line(
            category_id=category.pk if category else None,
            region_code=given["region"],
            conditions=given["conditions"],
            unit_id=None if of_kind else Unit.objects.current().get(code=target).pk,
            kind=target.removeprefix(KIND) if of_kind else "",
            note=given["note"],
        )


def initial_of(rule: RoutingRule) -> dict[str, Any]:
    """What stands in the form of a rule that is changed."""
    data = rule.conditions if isinstance(rule.conditions, dict) else {}
    flags = {name: "yes" if data[name] else "no" for name in YES_OR_NO if name in data}
    return {
        "category": rule.category.code if rule.category else "",
        "region": rule.region_code,
        "level": data.get("level", ""),
        "station_type": data.get("station_type", ""),
        "words": "、".join(data.get("words", ())),
        **flags,
        "target": rule.unit.code if rule.unit else f"{KIND}{rule.kind}",
        "note": rule.note,
        "version": rule.version,
    }


class Seen(forms.Form):
    """The version of a rule as it stood on the page."""

    version = forms.IntegerField()


class Move(Seen):
    """Up or down."""

    where = forms.ChoiceField(choices=[("up", "上移"), ("down", "下移")])


class Drop(forms.Form):
    """Why a proposal is not taken."""

    reason = forms.CharField(
        label="为什么不采纳？",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写一句为什么不采纳"},
    )


class From(forms.Form):
    """From which day, and why."""

    from_date = forms.DateField(
        label="从哪一天起？",
        widget=DATE,
        error_messages={"required": "请填生效日期", "invalid": "请按 年-月-日 填日期"},
    )
    why = forms.CharField(
        label="为什么？",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="改了什么，依据哪份文件",
        error_messages={"required": "请写一句为什么"},
    )


class Publish(From):
    """The draft as the publisher has seen it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    newest = forms.IntegerField(widget=forms.HiddenInput)


class Sheet(forms.Form):
    """A workbook of rules. Cleaned to its rows by the names of the head."""

    file = forms.FileField(
        label="派单目录表格",
        required=False,
        help_text="先导出 .xlsx，在里面改，再传上来。第一行是表头，一行一条",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"empty": "这个文件是空的"},
    )

    def clean_file(self) -> list[dict[str, str]]:
        sent = self.cleaned_data["file"]
        if not sent:
            raise forms.ValidationError("请选一个 .xlsx 文件")
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(f"文件最大 {MOST_BYTES // 2**20} MB")
        try:
            sheet = sheets.from_xlsx(sent.read(), most=MOST_RULES + 50)
        except sheets.BadSheetError:
            raise forms.ValidationError("这个文件不是 .xlsx 表格，或已损坏，请换一个") from None
        rows, missing = named(sheet)
        if missing:
            raise forms.ValidationError(missing)
        return rows


class Rows(forms.Form):
    """The rows that were shown, as the page carries them to be imported."""

    rows = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_rows(self) -> list[dict[str, str]]:
        try:
            rows = json.loads(self.cleaned_data["rows"])
        except ValueError:
            raise forms.ValidationError("表格没有传完整，请再上传一次") from None
        if not isinstance(rows, list) or not all(_is_row(row) for row in rows):
            raise forms.ValidationError("表格没有传完整，请再上传一次")
        return rows


def _is_row(row: object) -> bool:
    return isinstance(row, dict) and all(
        isinstance(cell, str) and not UNKEPT.search(cell) for cell in row.values()
    )


class Try(forms.Form):
    """An order that somebody thinks of."""

    category = forms.ChoiceField(label="类别")
    region = forms.ChoiceField(label="社区")
    level = forms.ChoiceField(label="级别", choices=list(LEVELS.items()), initial="normal")
    day = forms.DateField(label="哪一天派", widget=DATE, required=False)
    outside_hours = forms.BooleanField(label="办公时间以外点的单", required=False)
    station_type = forms.ChoiceField(label="在驿站点的单", required=False)
    words = forms.CharField(label="原话", required=False, max_length=200)

    def __init__(self, *args: Any, area: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["category"].choices = _categories()
        fields["region"].choices = [
            (name, [one for one in rows if len(one[0]) == 12])
            for name, rows in region_choices(area)
        ]
        fields["station_type"].choices = [("", "不在驿站"), *station_types().items()]
        fields["day"].initial = today
