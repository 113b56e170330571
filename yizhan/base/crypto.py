"""Sealing of identifying values: SM4-GCM to keep, HMAC-SM3 to find, each value with its key id.

Layout of a sealed value, in bytes: 1 algorithm, 2 key id (big endian), 12 nonce, 16 tag, then the
ciphertext. `use` is authenticated with it, so that a value cannot be moved to another column.
"""

import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

ALGORITHMS = {1: ("sm4", algorithms.SM4, 16), 2: ("aes", algorithms.AES, 32)}
BY_NAME = {name: number for number, (name, _, _) in ALGORITHMS.items()}
HEAD = 3


class Unreadable(Exception):
    """A sealed value cannot be opened: key missing, value damaged, or moved from another column."""


@lru_cache(maxsize=32)
def _key(number: int, length: int) -> bytes:
    """The first `length` bytes of the configured key with this id."""
    try:
        return bytes.fromhex(settings.SEAL_KEYS[number])[:length]
    except KeyError:
        raise Unreadable(f"密钥 {number} 不在配置中") from None


def newest_key() -> int:
    """The id of the key that new values are sealed with: the highest one configured."""
    return max(settings.SEAL_KEYS)


def seal_bytes(plain: bytes, *, use: str) -> bytes:
    """Encrypt with the newest key."""
    algorithm, key = BY_NAME[settings.SEAL_ALGORITHM], newest_key()
    _, kind, length = ALGORITHMS[algorithm]
    nonce = os.urandom(12)
    encryptor = Cipher(_algorithm(kind, _key(key, length)), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(use.encode())
    body = encryptor.update(plain) + encryptor.finalize()
    return bytes([algorithm]) + key.to_bytes(2, "big") + nonce + encryptor.tag + body


def open_bytes(sealed: bytes | memoryview, *, use: str) -> bytes:
    """The plain bytes again. Raises `Unreadable` if key, use or bytes are wrong."""
    raw = bytes(sealed)
    if len(raw) < HEAD + 28 or raw[0] not in ALGORITHMS:
        raise Unreadable("不是本平台加密的数据")
    _, kind, length = ALGORITHMS[raw[0]]
    nonce, tag, body = raw[3:15], raw[15:31], raw[31:]
    key = _key(key_of(raw), length)
    decryptor = Cipher(_algorithm(kind, key), modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(use.encode())
    try:
        return decryptor.update(body) + decryptor.finalize()
    except InvalidTag:
        raise Unreadable("数据被改动，或不属于这一列") from None


def _algorithm(kind: Any, key: bytes) -> Any:
    return kind(key)


def seal(text: str, *, use: str) -> bytes:
    """Encrypt a text for one column, named by `use`."""
    return seal_bytes(text.encode(), use=use)


def opened(sealed: bytes | memoryview, *, use: str) -> str:
    """The text again. Raises `Unreadable`."""
    return open_bytes(sealed, use=use).decode()


def key_of(sealed: bytes | memoryview) -> int:
    """The id of the key that a value was sealed with."""
    return int.from_bytes(bytes(sealed)[1:HEAD], "big")


def index(text: str, *, use: str) -> bytes:
    """A keyed fingerprint of 32 bytes: equal for equal texts, useless without the key."""
    mac = hmac.HMAC(bytes.fromhex(settings.INDEX_KEY), hashes.SM3())
    mac.update(f"{use}:{text}".encode())
    return mac.finalize()


def digest(data: bytes) -> bytes:
    """SM3 of the data, 32 bytes."""
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(data)
    return sm3.finalize()
