"""What counts as personal data in a text, what is shown instead, and that no text is too hard."""

import re
import sys
from re import _parser as parser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhan.reading import contacts, doors, numbers
from yizhan.reading.finding import LABELS, WHY
from yizhan.reading.folding import counted, folded
from yizhan.reading.personal import find, public_view

PATTERNS = [
    value
    for module in (contacts, doors, numbers)
    for value in vars(module).values()
    if isinstance(value, re.Pattern)
]
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
PIECES = [
    "1", "一", "\uff13", " ", "-", "·", "0", "@", "a", ".", "陕", "C", "张", "建", "国",
    "号楼", "单元",
    "室", "家住", "微信", "身份证", "生", "年", "月",
    "我叫", "，", "\0", "\ud800", "\u200b", "组",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13800001234", "电话138****1234"),
        ("打 138 0000 1234 找我", "打 138****1234 找我"),
        ("138-0000-1234".translate(WIDE), "138****1234"),
        ("一三八零零零零一二三四", "138****1234"),
        ("+86 13800001234", "138****1234"),
        ("座机0917-2000131", "座机0917*******"),
        ("身份证990101194803120026", "身份证990101********0026"),
        ("卡号6222020000000000006", "卡号622202*********0006"),
        ("陕C·12345占道", "陕C***45占道"),
        ("陕 A D 1 2 3 4 5", "陕A****45"),
        ("发wangxm@example.com", "发w***@example.com"),
        ("微信zhao_lan1956", "微信zh***"),
        ("生日是8月15日", "生日是*月*日"),
        ("1941年6月3日出生", "1941年出生"),
        ("我叫张建国", "我叫张**"),
        ("请欧阳文静女士来", "请欧阳**女士来"),
        ("住3号楼2单元201", "住3号楼"),
        ("住18-2-501，漏水", "住18号楼，漏水"),
        ("楼上602室", "楼上某户"),
    ],
)
def test_what_others_read_instead(text, shown):
    assert public_view(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "张先生和李阿姨找王师傅", "96345、12345、110", "坐28路公交车到高新路", "3号楼2单元门禁坏了",
        "2026-11-22", "社区204办公室", "K1234次", "王府井的白杨树", "9:00-18:00", "95598", "",
    ],
)  # fmt: skip
def test_what_is_nobodys(text):
    assert find(text) == []
    assert public_view(text) == text


def test_each_kind_has_a_word_and_a_reason():
    assert set(LABELS) == set(WHY)
    (one,) = find("电话13800001234")
    assert (one.kind, one.start, one.end, one.masked) == ("phone", 2, 13, "138****1234")
    assert one.label == "电话号码"
    assert one.why.startswith("像是电话号码")


def test_a_wrong_check_figure_needs_a_word_for_it():
    assert find("990101194803120025") == []
    assert [one.kind for one in find("身份证990101194803120025")] == ["id_card"]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_text_is_read_and_nothing_is_left_to_find(text):
    found = find(text)

    place = 0
    for one in found:
        assert place <= one.start < one.end <= len(text)
        assert len(one.masked) <= one.end - one.start
        place = one.end
    assert len(folded(text)) == len(counted(text)) == len(text)
    shown = public_view(text)
    assert len(shown) <= len(text)
    assert find(shown) == []


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda one: one.pattern[:30])
def test_a_pattern_ends_and_repeats_nothing_that_repeats_freely(pattern):
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)

    assert tree.getwidth()[1] <= 80
    assert not nested(tree)


def nested(tree, inside=False):
    """Whether a repetition that may end anywhere holds another without a figure between."""
    for code, value in tree:
        repeats = str(code) == "MAX_REPEAT"
        if repeats and inside and value[1] - value[0] > 2:
            return True
        parts = value if isinstance(value, list | tuple) else [value]
        for part in parts:
            for one in part if isinstance(part, list) else [part]:
                free = inside or (repeats and value[1] - value[0] > 4)
                if isinstance(one, parser.SubPattern) and nested(one, free):
                    return True
    return False


@pytest.mark.parametrize(
    "piece",
    ["1", "13", "一三八零", "a@", "a", "陕C1", "张", "我叫张", "3号楼2单元", "1-", "6 ", "-"],
)
def test_the_work_grows_with_the_text_and_no_faster(piece):
    short, long = (lines_run(piece * (size // len(piece))) for size in (500, 4_000))

    assert long <= 9 * short + 1_000


def test_a_hundred_thousand_characters_are_read():
    text = "住3号楼2单元201，13800001234 " * 4_000

    assert lines_run(text) <= 120 * len(text)
    assert len(find(text)) == 8_000


def lines_run(text):
    """How many lines of ours are executed for a text: a count, not a time."""
    run = 0

    def line(frame, event, _):
        nonlocal run
        run += event == "line"
        return line

    def call(frame, event, _):
        return line if "reading" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        find(text)
    finally:
        sys.settrace(before)
    return run
