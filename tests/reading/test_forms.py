"""Who writes what others read sees it first as they will read it; nothing passes unseen."""

import re
from html import unescape

import pytest

from yizhan.base.verdict import Refused
from yizhan.reading import rules
from yizhan.reading.forms import PublicForm, PublicText

PHONE = "13800001234"
TEXT = f"找张建国，{PHONE}"


class Note(PublicForm):
    note = PublicText(label="说明", max_length=30)
    other = PublicText(label="别的", required=False)


def hidden(form):
    """What a page would send back of its own: the names and values of its hidden inputs."""
    html = unescape(str(form["note"]) + str(form["other"]))
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', html))


def test_a_text_without_any_passes_at_once():
    form = Note({"note": " 楼道照明 "})

    assert form.is_valid()
    assert form.cleaned_data == {"note": "楼道照明", "other": "", "kept": {}}
    assert "别人会看到" not in str(form["note"])


def test_the_public_view_comes_first():
    form = Note({"note": TEXT})
    html = unescape(str(form["note"]))

    assert not form.is_valid()
    (error,) = form.errors["note"]
    assert error == "写到了姓名、电话号码。请看看别人会看到什么，没有问题就再提交一次"
    assert "别人会看到：<b>找张**，138****1234</b>" in html
    assert "换成「138****1234」" in html
    assert "「张建国」像是一个人的全名" in html
    assert f'value="{TEXT}"' in html


def test_sent_again_it_is_masked():
    form = Note({"note": TEXT, **hidden(Note({"note": TEXT}))})

    assert form.is_valid()
    assert form.cleaned_data == {"note": "找张**，138****1234", "other": "", "kept": {}}


def test_a_piece_is_kept_for_a_reason():
    sent = {"note": TEXT, "note-keep-1": "office", **hidden(Note({"note": TEXT}))}
    form = Note(sent)

    assert form.is_valid()
    assert form.cleaned_data["note"] == f"找张**，{PHONE}"
    assert form.cleaned_data["kept"] == {PHONE: "office"}


@pytest.mark.parametrize("reason", ["", "because", "\0"])
def test_without_a_known_reason_it_is_masked(reason):
    form = Note({"note": TEXT, "note-keep-1": reason, **hidden(Note({"note": TEXT}))})

    assert form.is_valid()
    assert PHONE not in form.cleaned_data["note"]


@pytest.mark.parametrize("seen", ["", "forged", "0" * 64])
def test_an_answer_to_what_was_not_shown_counts_for_nothing(seen):
    form = Note({"note": TEXT, "note-seen": seen, "note-keep-0": "agreed", "note-keep-1": "office"})

    assert not form.is_valid()
    assert list(form.errors) == ["note"]


def test_another_text_is_shown_again():
    before = hidden(Note({"note": TEXT}))
    form = Note({"note": TEXT.replace("1234", "1235"), "note-keep-1": "office", **before})

    assert not form.is_valid()


def test_answers_stay_when_another_field_is_wrong():
    sent = {"note": TEXT, "note-keep-1": "office", **hidden(Note({"note": TEXT}))}
    form = Note({**sent, "other": "邮箱li_na@example.com"})

    assert list(form.errors) == ["other"]
    html = unescape(str(form["note"]))
    assert '<option value="office" selected>' in html
    assert f"别人会看到：<b>找张**，{PHONE}</b>" in html


def test_the_rule_holds_without_any_form():
    with pytest.raises(Refused) as refused:
        rules.can_show([TEXT], {"张建国": "agreed"}).or_refuse()
    assert refused.value.code == "personal_data"
    assert "写到了电话号码" in refused.value.reason

    kept = {"张建国": "agreed", PHONE: "office"}
    assert rules.can_show([TEXT], kept)
    assert not rules.can_show([TEXT], {**kept, PHONE: "because"})
    assert rules.kept_facts([TEXT], kept) == {"kept": ["name:agreed", "phone:office"]}
    assert rules.kept_facts(["楼道照明"], kept) == {}
