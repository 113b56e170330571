import pytest

from yizhan.base.verdict import YES, Refused, no


def test_yes_is_true_and_passes():
    assert YES
    YES.or_refuse()


def test_no_is_false_and_refuses_with_code_and_reason():
    verdict = no("too_late", "已经有人接单了")

    assert not verdict
    with pytest.raises(Refused, match="已经有人接单了") as refused:
        verdict.or_refuse()
    assert (refused.value.code, refused.value.reason) == ("too_late", "已经有人接单了")
