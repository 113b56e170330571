"""What forms and pages ask of the categories."""

import pytest

from yizhan.routing import queries


def test_who_does_not_choose_gets_the_fallback(world):
    category = queries.fallback()

    assert (category.code, category.brief, category.exit) == ("other", "居民求助", "")


def test_the_emergency_exit_is_known(world):
    assert queries.emergency().code == "emergency"


def test_without_one_pages_show_none(world, at):
    category = queries.emergency()
    category.ended_date = at.date()
    category.save()

    assert queries.emergency() is None


@pytest.mark.parametrize(
    "text",
    ["楼道里着火了", "厨房有煤气味", "爷爷晕倒在院子里", "有人持刀", "她说想轻生", "燃气泄漏了"],
)
def test_danger_is_heard(text):
    assert queries.urgent_words(text)


@pytest.mark.parametrize("text", ["", "三单元的楼道灯不亮", "想学太极拳", "灯泡坏了", "代买降压药"])
def test_everyday_matters_are_no_danger(text):
    assert not queries.urgent_words(text)
