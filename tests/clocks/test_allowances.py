"""How long each clock is: what is shipped, and what a district may change."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from yizhan.clocks import allowances
from yizhan.clocks.allowances import Allowance, allowance, length


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Give the district's pack this clocks.toml."""
    monkeypatch.setattr(allowances, "pack", lambda: tmp_path)

    def write(text):
        (tmp_path / allowances.OWN).write_text(text, "utf-8")
        allowances._own.cache_clear()

    yield write
    allowances._own.cache_clear()


def days(number):
    return Allowance(number, "days")


@pytest.mark.parametrize(
    ("kind", "level", "given"),
    [
        ("sign", "normal", Allowance(240, "minutes")),
        ("sign", "urgent", Allowance(30, "minutes")),
        ("accept", "urgent", Allowance(30, "minutes")),
        ("arrange", "normal", days(1)),
        ("contact", "normal", days(1)),
        ("resolve", "normal", days(5)),
        ("rectify", "normal", days(15)),
        ("call_back", "complex", days(5)),
    ],
)
def test_what_is_shipped(kind, level, given):
    assert allowance(kind, level) == given
    assert allowances.KINDS["sign"].hard == days(1)


@pytest.mark.parametrize(
    ("usual", "level", "given"),
    [
        (days(2), "normal", days(2)),
        (days(2), "urgent", days(1)),
        (days(2), "complex", days(20)),
        (Allowance(240, "minutes"), "urgent", Allowance(240, "minutes")),
        (days(30), "complex", days(30)),
    ],
)
def test_a_category_says_what_is_normal(usual, level, given):
    assert allowance("resolve", level, usual=usual) == given


def test_a_district_changes_a_kind_and_a_category(own):
    own(
        '[kind.resolve]\nnormal = "4d"\n'
        '[category.daily]\nresolve = { normal = "3d", urgent = "4h" }\n'
        '[category.daily_repair]\nresolve = { normal = "2d" }\n'
    )

    assert allowance("resolve") == days(4)
    assert allowance("resolve", about=("daily_repair", "daily"), usual=days(5)) == days(2)
    assert allowance("resolve", about=("daily_meal", "daily"), usual=days(5)) == days(3)
    assert allowance("resolve", "urgent", about=("daily_repair", "daily")) == length("4h")
    assert allowance("resolve", "complex", about=("daily_repair", "daily")) == days(20)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[kind.nothing]\nnormal = "4d"', "不认识的时限 nothing"),
        ('[kind.sign]\nlazy = "4d"', "不认识的级别 lazy"),
        ('[kind.sign]\nnormal = "soon"', "写得不对"),
        ('[kind.sign]\nnormal = "0d"', "写得不对"),
        ('[kind.sign]\nurgent = "9d"', "急的不能比一般的长"),
        ('[kinds]\nsign = "1d"', "不认识的 kinds"),
        ("[kind", "写得不对"),
    ],
)
def test_a_wrong_pack_is_loud(own, text, words):
    own(text)

    with pytest.raises(ImproperlyConfigured, match=words):
        allowance("sign")
    with pytest.raises(SystemCheckError, match=words):
        call_command("check")


def test_a_kind_is_registered_once():
    with pytest.raises(ImproperlyConfigured, match="registered twice"):
        allowances.register(allowances.SHIPPED)


def test_a_domain_brings_kinds_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(allowances, "KINDS", dict(allowances.KINDS))
    path = tmp_path / "clocks.toml"
    row = '[debate]\nlabel = "议事"\nsays = "开议"\nnormal = "5d"\nurgent = "2d"\ncomplex = "5d"\n'
    path.write_text(row, "utf-8")

    allowances.register(path)

    assert allowance("debate", "urgent") == days(2)
    allowances._own.cache_clear()


@pytest.mark.parametrize(
    ("text", "words"),
    [("30m", "30 分钟（工作时间）"), ("4h", "4 个工作小时"), ("5d", "5 个工作日")],
)
def test_in_words(text, words):
    assert length(text).words == words
