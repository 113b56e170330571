import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from yizhan.base import crypto, files
from yizhan.base.files import Damaged, StoredFile

pytestmark = pytest.mark.django_db
PICTURE = b"\x89PNG and the rest"


def stored(file):
    with storages["files"].open(file.path) as stream:
        return stream.read()


def test_a_file_is_kept_sealed_under_a_random_name(at):
    file = files.keep(PICTURE, media_type="image/png", at=at)

    kept = StoredFile.objects.get(pk=file.pk)
    assert (kept.size, kept.media_type, kept.is_sealed) == (len(PICTURE), "image/png", True)
    assert bytes(kept.digest) == crypto.digest(PICTURE)
    assert kept.path.startswith("2026/11/")
    assert PICTURE not in stored(kept)
    assert files.read(kept) == PICTURE


def test_what_is_public_may_be_kept_as_it_is(at):
    file = files.keep(PICTURE, media_type="image/png", at=at, sealed=False)

    assert stored(file) == files.read(file) == PICTURE


def overwrite(file, body):
    storages["files"].delete(file.path)
    storages["files"].save(file.path, ContentFile(body))


def test_a_file_that_is_gone_is_damaged(at):
    file = files.keep(PICTURE, media_type="image/png", at=at)
    storages["files"].delete(file.path)

    with pytest.raises(Damaged, match="读不出来"):
        files.read(file)


def test_a_sealed_file_with_a_changed_byte_is_damaged(at):
    file = files.keep(PICTURE, media_type="image/png", at=at)
    overwrite(file, stored(file)[:-1] + b"?")

    with pytest.raises(Damaged, match="读不出来"):
        files.read(file)


def test_another_file_in_its_place_is_damaged(at):
    file = files.keep(PICTURE, media_type="image/png", at=at, sealed=False)
    overwrite(file, b"something else")

    with pytest.raises(Damaged, match="与收到时不一致"):
        files.read(file)


def test_a_file_ends_after_its_transaction(at, monkeypatch):
    queued = []
    monkeypatch.setattr("yizhan.base.jobs.defer", lambda name, **more: queued.append((name, more)))

    files.drop_later([])
    files.drop_later([7, 9])

    assert queued == [("privacy.drop_files", {"files": [7, 9]})]
