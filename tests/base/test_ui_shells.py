"""The frames of the pages, the style sheets that are put together for them, and their weight."""

import re
from types import SimpleNamespace
from typing import Any

import brotli
import pytest
from django.contrib.staticfiles.finders import get_finders
from django.template import Context, Template
from django.template.loader import render_to_string

from yizhan.base.bundles import SURFACES, bundled, squeezed, squeezed_script

DISTRICT = SimpleNamespace(name="甲区", city="乙市", brand="城市驿站", phone="010-1")
asks_which_modules_are_on = pytest.mark.django_db
BUDGET = {"yi/resident.css": 5500, "yi/console.css": 5500, "yi/print.css": 2600}


def shell(name: str, **context: Any) -> str:
    return render_to_string(f"ui/{name}.html", {"district": DISTRICT, "posts": [], **context})


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@asks_which_modules_are_on
@pytest.mark.parametrize("name", ["resident", "console", "plain", "print", "form"])
def test_a_page_says_its_language_and_that_its_data_are_invented(name: str) -> None:
    html = shell(name, demo=True)

    assert '<html lang="zh-CN">' in html
    assert 'href="#main"' in html
    assert re.search(r'<main\b[^>]*id="main"', html)
    assert "演示数据" in html
    assert "演示数据" not in shell(name, demo=False)


@asks_which_modules_are_on
@pytest.mark.parametrize(("care", "button"), [(False, "关怀版"), (True, "标准版")])
def test_the_button_names_the_version_it_leads_to(care: bool, button: str) -> None:
    form = re.search(r'<form class="care".*?</form>', shell("resident", care=care), re.S)

    assert form is not None
    assert words(form[0]) == button
    assert f'name="care" value="{0 if care else 1}"' in form[0]


@asks_which_modules_are_on
def test_care_and_theme_are_attributes_of_the_document() -> None:
    html = shell("resident", care=True, theme="dark")

    assert '<html lang="zh-CN" data-care data-theme="dark">' in html


@asks_which_modules_are_on
def test_every_foot_leads_to_complaints_privacy_and_the_phone() -> None:
    for name in ("resident", "console", "plain"):
        foot = shell(name).split('<footer class="foot">')[1]
        assert words(foot).startswith("投诉建议 隐私说明 关怀版与设置 电话 010-1")


@asks_which_modules_are_on
def test_the_tab_one_is_on_is_current() -> None:
    html = shell("resident", tab="place", unread=2)

    assert html.count('aria-current="page"') == 1
    assert re.search(r'aria-current="page"><svg.*?</svg>点单</a>', html)
    assert "2 条新消息" in html


def test_a_form_page_has_no_tabs() -> None:
    assert 'class="tabs"' not in shell("form")


def test_the_console_offers_the_other_post() -> None:
    posts = [SimpleNamespace(pk=1), SimpleNamespace(pk=2)]
    html = shell("console", posts=posts, actor=SimpleNamespace(post_id=1))

    assert html.count('name="post"') == 2
    assert 'name="post" value="1" aria-current="true"' in html
    assert 'name="post"' not in shell("console", posts=posts[:1])


def test_htmx_shows_refusals_and_evaluates_nothing() -> None:
    html = shell("console")

    assert '"allowEval":false' in html
    assert '"historyCacheSize":0' in html
    assert '{"code":"409|422","swap":true}' in html


@pytest.mark.parametrize("name", ["400", "403", "404", "429", "500"])
def test_error_pages_need_nothing_but_themselves(name: str) -> None:
    html = render_to_string(f"{name}.html")

    assert "回首页" in words(html)
    assert html.count("<h1") == 1


def test_a_toast_is_put_beside_the_page() -> None:
    html = Template('{% include "ui/toast.html" with text="已派给第二党支部" %}').render(Context())

    assert 'hx-swap-oob="innerHTML"' in html
    assert words(html) == "已派给第二党支部"


def paths() -> dict[str, tuple[Any, str]]:
    return {
        name: (storage, name)
        for finder in get_finders()
        for name, storage in finder.list([])
        if name.startswith("yi/")
    }


@pytest.mark.parametrize("name", SURFACES)
def test_a_surface_is_one_light_file(name: str) -> None:
    css = bundled(name, paths())

    assert "@import" not in css
    assert "/*" not in css
    assert css.count("{") == css.count("}")
    assert len(brotli.compress(css.encode())) <= BUDGET[name]


def test_squeezing_keeps_the_meaning() -> None:
    css = "/* why */\n.a :focus,\n.b {\n  width: calc(1px + 2px);\n  color: red;\n}\n"

    assert squeezed(css) == ".a :focus,.b{width:calc(1px + 2px);color:red}"


def test_a_squeezed_script_keeps_its_lines() -> None:
    assert squeezed_script("// why\nif (a) {\n  b();\n\n}\n") == "if (a) {\nb();\n}"
