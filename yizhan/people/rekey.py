"""Second factors sealed again with the newest key: allauth keeps them inside a JSON column."""

from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from yizhan.base import crypto
from yizhan.people.sign_in import TOTP_USE

NAMED = ("secret", "seed", "migrated_codes")


def rekey(batch: int = 500) -> Iterator[tuple[str, int]]:
    """Seal what has an older key again; yields after each batch how many. Resumable."""
    after = 0
    while rows := list(Authenticator.objects.filter(pk__gt=after).order_by("pk")[:batch]):
        after = rows[-1].pk
        yield "mfa.authenticator.data", sum(_row(row.pk) for row in rows)


def key_ids() -> dict[str, set[int]]:
    """The ids of the keys that second factors were sealed with."""
    used = {
        crypto.key_of(bytes.fromhex(text))
        for data in Authenticator.objects.values_list("data", flat=True)
        for text in _texts(data)
    }
    return {"mfa.authenticator.data": used}


@transaction.atomic
def _row(pk: int) -> bool:
    row = Authenticator.objects.select_for_update().get(pk=pk)
    fresh = {name: _fresh(value) if name in NAMED else value for name, value in row.data.items()}
    if fresh == row.data:
        return False
    row.data = fresh
    row.save(update_fields=["data"])
    return True


def _texts(data: dict[str, Any]) -> Iterator[str]:
    for name in NAMED:
        value = data.get(name, [])
        yield from value if isinstance(value, list) else [value]


def _fresh(value: Any) -> Any:
    if isinstance(value, list):
        return [_fresh(item) for item in value]
    sealed = bytes.fromhex(value)
    if crypto.key_of(sealed) == crypto.newest_key():
        return value
    return crypto.seal(crypto.opened(sealed, use=TOTP_USE), use=TOTP_USE).hex()
