import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhan.base import crypto

TWO_KEYS = {1: "11" * 32, 2: "22" * 32}


@pytest.fixture(autouse=True)
def fresh_keys():
    crypto._key.cache_clear()
    yield
    crypto._key.cache_clear()


@given(st.text())
def test_round_trip(text):
    assert crypto.opened(crypto.seal(text, use="a"), use="a") == text


def test_nothing_plain_and_never_twice_the_same():
    first, second = (crypto.seal("13800000001", use="a") for _ in range(2))

    assert b"13800000001" not in first
    assert first != second
    assert first[0] == crypto.BY_NAME["sm4"]


@pytest.mark.parametrize("damage", [0, 1, 5, 20, -1])
def test_a_changed_byte_is_found(damage):
    sealed = bytearray(crypto.seal("王桂兰", use="a"))
    sealed[damage] ^= 1

    with pytest.raises(crypto.Unreadable):
        crypto.opened(bytes(sealed), use="a")


def test_a_value_belongs_to_its_column():
    with pytest.raises(crypto.Unreadable, match="不属于这一列"):
        crypto.opened(crypto.seal("王桂兰", use="a"), use="b")


def test_too_short_is_not_ours():
    with pytest.raises(crypto.Unreadable, match="不是本平台"):
        crypto.opened(b"123", use="a")


def test_the_newest_key_seals_and_the_older_still_opens(settings):
    settings.SEAL_KEYS = {1: TWO_KEYS[1]}
    old = crypto.seal("x", use="a")
    settings.SEAL_KEYS = TWO_KEYS
    new = crypto.seal("x", use="a")

    assert (crypto.key_of(old), crypto.key_of(new)) == (1, 2)
    assert crypto.opened(old, use="a") == crypto.opened(new, use="a") == "x"


def test_a_missing_key_is_named(settings):
    settings.SEAL_KEYS = TWO_KEYS
    sealed = crypto.seal("x", use="a")
    settings.SEAL_KEYS = {1: TWO_KEYS[1]}
    crypto._key.cache_clear()

    with pytest.raises(crypto.Unreadable, match="密钥 2 不在配置中"):
        crypto.opened(sealed, use="a")


def test_aes_by_setting(settings):
    settings.SEAL_ALGORITHM = "aes"
    sealed = crypto.seal("x", use="a")
    settings.SEAL_ALGORITHM = "sm4"

    assert sealed[0] == crypto.BY_NAME["aes"]
    assert crypto.opened(sealed, use="a") == "x"


def test_the_blind_index_is_keyed_and_knows_its_use(settings):
    index = crypto.index("13800000001", use="phone")

    assert index == crypto.index("13800000001", use="phone")
    assert index != crypto.index("13800000001", use="other")
    assert len(index) == 32
    settings.INDEX_KEY = "00" * 32
    assert index != crypto.index("13800000001", use="phone")


def test_sm3_against_the_standard():
    """GB/T 32905-2016, example 1."""
    expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"

    assert crypto.digest(b"abc").hex() == expected
