"""How names and telephone numbers are shown to those who may not read them in full."""

STARS = "*"
COMPOUND = frozenset(
    ["欧阳", "司马", "上官", "诸葛", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "宇文", "长孙", "东方", "南宫", "端木", "独孤", "申屠", "轩辕", "呼延", "闻人", "钟离", "太史", "澹台", "公冶", "宗政", "濮阳", "淳于", "单于", "拓跋", "第五", "司空", "百里", "东郭", "西门", "南门"]
)
NAMELESS = "居民"
MOBILE_DIGITS = 11


def surname(name: str) -> str:
    """The family name: two characters for the compound ones, else the first."""
    return name[:2] if len(name) > 2 and name[:2] in COMPOUND else name[:1]


def masked_name(name: str) -> str:
    """The family name and one star for each further character: 张**, 王*."""
    name = name.strip()
    if not name or name == NAMELESS:
        return NAMELESS
    head = surname(name)
    return head + STARS * max(1, min(len(name) - len(head), 3))


def polite_name(name: str, title: str = "同志") -> str:
    """The family name with a form of address: 王同志, 李师傅."""
    name = name.strip()
    return NAMELESS if not name or name == NAMELESS else surname(name) + title


def masked_phone(phone: str) -> str:
    """A mobile number as 138****1234; of any other number only the last two digits stay."""
    if not phone:
        return ""
    if len(phone) == MOBILE_DIGITS and phone.isdigit():
        return f"{phone[:3]}{STARS * 4}{phone[-4:]}"
    return STARS * max(2, len(phone) - 2) + phone[-2:]
