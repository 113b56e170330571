"""The published figures are those that are counted, on a set that is what it says."""

import re

import pytest

from tests import house
from yizhan.bench.guard import HALVES, SET, score, sentences, table
from yizhan.reading.finding import LABELS
from yizhan.reading.folding import folded

DOC = house.ROOT / "docs" / "privacy-guard.md"


@pytest.fixture(scope="module")
def every():
    return sentences()


def test_the_page_shows_what_is_counted(every):
    page = DOC.read_text("utf-8")

    assert "\n".join(table(every)) in page
    by_hand = sum(one.by == "hand" for one in every)
    empty = sum(not one.spans for one in every)
    assert f"{len(every)} invented sentences, {by_hand} of them written one by one" in page
    assert f"{empty} hold no personal data at all" in page


def test_the_set_is_large_enough_and_in_two_halves(every):
    assert len(every) >= 400
    assert len({one.text for one in every}) == len(every)
    assert sum(one.by == "hand" for one in every) >= 150
    for half in ("tune", "held"):
        assert sum(one.half == half for one in every) >= 200
    assert {one.half for one in every} == set(HALVES)
    assert {kind for one in every for kind, _, _ in one.spans} == set(LABELS)


def test_no_number_in_the_set_is_anybodys():
    text = folded(SET.read_text("utf-8"))
    identities = re.findall(r"\[id_card.([^\]]*)\]", text)
    phones = [re.sub(r"\D", "", one) for one in re.findall(r"\[phone.([0-9][^\]]*)\]", text)]

    assert all(one.startswith("990101") for one in identities)
    assert all("0000" in one or "2000" in one or one == "00007788" for one in phones)


@pytest.mark.parametrize("half", ["tune", "held"])
@pytest.mark.parametrize("kind", ["phone", "id_card", "plate"])
def test_numbers_are_hardly_ever_missed(every, kind, half):
    one = score(kind, [row for row in every if row.half == half])

    assert one.recall >= 0.98
    assert one.precision >= 0.95
