"""The rules of docs/ui.md that a machine can check."""

import re
from pathlib import Path

import brotli
import pytest

PACKAGE = Path(__file__).parents[1] / "yizhan"
STATIC = PACKAGE / "base" / "static" / "yi"
PARTS = sorted((STATIC / "parts").glob("*.css"))
SHEETS = sorted(PACKAGE.glob("*/static/**/*.css"))
SCRIPTS = sorted(PACKAGE.glob("*/static/**/*.js"))
PAGES = sorted(PACKAGE.glob("**/templates/**/*.html"))
SURFACES = ("resident.css", "console.css", "print.css")

TOO_NEW = (
    ":has(", ":is(", ":where(", "oklch", "color-mix", "@layer", "@container", "@property",
    "aspect-ratio", "inset:", "dvh", "&",
)  # fmt: skip
HAN = "[\u4e00-\u9fff]"
HALF_WIDTH = re.compile(rf"{HAN}[,:;()!?]|[,:;()!?]{HAN}")
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.S)
QUOTED = re.compile(r'"([^"<>]*)"')
UNSAFE = ("eval(", "new Function", "innerHTML", "document.write")
RETIRED_WORDS = ("·", "！", "营业中", "诉求人", "特殊群体", "小哥", "驾驶舱", "敬请期待", ">确定<")


CLASSES = {
    name
    for sheet in SHEETS
    for name in re.findall(
        r"\.([a-z][\w-]*)", re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)
    )
}


def named(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def text(path: Path) -> str:
    return path.read_text("utf-8")


def rules(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.S)


@pytest.mark.parametrize("path", SHEETS, ids=named)
def test_old_phones_understand_every_rule(path: Path) -> None:
    css = rules(text(path))

    assert [word for word in TOO_NEW if word in css] == []
    assert not nested(css)


def nested(css: str) -> bool:
    inside: list[bool] = []
    for opener, brace in re.findall(r"([^{};]*)([{}])", css):
        if brace == "}":
            inside.pop()
        elif inside and not inside[-1]:
            return True
        else:
            inside.append(opener.strip().startswith(("@media", "@keyframes", "@supports")))
    return False


@pytest.mark.parametrize("path", SHEETS, ids=named)
def test_one_declaration_stands_on_one_line(path: Path) -> None:
    crowded = [line for line in rules(text(path)).splitlines() if line.count(";") > 1]

    assert crowded == []


def test_every_part_belongs_to_a_surface() -> None:
    imported = {
        name
        for sheet in SURFACES
        for name in re.findall(r"parts/([a-z]+\.css)", text(STATIC / sheet))
    }

    assert imported == {path.name for path in PARTS}


HOOKS = {"a4", "file-name", "theme"}


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_class_has_a_rule(path: Path) -> None:
    whole = TAG.sub(lambda match: " " if match[0].startswith("{%") else "\0", text(path))
    used = {
        name
        for words in re.findall(r'class="([^"]*)"', whole)
        for name in words.split()
        if "\0" not in name
    }

    assert used - CLASSES - HOOKS == set()


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", block))


LIGHT = tokens(text(STATIC / "parts" / "tokens.css"))
DARK = LIGHT | tokens(text(STATIC / "parts" / "dark.css"))
ON_GROUNDS = [(ink, ground) for ink in ("ink", "ink2") for ground in ("paper", "card", "sunk")]
ON_WASHES = [
    (ink, f"{ink.split('-')[0]}-wash") for ink in ("red-deep", "teal", "gold-ink", "blue", "orange")
]
ON_CARD = [(ink, "card") for ink in ("ink3", "red", "teal", "gold-ink", "blue", "orange")]
ON_PAPER = [(ink, "paper") for ink in ("ink3", "red", "teal", "blue", "orange")]
ON_FILL = [("on-fill", "fill"), ("on-fill", "fill2")]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    "pair", ON_GROUNDS + ON_WASHES + ON_CARD + ON_PAPER + ON_FILL, ids="-on-".join
)
def test_text_can_be_read(theme: dict[str, str], pair: tuple[str, str]) -> None:
    assert contrast(theme[pair[0]], theme[pair[1]]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_borders_of_controls_can_be_seen(theme: dict[str, str]) -> None:
    assert contrast(theme["edge"], theme["card"]) >= 3
    assert contrast(theme["edge"], theme["paper"]) >= 3


def test_dark_by_system_and_by_choice_are_the_same() -> None:
    by_system, by_choice = text(STATIC / "parts" / "dark.css").split(':root[data-theme="dark"]')

    assert re.findall(r"--[^;]+;", by_system) == re.findall(r"--[^;]+;", by_choice)


def test_care_is_large_enough() -> None:
    care = text(STATIC / "parts" / "care.css")
    root = 16 * float(re.findall(r"font-size: ([0-9.]+)%", care)[0]) / 100
    body = float(re.findall(r"--t3: ([0-9.]+)rem", text(STATIC / "parts" / "tokens.css"))[0])
    sizes = {name: float(rem) * root for name, rem in re.findall(r"--(t\d): ([0-9.]+)rem", care)}

    assert body * root >= 22
    assert sizes["t1"] >= 19
    assert sizes["t5"] >= 30
    assert "--tap: 60px" in care


@pytest.mark.parametrize("path", SCRIPTS, ids=named)
def test_a_script_is_small_and_evaluates_nothing(path: Path) -> None:
    code = text(path)

    assert [word for word in UNSAFE if word in code] == []
    assert len(brotli.compress(code.encode())) <= 2048


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_template_is_short_and_carries_no_style_or_script(path: Path) -> None:
    html = text(path)

    assert len(html.splitlines()) <= 60
    assert "<style" not in html
    assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
    assert re.findall(r'\sstyle="(?!(?:width|left):{{)', html) == []
    assert (
        re.findall(
            r"\s(?:on(?:click|change|input|submit|load|key|mouse)[a-z]*|hx-on[a-z:-]*)=", html
        )
        == []
    )
    assert "js:" not in html


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_chinese_text_has_chinese_punctuation(path: Path) -> None:
    html = text(path)
    inside_tags = [word for tag in TAG.findall(html) for word in QUOTED.findall(tag)]
    plain = TAG.sub("x", html)
    attributes = [word for tag in re.findall(r"<[^>]*>", plain) for word in QUOTED.findall(tag)]
    seen = [re.sub(r"<[^>]*>", " ", plain), *inside_tags, *attributes]

    assert [found for part in seen for found in HALF_WIDTH.findall(part)] == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_no_word_that_was_given_up(path: Path) -> None:
    assert [word for word in RETIRED_WORDS if word in text(path)] == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_form_that_acts_carries_a_command(path: Path) -> None:
    forms = re.findall(r"<form\b.*?</form>", text(path), re.S)
    bare = [
        form
        for form in forms
        if re.match(r'<form[^>]*method="post"', form) and "{% command %}" not in form
    ]

    assert bare == []
