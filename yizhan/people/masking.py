"""How names and telephone numbers are shown to those who may not read them in full."""

STARS = "*"
LONG_NAMES = (
    "欧阳司马上官诸葛夏侯皇甫尉迟公孙慕容司徒令狐宇文长孙东方南宫端木独孤申屠"
    "轩辕呼延闻人钟离太史澹台公冶宗政濮阳淳于单于拓跋第五司空百里东郭西门南门"
)
COMPOUND = frozenset(LONG_NAMES[at : at + 2] for at in range(0, len(LONG_NAMES), 2))
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
