"""Which category a text may belong to: at most two, with a reason that may be shown, or none."""

import pytest

from yizhan.reading import category
from yizhan.reading.category import CLEAR, LEAST, MOST, Example, Suggester, own_examples

LAMP = "楼道灯坏了，路灯也不亮"
NONSENSE = "今天星期几"
CODES = {one.code for one in own_examples()}


@pytest.fixture(scope="module")
def suggester():
    return Suggester(own_examples())


def codes(found):
    return [one.code for one in found]


def test_the_likelier_first_with_its_reason(suggester):
    first, *rest = suggester.suggest(LAMP, CODES)

    assert first.code == "facility_light"
    assert first.reason == "提到「楼道灯」「路灯」"
    assert first.score >= CLEAR > LEAST
    assert all(one.score <= first.score for one in rest)
    assert len(rest) < MOST


def test_too_little_is_no_suggestion(suggester):
    assert suggester.suggest(NONSENSE, CODES) == []
    assert suggester.suggest("", CODES) == []
    assert suggester.scored(NONSENSE, CODES)


def test_what_is_asked_for_more_surely_is_found_less_often(suggester):
    weak = "孩子太吵"

    assert suggester.suggest(weak, CODES)
    assert suggester.suggest(weak, CODES, least=CLEAR) == []


def test_only_among_those_named(suggester):
    assert codes(suggester.suggest(LAMP, {"wish_small", "care_elder"})) == []
    assert suggester.suggest(LAMP, set()) == []
    assert codes(suggester.suggest(LAMP, {"facility_light", "wish_small"})) == ["facility_light"]


def test_a_category_of_the_district_is_learned_from_examples():
    own = [Example("想学打腰鼓，腰鼓队收人吗", "drum"), Example("腰鼓队缺鼓手", "drum")]
    suggester = Suggester([*own_examples(), *own])

    (first, *_) = suggester.suggest("腰鼓队还收不收鼓手", CODES | {"drum"})

    assert first.code == "drum"


def test_what_others_wrote_is_never_quoted():
    text = "腰鼓队还收不收鼓手"
    theirs = Suggester([Example(text, "drum")], with_cues=False)
    ours = Suggester([Example(text, "drum", may_quote=True)], with_cues=False)

    assert theirs.suggest(text, {"drum"})[0].reason == "与办结过的同类事项相近"
    assert ours.suggest(text, {"drum"})[0].reason == f"与例句「{text}」相近"


def test_the_order_of_examples_does_not_matter(suggester):
    turned = Suggester(reversed(own_examples()))

    for text in (LAMP, "老人没人照顾", "停车位被占了"):
        one, other = suggester.suggest(text, CODES), turned.suggest(text, sorted(CODES))
        assert codes(one) == codes(other)


def test_a_longer_word_tells_more_and_a_shared_one_less():
    known = category.cues()
    shared = next(word for word, every in known.codes.items() if len(every) > 1)
    alone = {len(word): word for word, every in known.codes.items() if len(every) == 1}

    assert category._weight(alone[4]) > category._weight(alone[2]) > 0
    assert category._weight(shared) < len(shared) ** 0.5
