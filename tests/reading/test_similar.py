"""Texts that are like a text, without a model: everything the lexical list promises."""

import numpy as np
import pytest

from yizhan.reading import meaning, similar
from yizhan.reading.grams import BUCKETS, THINGS, Outdated, fingerprint, grams
from yizhan.reading.similar import Index, is_current

LAMP = "三单元一楼楼道灯坏了，晚上看不见"
LAMP_TOO = "三单元楼道的灯不亮"
LIFT = "五栋的电梯老出故障"
BINS = "北门垃圾桶满了三天没人清运"


@pytest.fixture(autouse=True)
def no_model(monkeypatch):
    """As on a machine without the optional extra, also where it is installed."""
    monkeypatch.setattr(meaning, "encoder", lambda: None)


@pytest.fixture
def index():
    one = Index()
    put(one, {1: LAMP, 2: LIFT, 3: BINS})
    return one


def put(index, texts, meanings=None):
    prints = [fingerprint(text) for text in texts.values()]
    index.add(list(texts), prints, meanings or [None] * len(texts))


def ids(hits):
    return [hit.id for hit in hits]


def facing(place):
    """A stored meaning along one axis."""
    line = np.zeros(meaning.SIZE, np.int8)
    line[place] = meaning.FULL
    return meaning.VERSION + line.tobytes()


def test_the_likest_comes_first_and_says_why(index):
    first, *rest = index.search(LAMP_TOO)

    assert (first.id, first.why, first.meaning) == (1, "words", 0.0)
    assert first.score == first.words > similar.LIKELY_WORDS
    assert first.is_likely
    assert all(hit.words < first.words for hit in rest)


def test_the_same_text_is_wholly_alike(index):
    assert index.search(LAMP)[0].words == pytest.approx(1)


def test_nothing_in_common_is_not_found(index):
    assert index.search("想学书法") == []
    assert index.search("！？") == []
    assert Index().search(LAMP) == []


def test_a_fingerprint_finds_what_its_text_finds(index):
    assert index.search(fingerprint(LAMP_TOO)) == index.search(LAMP_TOO)


def test_only_among_those_named_and_so_many(index):
    assert ids(index.search(LAMP_TOO, among=[2, 3])) == []
    assert ids(index.search(LAMP_TOO, among=[1, 2])) == [1]
    put(index, {4: LAMP_TOO})
    assert ids(index.search(LAMP_TOO, k=1)) == [4]


def test_of_equals_the_newer_first(index):
    put(index, {9: LAMP, 5: LAMP})

    assert ids(index.search(LAMP)) == [9, 5, 1]


def test_what_is_removed_is_not_found(index):
    index.remove([1, 77])

    assert ids(index.search(LAMP)) == []
    assert len(index) == 2


def test_a_number_added_again_is_replaced(index):
    put(index, {1: BINS})

    assert index.search(LAMP_TOO) == []
    assert ids(index.search(BINS)) == [3, 1]
    assert len(index) == 3


def test_the_answer_depends_on_what_is_there_and_not_on_how_it_came(index):
    texts = {n: f"{LAMP[n % 9 :]}{BINS[n % 7 :]}{n}" for n in range(1, 60)}
    together, one_by_one = Index(), Index()
    put(together, texts)
    for number, text in reversed(texts.items()):
        put(one_by_one, {number: BINS})
        put(one_by_one, {number: text, 99: LIFT})
        one_by_one.remove([99])

    assert one_by_one.search(LAMP_TOO) == together.search(LAMP_TOO)
    assert len(one_by_one) == len(together) == 59


def test_added_one_by_one_the_pieces_stay_few():
    index = Index()
    for number in range(200):
        put(index, {number: f"{LAMP}{number}"})

    assert len(index._segments) <= 8
    assert ids(index.search(f"{LAMP}137", k=1)) == [137]


def test_meanings_are_a_list_of_their_own():
    index = Index()
    put(index, {1: LAMP, 2: LIFT}, [None, facing(0)])
    put(index, {3: BINS}, [facing(1)])

    hits = index.search(fingerprint(LAMP_TOO), facing(0))

    assert [(hit.id, hit.why) for hit in hits] == [(2, "meaning"), (1, "words")]
    assert hits[0].score == pytest.approx(1)
    assert hits[0].is_likely


def test_what_is_in_both_lists_stands_once():
    index = Index()
    put(index, {1: LAMP, 2: LAMP_TOO}, [facing(0), facing(1)])

    (first, second) = index.search(fingerprint(LAMP), facing(0))

    assert (first.id, first.why) == (1, "both")
    assert (second.id, second.why, second.meaning) == (2, "words", 0.0)


def test_stored_by_another_version_is_recognised(index):
    old_print, old_meaning = b"g0" + fingerprint(LAMP)[2:], b"e0" + facing(0)[2:]

    assert is_current(fingerprint(LAMP))
    assert is_current(facing(0))
    assert not is_current(old_print)
    assert not is_current(old_meaning)
    with pytest.raises(Outdated):
        index.add([7], [old_print], [None])
    index.add([7], [fingerprint(LAMP)], [old_meaning])
    assert 7 in ids(index.search(LAMP))


def test_without_a_model_a_text_has_no_meaning():
    assert meaning.meaning(LAMP) is None
    assert meaning.meanings([LAMP, LIFT]) == [None, None]


def test_a_fingerprint_is_the_same_everywhere():
    assert fingerprint("楼道灯").hex() == FIXED
    assert fingerprint("") == b"g1"
    assert fingerprint("楼道，灯 ") != fingerprint("楼道灯")
    assert fingerprint("\uff21\uff30\uff30") == fingerprint("app")
    assert len(grams("字" * 100_000)) == 2
    assert fingerprint("电瓶车") != fingerprint("电单车")
    assert len(set(grams("电瓶车")) & set(grams("电单车")) & set(range(THINGS, BUCKETS))) == 1


FIXED = "673160191e1e0f3bd5abbec305ff06ff"
