"""The published figures of similar texts and of categories are those that are counted."""

import json
import tomllib
from hashlib import sha256

import pytest

from tests import house
from yizhan.bench import category, similar
from yizhan.bench.crowd import crowd
from yizhan.reading.category import cues
from yizhan.reading.grams import VERSION, fingerprint
from yizhan.reading.labelled import PARTS, matters
from yizhan.reading.personal import find
from yizhan.reading.synonyms import synonyms

PAGE = (house.ROOT / "docs" / "similar-texts.md").read_text("utf-8")
# When this differs, what is stored no longer fits: raise VERSION in reading/grams.py with it.
PRINTED = {b"g1": "7bae86b573c3b6fc"}


def later():
    return [json.loads(line) for line in category.LATER.read_text("utf-8").splitlines()]


def test_the_page_shows_what_is_counted():
    assert "\n".join([similar.HEAD, "|---|---|" + "---|" * 7, *similar.table(False)]) in PAGE
    assert "\n".join(category.table()) in PAGE
    near = sum(len(one.near) for one in matters())
    assert f"{len(matters())} matters" in PAGE
    assert f"{near} texts that only sound like" in PAGE


@pytest.mark.parametrize("part", PARTS)
def test_words_alone_find_half_of_it_and_what_is_likely_is_half_right(part):
    one = similar.figures(similar.ask(part, False))

    assert one.hit[-1] > 0.45
    assert one.first > 0.5


def test_the_set_is_large_and_in_two_parts():
    every = [text for one in matters() for text in (*one.texts, *one.near)]

    assert len(matters()) >= 150
    assert all(len(set(one.texts)) == 3 for one in matters())
    assert len(set(every)) == len(every)
    assert sum(len(one.near) for one in matters()) >= 40
    for part in PARTS:
        assert sum(one.part == part for one in matters()) >= 70


def test_every_category_is_one_of_the_product_and_none_is_left_out():
    groups = tomllib.loads(category.CATEGORIES.read_text("utf-8"))["group"]
    codes = {leaf["code"] for group in groups for leaf in group.get("leaf", ())}
    spoken = {code for every in cues().codes.values() for code in every}

    assert {one.category for one in matters()} == codes - {"other_other"}
    assert spoken == codes - {"other_other"}
    assert {row["category"] for row in later()} <= codes


def test_nothing_personal_is_in_any_of_it():
    texts = [text for one in matters() for text in (*one.texts, *one.near)]
    texts += [row["text"] for row in later()] + crowd(500)

    assert [(text, find(text)) for text in texts if find(text)] == []


def test_the_crowd_is_always_the_same_and_holds_no_matter():
    others = crowd(similar.CROWD)

    assert len(set(others)) == similar.CROWD >= 5_000
    assert crowd(50) == others[:50]
    assert not {text for one in matters() for text in one.texts} & set(others)


def test_the_later_texts_are_not_in_the_set():
    known = {text for one in matters() for text in one.texts}

    assert not known & {row["text"] for row in later()}
    assert {row["wave"] for row in later()} == {1, 2}


def test_a_changed_fingerprint_has_another_version():
    texts = [text for one in matters() for text in one.texts]
    words = "".join(sorted(synonyms().things))
    printed = sha256(b"".join(map(fingerprint, [*texts, words]))).hexdigest()[:16]

    assert {VERSION: printed} == PRINTED
