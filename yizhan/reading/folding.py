"""One spelling for many: full-width signs, dashes, spaces, and Chinese digits, place by place.

A folded text is as long as the text, so that a place in one is the same place in the other.
"""

WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
SPACES = (
    0,
    9,
    10,
    13,
    0xA0,
    *range(0x2000, 0x2010),
    *range(0x202A, 0x2030),
    0x2060,
    0x3000,
    0xFEFF,
)
DASHES = (*range(0x2010, 0x2016), 0x2212, 0xFE63, 0xFF0D, 0x30FC)
POINTS = (0xB7, 0x2022, 0x30FB, 0x2027, 0x2219)
CIRCLES = {0x245F + number: ord(str(number)) for number in range(1, 10)}
SIGNS: dict[int, int] = {
    **WIDE,
    **CIRCLES,
    **dict.fromkeys(SPACES, ord(" ")),
    **dict.fromkeys(DASHES, ord("-")),
    **dict.fromkeys(POINTS, ord(".")),
}
SPOKEN = ("零〇", "一幺壹", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
DIGITS = {ord(sign): ord(str(digit)) for digit, signs in enumerate(SPOKEN) for sign in signs}


def folded(text: str) -> str:
    """The text with ordinary digits, letters, brackets, dashes and spaces."""
    return text.translate(SIGNS)


def counted(text: str) -> str:
    """A folded text with Chinese digits as figures: 一三八 reads 138."""
    return text.translate(DIGITS)
