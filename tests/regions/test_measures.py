"""What a district chooses for the metrics: the shares, read from its pack and checked."""

from decimal import Decimal

import pytest

from yizhan.regions.district import Measures, _measures, profile

ONE, HALF, NONE = Decimal(1), Decimal("0.5"), Decimal(0)


def test_a_pack_without_them_has_the_usual_ones():
    assert profile().measures == Measures(NONE, (ONE, ONE, ONE, NONE, NONE))


def test_they_are_read_without_rounding():
    chosen = _measures({"partly": 0.5, "levels": [1.0, 0.8, 0.6, 0.3, 0]})

    assert chosen.partly == HALF
    assert [str(one) for one in chosen.levels] == ["1.0", "0.8", "0.6", "0.3", "0"]


@pytest.mark.parametrize(
    "row",
    [
        {"partly": 1.5},
        {"partly": -0.1},
        {"levels": [1, 1, 1]},
        {"levels": [1, 1, 1, 0, 2]},
        {"parts": [30, 35, 30]},
        {"parts": [50, 50]},
        {"parts": [120, -10, -10]},
    ],
)
def test_a_wrong_one_stops_the_start(row):
    with pytest.raises(ValueError, match="metrics"):
        _measures(row)


def test_the_three_parts_make_a_whole():
    assert _measures({"parts": [10, 45, 45]}).parts == (10, 45, 45)
    assert sum(profile().measures.parts) == 100
