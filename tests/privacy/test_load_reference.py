"""The words of purposes and rules are published as versions, and old versions stay."""

import re
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from yizhan.base import crypto
from yizhan.privacy.models import Text
from yizhan.privacy.operations import load_reference
from yizhan.privacy.purposes import ASKED, FILE, PURPOSES, SHIPPED, TOLD


def test_every_text_is_published_once_with_its_hash(world):
    assert load_reference() == len(SHIPPED)
    assert load_reference() == 0

    for text in Text.objects.all():
        words = SHIPPED[text.purpose]
        assert (text.number, text.body, text.effective_date) == (1, words.body, words.effective)
        assert bytes(text.hash) == crypto.digest(words.body.encode())
        assert all(title and lines for title, lines in text.blocks)
    assert Text.objects.count() == len(SHIPPED)


def test_changed_words_become_a_new_version_and_the_old_one_stays(world, tmp_path):
    load_reference()
    changed = tmp_path / "purposes.toml"
    text = FILE.read_text("utf-8").replace(
        "写「一位居民」或「一位志愿者」。办事", "写「邻居」。办事"
    )
    changed.write_text(text.replace("2026-11-01", "2027-01-01"), "utf-8")

    assert load_reference(path=changed) == 1

    old, new = Text.objects.filter(purpose="public_name").order_by("number")
    assert (old.number, new.number) == (1, 2)
    assert "一位居民" in old.body
    assert "邻居" in new.body
    assert (old.effective_date, new.effective_date) == (date(2026, 11, 1), date(2027, 1, 1))
    assert Text.objects.filter(number=2).count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE privacy_text SET body = ''",
        "DELETE FROM privacy_text",
        "TRUNCATE privacy_text CASCADE",
    ],
)
def test_texts_are_append_only(world, statement):
    load_reference()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Text.objects.count() == len(SHIPPED)


def test_duty_and_consent_are_kept_apart():
    assert {one.code for one in ASKED} == {
        "public_name",
        "news_text",
        "auto_match",
        "public_photo",
        "public_story",
        "ward",
    }
    assert "orders" in {one.code for one in TOLD}
    assert set(PURPOSES) | {"rules", "children"} == set(SHIPPED)


def test_no_purpose_makes_the_service_depend_on_it():
    refused = re.compile("不能办|不给办|无法使用|不能使用|不提供服务|不予|拒绝")
    for one in PURPOSES.values():
        assert one.data
        assert one.seen_by
        assert one.kept
        assert one.without
        assert not refused.search(one.without), one.code


def test_the_words_promise_nothing_that_is_done_by_hand():
    for words in SHIPPED.values():
        assert "手工" not in words.body
