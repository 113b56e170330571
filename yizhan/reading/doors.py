"""Doors of homes: what goes beyond the building is taken away.

A staircase (单元) alone is not a home. Rooms of public places are nobody's home.
"""

import re
from collections.abc import Iterator

from yizhan.reading.finding import Finding

N = "(?:[0-9]{1,4}|[一二三四五六七八九十百]{1,4})"
BUILDING = rf"(?:{N}|[A-Za-z])(?:号楼|栋楼?|幢楼?|座楼?|#楼?)"
SPOKEN = "[一二三四五六七八九十]{1,2}[零〇一][一二三四五六七八九]"
FLOOR = rf"{N}[楼层](?:[东西南北中]户?|{N}[室号户])"
FLAT = (
    rf"(?:[0-9]{{3,4}}[室号户]?|{N}[室号户]|{FLOOR}|{SPOKEN}[室号户]?)(?![0-9]|办公|会议|教室|诊室)"
)
IN_UNIT = re.compile(rf"(?=((?:({BUILDING})[ \-]?)?{N}单元[ \-]?{FLAT}))")
IN_BUILDING = re.compile(
    rf"(?=(({BUILDING})[ \-]?(?:[0-9]{{3,4}}室?|{SPOKEN}室?|{FLOOR})"
    r"(?![0-9]|办公|会议|教室|诊室|路|人|户|块|元|米|号楼|年)))"
)
DASHED = re.compile(r"(?<![0-9\-.])(?=(([0-9]{1,3})-[0-9]{1,2}-([0-9]{3,4})[室号户]?)(?![0-9\-]))")
AT_HOME = r"(?:家住|我住|他住|她住|住在|住|家在|我家|门牌号?|房号|楼上|楼下|对门|隔壁)[是在: ]{0,2}"
SHORT = re.compile(rf"{AT_HOME}(?=(([0-9]{{1,3}})-[0-9]{{3,4}}室?|[0-9]{{3,4}}室)(?![0-9\-]))")
VILLAGE = re.compile(
    r"(?<!第)(?=(([0-9]{1,2}|[一二三四五六七八九十]{1,2})组([0-9]{1,3})号)(?!楼|展|桌|台|位|院))"
)
PUBLIC = (
    "大厅", "中心", "门诊", "医院", "学校", "办公", "物业", "会议", "活动", "街道办", "政府",
    "派出所", "居委会", "驿站", "法院", "图书",
)  # fmt: skip
COUNTED = ("取件码", "尺寸", "比分", "编号", "单号", "货架")


def doors(text: str) -> Iterator[Finding]:
    """Homes: masked down to the building, or to 某户 where no building is named."""
    for pattern in (IN_UNIT, IN_BUILDING):
        for found in pattern.finditer(text):
            if pattern is IN_BUILDING and _before(text, found.start(1), PUBLIC):
                continue
            yield Finding("door", *found.span(1), found[2] or "某户")
    for found in DASHED.finditer(text):
        floor, flat = divmod(int(found[3]), 100)
        if 1 <= floor <= 40 and 1 <= flat <= 12 and not _before(text, found.start(1), COUNTED):
            yield Finding("door", *found.span(1), f"{int(found[2])}号楼")
    for found in SHORT.finditer(text):
        yield Finding("door", *found.span(1), f"{int(found[2])}号楼" if found[2] else "某户")
    for found in VILLAGE.finditer(text):
        yield Finding("door", *found.span(1), f"{found[2]}组")


def _before(text: str, start: int, words: tuple[str, ...]) -> bool:
    before = text[max(0, start - 10) : start]
    return any(word in before for word in words)
