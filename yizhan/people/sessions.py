"""Sessions in the database, sealed: they hold the telephone number while a code is awaited."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from yizhan.base import crypto

USE = "session"


class SessionStore(DatabaseStore):
    """Django's database sessions with the content encrypted; an unreadable one counts as empty."""

    def __init__(self, session_key: str | None = None) -> None:
        """A cookie names a session by letters and digits; a NUL would be an error in a query."""
        named = session_key is not None and session_key.isascii() and session_key.isalnum()
        super().__init__(session_key if named else None)

    def encode(self, session_dict: dict[str, Any]) -> str:
        plain = self.serializer().dumps(session_dict)
        return crypto.seal_bytes(plain, use=USE).hex()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        try:
            plain = crypto.open_bytes(bytes.fromhex(str(session_data)), use=USE)
        except (crypto.Unreadable, ValueError):
            return {}
        content: dict[str, Any] = self.serializer().loads(plain)
        return content
