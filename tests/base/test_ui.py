"""The tags of the kit: what they draw, and that wrong use fails while the page is built."""

from datetime import UTC, date, datetime, time
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from lucide import IconDoesNotExist

from yizhan.base.templatetags.ui import span_text, when_text
from yizhan.base.verdict import Refused

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


class Form(forms.Form):
    text = forms.CharField(
        label="什么事？", help_text="说清楚在哪里", error_messages={"required": "请写清楚是什么事"}
    )
    level = forms.ChoiceField(
        label="办得怎么样？",
        widget=forms.RadioSelect,
        choices=[("good", "满意"), ("bad", "不满意")],
        error_messages={"required": "请先选一个评价"},
    )
    photo = forms.FileField(label="照片", required=False)
    agree = forms.BooleanField(label="同意", required=False)


def drawn(source: str, **context: Any) -> str:
    return Template(source).render(Context(context))


def steps(*states: str) -> list[dict[str, str]]:
    return [{"name": f"第{n}步", "state": state, "time": "09:12"} for n, state in enumerate(states)]


def test_a_tag_has_a_tone_and_an_icon_for_the_eye_only() -> None:
    html = drawn('{% tag "待派单" tone="gold" icon="clock" %}')

    assert html.startswith('<span class="tag gold"><svg')
    assert 'aria-hidden="true"' in html
    assert html.endswith("待派单</span>")


@pytest.mark.parametrize(
    "source",
    [
        '{% tag "待派单" tone="green" %}',
        '{% tag "" %}',
        '{% icon "phone" size="huge" %}',
        "{% field form.nothing %}",
        "{% field form.level %}",
        "{% choices form.text %}",
        '{% choices form.level look="grid" %}',
        "{% errors form.text %}",
        "{% tracker none %}",
        "{% tracker wrong %}",
        "{% tracker twice %}",
        '{% empty "还没有单子" url="/place" %}',
        "{% span moment hour %}",
    ],
)
def test_wrong_use_fails_when_the_page_is_built(source: str) -> None:
    context = {
        "form": Form(),
        "none": [],
        "wrong": steps("begun"),
        "twice": steps("now", "now"),
        "moment": NOW,
        "hour": time(9),
    }

    with pytest.raises(TemplateSyntaxError):
        drawn(source, **context)


def test_an_unknown_icon_fails() -> None:
    with pytest.raises(IconDoesNotExist):
        drawn('{% icon "no-such-icon" %}')


def test_words_are_escaped() -> None:
    assert "&lt;b&gt;" in drawn("{% tag word %}", word="<b>")
    assert "&lt;b&gt;" in drawn("{% empty word %}", word="<b>")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 22, 1, 12, tzinfo=UTC), "今天 09:12"),
        (datetime(2026, 11, 21, 8, 20, tzinfo=UTC), "昨天 16:20"),
        (datetime(2026, 11, 22, 16, 0, tzinfo=UTC), "明天 00:00"),
        (datetime(2026, 11, 20, 1, 12, tzinfo=UTC), "11月20日 09:12"),
        (datetime(2025, 11, 22, 1, 12, tzinfo=UTC), "2025年11月22日 09:12"),
        (date(2026, 11, 22), "今天"),
        (date(2026, 12, 1), "12月1日"),
    ],
)
def test_a_moment_in_words(at: datetime | date, said: str) -> None:
    assert when_text(at, NOW) == said


def test_when_keeps_the_exact_moment_for_machines() -> None:
    html = drawn("{% when at now %}", at=NOW, now=NOW)

    assert html == '<time class="num" datetime="2026-11-22T04:00:00+00:00">今天 12:00</time>'
    assert drawn("{% when nothing %}", nothing=None) == ""


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (time(18), time(21), "18:00–21:00"),
        (time(8), time(0), "08:00–24:00"),
        (NOW, datetime(2026, 11, 22, 6, tzinfo=UTC), "12:00–14:00"),
        (NOW, datetime(2026, 11, 22, 16, tzinfo=UTC), "12:00–24:00"),
        (NOW, datetime(2026, 11, 22, 18, tzinfo=UTC), "11月22日 12:00–11月23日 02:00"),
    ],
)
def test_a_span_in_words(start: Any, end: Any, said: str) -> None:
    assert span_text(start, end) == said


def test_the_tracker_says_where_one_is() -> None:
    html = drawn("{% tracker steps %}", steps=steps("done", "now", "todo"))

    assert html.count('aria-current="step"') == 1
    assert '<li class="now" aria-current="step">' in html
    assert [word in html for word in ("（已完成）", "（进行中）", "（未开始）")] == [True] * 3


def test_the_tracker_takes_objects_too() -> None:
    step = SimpleNamespace(name="点单", state="now", time="")

    assert '<span aria-hidden="true">—</span>' in drawn("{% tracker steps %}", steps=[step])


def test_a_field_ties_hint_and_error_to_its_control() -> None:
    html = drawn("{% field form.text %}", form=Form({}))

    assert '<label for="id_text">什么事？</label>' in html
    assert 'aria-describedby="id_text_helptext id_text_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<p class="hint" id="id_text_helptext">说清楚在哪里</p>' in html
    assert 'id="id_text_error"' in html
    assert html.count("请写清楚是什么事") == 1


def test_a_field_that_may_stay_empty_says_so() -> None:
    html = drawn("{% field form.photo %}{% field form.agree %}", form=Form())

    assert '照片 <span class="hint">选填</span>' in html
    assert '<span class="file-name">选照片</span>' in html
    assert '<label class="check"><input type="checkbox"' in html


def test_a_hint_given_in_the_template_is_tied_too() -> None:
    html = drawn('{% field form.photo hint="最多 3 张" %}', form=Form())

    assert '<p class="hint" id="id_photo_helptext">最多 3 张</p>' in html
    assert 'aria-describedby="id_photo_helptext"' in html


def test_choices_are_one_group_with_its_error() -> None:
    html = drawn("{% choices form.level icons=icons %}", form=Form({}), icons={"good": "smile"})

    assert '<fieldset class="field bad" aria-describedby="id_level_error">' in html
    assert "<legend>办得怎么样？</legend>" in html
    assert html.count('type="radio"') == 2
    assert html.count("lucide") <= 2


def test_the_chosen_one_stays_chosen() -> None:
    html = drawn("{% choices form.level %}", form=Form({"level": "bad"}))

    assert html.count("checked") == 1


def test_the_summary_leads_to_the_fields() -> None:
    html = drawn("{% errors form %}", form=Form({}))

    assert 'role="alert"' in html
    assert '<a href="#id_text">请写清楚是什么事</a>' in html
    assert '<a href="#id_level_0">请先选一个评价</a>' in html
    assert drawn("{% errors form %}", form=Form()).strip() == ""


def test_a_refusal_shows_once_and_only_when_there_is_one() -> None:
    request = SimpleNamespace(refusal=Refused("late", "王同志刚刚先接了这张单子"))

    assert 'role="alert"' in drawn("{% refusal %}", request=request)
    assert "王同志刚刚先接了这张单子" in drawn("{% refusal %}", request=request)
    assert drawn("{% refusal %}", request=SimpleNamespace(refusal=None)).strip() == ""


def test_a_command_is_new_in_every_form() -> None:
    html = drawn("{% command %}", csrf_token="abc")

    assert 'name="csrfmiddlewaretoken" value="abc"' in html
    assert 'name="command_id"' in html
    assert html != drawn("{% command %}", csrf_token="abc")


def test_a_bar_never_overflows() -> None:
    html = drawn('{% bar 40 30 "已报名 40 人，共需 30 人" %}')

    assert 'aria-label="已报名 40 人，共需 30 人"' in html
    assert "width:100%" in html
    assert "width:0%" in drawn('{% bar 1 0 "还没有名额" %}')


def test_a_qr_code_says_what_it_opens() -> None:
    html = drawn('{% qr "https://example.cn/r/1" "打开进度页" %}')

    assert html.startswith('<span class="qr" role="img" aria-label="打开进度页"><svg')
