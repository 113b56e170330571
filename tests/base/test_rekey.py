import pytest
from django.core.files.storage import storages

from yizhan.base import crypto, files, rekey
from yizhan.base.models import Remark, StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(settings, at):
    """Five remarks and two files under the first key, and then a second key."""
    crypto._key.cache_clear()
    for number in range(5):
        Remark.objects.create(text=f"第 {number} 句", salt=b"1")
    kept = [
        files.keep(b"one", media_type="x/y", at=at),
        files.keep(b"two", media_type="x/y", at=at),
    ]
    settings.SEAL_KEYS = {**settings.SEAL_KEYS, 2: "77" * 32}
    yield kept
    crypto._key.cache_clear()


def texts():
    return sorted(remark.text.open() for remark in Remark.objects.exclude(text=None))


def keys():
    return rekey.key_ids()["base.remark.text"]


def test_every_value_and_file_gets_the_newest_key(old, settings):
    before = texts()
    Remark.objects.create(text="新的一句", salt=b"1")
    done = dict(rekey.rekey())

    assert keys() == {2}
    assert done["base.storedfile"] == 2
    settings.SEAL_KEYS = {2: settings.SEAL_KEYS[2]}
    crypto._key.cache_clear()
    assert set(before) < set(texts())
    assert [files.read(file) for file in StoredFile.objects.order_by("pk")] == [b"one", b"two"]


def test_every_sealed_column_is_found():
    found = {rekey.name_of(column) for column in rekey.sealed_columns()}

    assert {
        "base.remark.text",
        "base.notice.phone",
        "people.person.name",
        "people.person.phone",
    } <= found


def test_it_goes_on_where_it_was_broken_off(old):
    work = rekey.rekey(batch=2)
    for place, _ in work:
        if place == "base.remark.text":
            break
    work.close()
    assert keys() == {1, 2}

    assert sum(count for place, count in rekey.rekey(batch=2) if place == "base.remark.text") >= 3
    assert keys() == {2}


def test_a_second_run_does_nothing(old):
    list(rekey.rekey())

    assert sum(count for _, count in rekey.rekey()) == 0


def test_the_file_under_the_old_key_is_gone(old):
    before = old[0].path
    list(rekey.rekey())

    assert not storages["files"].exists(before)
    assert storages["files"].exists(StoredFile.objects.get(pk=old[0].pk).path)
