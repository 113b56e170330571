"""A column that keeps a text encrypted and gives it back only on request."""

from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from yizhan.base import crypto


class Sealed:
    """An encrypted text. Printing it shows nothing; `open()` gives the text."""

    __slots__ = ("raw", "use")

    def __init__(self, raw: bytes, use: str) -> None:
        self.raw = raw
        self.use = use

    @classmethod
    def of(cls, text: str, *, use: str) -> "Sealed":
        """Encrypt a text with the newest key."""
        return cls(crypto.seal(text, use=use), use)

    def open(self) -> str:
        """The text. Raises `crypto.Unreadable`."""
        return crypto.opened(self.raw, use=self.use)

    def __repr__(self) -> str:
        return "Sealed(…)"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self.open() == other.open()

    def __hash__(self) -> int:
        return hash(self.raw)


class _Column(DeferredAttribute):
    """Encrypts on assignment, so that no plain text waits in memory for a save.

    A value sealed for another column is sealed again for this one.
    """

    def __set__(self, instance: Any, value: Any) -> None:
        use = cast(SealedText, self.field).use
        if isinstance(value, Sealed) and value.use != use:
            value = value.open()
        if isinstance(value, str):
            value = Sealed.of(value, use=use) if value else None
        instance.__dict__[self.field.attname] = value


if TYPE_CHECKING:
    _Base = models.BinaryField[Any, Any]
else:
    _Base = models.BinaryField


class SealedText(_Base):
    """Bytes in the database, `Sealed` or None in Python. Assign a `str` and it is encrypted."""

    descriptor_class = _Column

    def __init__(self, *, use: str, **kwargs: Any) -> None:
        self.use = use
        kwargs.setdefault("null", True)
        kwargs.setdefault("editable", False)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["use"] = self.use
        return name, path, args, kwargs

    def from_db_value(self, value: Any, *_: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value), self.use)

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, str):
            value = Sealed.of(value, use=self.use) if value else None
        return super().get_prep_value(value.raw if isinstance(value, Sealed) else value)
