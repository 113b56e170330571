"""Files: a row with a digest, encrypted where sensitive, kept in a folder or S3 by setting."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import models

from yizhan.base import crypto, jobs

USE = "file"
DROP = "privacy.drop_files"


class StoredFile(models.Model):
    """One file as it was received. Who may read it is decided by the row that points here."""

    path = models.CharField(max_length=80, unique=True)
    digest = models.BinaryField(max_length=32)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=60)
    is_sealed = models.BooleanField(default=True)
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.path


class Damaged(Exception):
    """The stored bytes are gone or are not those that were received."""


def keep(data: bytes, *, media_type: str, at: datetime, sealed: bool = True) -> StoredFile:
    """Store bytes under a random name. `size` and `digest` are of the plain bytes."""
    name = uuid.uuid4().hex
    path = f"{at:%Y/%m}/{name}"
    body = crypto.seal_bytes(data, use=USE) if sealed else data
    path = storages["files"].save(path, ContentFile(body))
    return StoredFile.objects.create(
        path=path,
        digest=crypto.digest(data),
        size=len(data),
        media_type=media_type,
        is_sealed=sealed,
        kept_at=at,
    )


def read(file: StoredFile) -> bytes:
    """The bytes again. Raises `Damaged` when they are gone or changed."""
    try:
        with storages["files"].open(file.path) as stream:
            body = stream.read()
        data = crypto.open_bytes(body, use=USE) if file.is_sealed else body
    except (OSError, crypto.Unreadable) as error:
        raise Damaged(f"文件 {file.path} 读不出来") from error
    if crypto.digest(data) != bytes(file.digest):
        raise Damaged(f"文件 {file.path} 与收到时不一致")
    return data


def drop(file: StoredFile) -> None:
    """Delete a file for good, bytes first: what is broken off leaves a row, never lost bytes.

    Raises OSError when the storage refuses; dropping what is gone already is no fault.
    """
    storages["files"].delete(file.path)
    file.delete()


def drop_later(files: Sequence[int]) -> None:
    """Queue the end of files that no row points to any more, in the caller's transaction."""
    if files:
        jobs.defer(DROP, files=list(files))
