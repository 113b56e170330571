"""When each rung comes is data; a district changes when, never which."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from yizhan.ladder import apps, plan


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.setattr(plan, "pack", lambda: tmp_path)

    def write(text):
        plan._plan.cache_clear()
        (tmp_path / plan.OWN).write_text(text, "utf-8")

    yield write
    plan._plan.cache_clear()


def test_what_is_shipped():
    found = plan.plan()

    assert [(code, one.share, one.days) for code, one in found.late.items()] == [
        ("reminded", 0.6, 0),
        ("urged", 1.0, 0),
        ("supervised", 1.0, 1),
        ("decided", 1.0, 3),
    ]
    assert [(code, one.share) for code, one in found.accept.items()] == [
        ("opened", 0.5),
        ("called_in", 1.0),
    ]
    assert found.answer_days == 3


def test_a_district_changes_when(own):
    own('[late]\nsupervised = "2d"\n[answer]\ndays = 5\n')

    assert plan.plan().late["supervised"].days == 2
    assert plan.plan().answer_days == 5
    assert apps.plan_of_the_pack() == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[late", "写得不对"),
        ("[late]\nshamed = 1.0\n", "不认识的"),
        ("[often]\nx = 1.0\n", "不认识的"),
        ('[late]\nsupervised = "4h"\n', "写得不对"),
        ('[late]\ndecided = "99d"\n', "写得不对"),
        ("[late]\nurged = 0.5\n", "不能早于"),
        ("[accept]\nopened = 1.5\n", "写得不对"),
    ],
)
def test_nothing_starts_with_one_that_cannot_be_read(own, text, said):
    own(text)

    with pytest.raises(ImproperlyConfigured, match=said):
        plan.plan()
    assert said in apps.plan_of_the_pack()[0].msg
