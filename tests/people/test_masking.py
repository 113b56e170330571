import pytest

from yizhan.people.masking import masked_name, masked_phone, polite_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王明", "王*"),
        ("张三丰", "张**"),
        ("欧阳兰", "欧阳*"),
        ("欧阳", "欧*"),
        ("司马相如", "司马**"),
        ("李", "李*"),
        ("", "居民"),
        ("居民", "居民"),
        ("阿依古丽买买提", "阿***"),
    ],
)
def test_masked_name(name, shown):
    assert masked_name(name) == shown


def test_polite_name():
    assert polite_name("王明") == "王同志"
    assert polite_name("欧阳兰", "师傅") == "欧阳师傅"
    assert polite_name("") == "居民"


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812341234", "138****1234"),
        ("", ""),
        ("0917-3251234", "**********34"),
        ("110", "**10"),
    ],
)
def test_masked_phone(phone, shown):
    assert masked_phone(phone) == shown
