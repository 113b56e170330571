"""Sealing everything again with the newest key, in batches, as often as it takes.

A batch is one transaction; what it did is done. Broken off and started again, it goes on with what
still has an older key.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import models, transaction
from django.db.models import F, Func

from yizhan.base import crypto
from yizhan.base.files import USE, StoredFile, read
from yizhan.base.sealed import SealedText
from yizhan.base.steps import AppendOnly

BATCH = 500
Column = tuple[type[models.Model], str]


def sealed_columns() -> list[Column]:
    """Every sealed column of every model that can be written again."""
    return [
        (model, field.attname)
        for model in apps.get_models()
        if not issubclass(model, AppendOnly)
        for field in model._meta.concrete_fields
        if isinstance(field, SealedText)
    ]


def name_of(column: Column) -> str:
    """The column as people read it in a message: `people.person.phone`."""
    model, field = column
    return f"{model._meta.label_lower}.{field}"


def with_keys(column: Column) -> "models.QuerySet[Any]":
    """The filled rows of a column, each with the two bytes of its key id as `key`."""
    model, field = column
    rows: models.QuerySet[Any] = model._base_manager.exclude(**{field: None})
    key = Func(F(field), 2, 2, function="substring", output_field=models.BinaryField())
    keyed: models.QuerySet[Any] = rows.annotate(key=key)
    return keyed


def key_ids() -> dict[str, set[int]]:
    """For each sealed column, the ids of the keys its values were sealed with."""
    return {
        name_of(column): {
            int.from_bytes(bytes(key), "big")
            for key in with_keys(column).order_by().values_list("key", flat=True).distinct()
        }
        for column in sealed_columns()
    }


def rekey(batch: int = BATCH) -> Iterator[tuple[str, int]]:
    """Seal what has an older key again; yields after each batch where it was and how many."""
    for column in sealed_columns():
        while count := _column_batch(column, batch):
            yield name_of(column), count
    after = 0
    while files := list(
        StoredFile.objects.filter(is_sealed=True, pk__gt=after).order_by("pk")[:batch]
    ):
        after = files[-1].pk
        yield "base.storedfile", sum(_file(file) for file in files)


@transaction.atomic
def _column_batch(column: Column, batch: int) -> int:
    model, field = column
    newest = crypto.newest_key().to_bytes(2, "big")
    rows = with_keys(column).exclude(key=newest).order_by("pk").select_for_update(of=("self",))
    found = list(rows[:batch])
    for row in found:
        sealed = getattr(row, field)
        model._base_manager.filter(pk=row.pk).update(**{field: sealed.open()})
    return len(found)


def _file(file: StoredFile) -> bool:
    """Write one file again, under a new name, if its key is old; the old one goes afterwards."""
    storage = storages["files"]
    with storage.open(file.path) as stream:
        if crypto.key_of(stream.read(crypto.HEAD)) == crypto.newest_key():
            return False
    old = file.path
    body = crypto.seal_bytes(read(file), use=USE)
    with transaction.atomic():
        file.path = storage.save(old, ContentFile(body))
        file.save(update_fields=["path"])
    storage.delete(old)
    return True
