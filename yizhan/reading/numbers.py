"""Numbers that lead to a person: telephones, identity and bank cards, plates, dates of birth.

Every pattern has a greatest length and no repetition inside another of unknown length, so that the
work grows with the text and no faster.
"""

import re
from collections.abc import Iterator
from datetime import date

from yizhan.reading.finding import Finding, Kind

S = r"[ .\-]{0,2}"
MOBILE = re.compile(rf"(?<![0-9])(?=((?:(?:\+|00)?86{S})?(1{S}[3-9](?:{S}[0-9]){{9}}))(?![0-9]))")
FIXED = re.compile(
    rf"(?<![0-9])(?=(\(?0[1-9][0-9]{{1,2}}\)?{S}([2-8](?:[ \-]?[0-9]){{6,7}}))(?![0-9]))"
)
LOCAL = re.compile(
    r"(?:电话|座机|拨打|致电|热线|来电|号码|打)[是为: ]{0,3}"
    r"(?=([2-8][0-9]{2,3}-?[0-9]{4})(?![0-9年元]))"
)
IDENTITY = re.compile(rf"(?<![0-9A-Za-z])(?=([1-9](?:{S}[0-9]){{16}}{S}[0-9Xx])(?![0-9A-Za-z]))")
OLD_IDENTITY = re.compile(rf"(?<![0-9A-Za-z])(?=([1-9](?:{S}[0-9]){{14}})(?![0-9A-Za-z]))")
CARD = re.compile(rf"(?<![0-9])(?=([3-9](?:{S}[0-9]){{15,18}})(?![0-9]))")
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
PLATE = re.compile(
    rf"(?=([{PROVINCES}]{S}[A-Za-z]{S}(?:[A-HJ-NP-Za-hj-np-z0-9]{S}){{4,5}}"
    r"[A-HJ-NP-Za-hj-np-z0-9挂学警港澳])(?![A-Za-z0-9]))"
)
DAY = r"(?:19|20)[0-9]{2}[年./\-][0-9]{1,2}(?:[月./\-][0-9]{1,2}日?|月)"
BORN = re.compile(
    r"(?:出生日期|出生年月|出生于?|生日|生于)[是为: ]{0,3}"
    rf"(?=({DAY}|[0-9]{{1,2}}月[0-9]{{1,2}}日))"
)
BORN_AFTER = re.compile(rf"(?<![0-9])(?=({DAY})[ ,]?(?:出生|生(?=[,.;。 ]|$)))")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_WORDS = ("身份证", "证件", "证号", "证")
CARD_WORDS = ("银行卡", "卡号", "账号", "帐号", "账户", "卡上", "退到", "工资卡")
OTHER_NUMBERS = ("单号", "订单", "编号", "表号", "流水", "快递", "运单", "条码")


def phones(text: str) -> Iterator[Finding]:
    """Mobile numbers, fixed lines with their area code, and short ones after a word for it."""
    for found in MOBILE.finditer(text):
        start, end = found.span(1)
        if _reads_as_one(found[2]):
            number = _figures(found[2])
            yield Finding("phone", start, end, f"{number[:3]}****{number[-4:]}")
    for pattern in (FIXED, LOCAL):
        for found in pattern.finditer(text):
            start, end = found.span(1)
            number = _figures(found[1])
            keep = len(number) - 7 if pattern is FIXED else 0
            yield Finding(
                "phone", start, end, f"{number[:keep]}{'*' * (len(number) - keep - 4)}****"
            )


def cards(text: str) -> Iterator[Finding]:
    """Identity cards of 18 and 15 figures, and bank cards."""
    for found in IDENTITY.finditer(text):
        number = _figures(found[1])
        cue = _near(text, *found.span(1), ID_WORDS)
        if _is_day(number[6:14]) and (cue or _identity_check(number) == number[-1].upper()):
            yield _card("id_card", *found.span(1), number)
    for found in OLD_IDENTITY.finditer(text):
        number = _figures(found[1])
        if _is_day(f"19{number[6:12]}") and _near(text, *found.span(1), ID_WORDS):
            yield _card("id_card", *found.span(1), number)
    for found in CARD.finditer(text):
        number = _figures(found[1])
        before = text[max(0, found.start(1) - 12) : found.start(1)]
        other = any(word in before for word in OTHER_NUMBERS)
        cue = any(word in before for word in CARD_WORDS)
        if cue or (_luhn(number) and not other):
            yield _card("bank_card", *found.span(1), number)


def plates(text: str) -> Iterator[Finding]:
    """Plates of cars, of either length, however they are spaced."""
    for found in PLATE.finditer(text):
        plate = re.sub(r"[ .\-]", "", found[1]).upper()
        if sum(sign.isdigit() for sign in plate) >= 2:
            start, end = found.span(1)
            yield Finding("plate", start, end, f"{plate[:2]}{'*' * (len(plate) - 4)}{plate[-2:]}")


def births(text: str) -> Iterator[Finding]:
    """Days of birth that are called so; the year may stay."""
    for pattern in (BORN, BORN_AFTER):
        for found in pattern.finditer(text):
            whole = found[1][:4].isdigit()
            masked = f"{found[1][:4]}年" if whole else "*月*日"
            yield Finding("birth", *found.span(1), masked)


def _card(kind: Kind, start: int, end: int, number: str) -> Finding:
    masked = f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"
    return Finding(kind, start, end, masked)


def _figures(typed: str) -> str:
    return "".join(sign for sign in typed if sign.isalnum())


def _reads_as_one(typed: str) -> bool:
    """Whether a number is grouped as people write one: not at all, sign by sign, or long."""
    sizes = [len(part) for part in re.split(r"[ .\-]{1,2}", typed)]
    return sizes == [1] * len(sizes) or (sizes[0] >= 3 and min(sizes) >= 2)


def _near(text: str, start: int, end: int, words: tuple[str, ...]) -> bool:
    around = f"{text[max(0, start - 12) : start]} {text[end : end + 8]}"
    return any(word in around for word in words)


def _is_day(written: str) -> bool:
    """Whether eight figures are a day on which somebody may have been born."""
    try:
        born = date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        return False
    return 1850 <= born.year <= 2099


def _identity_check(number: str) -> str:
    """The check character of an identity card, GB 11643."""
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    return "10X98765432"[total % 11]


def _luhn(number: str) -> bool:
    doubled = [int(digit) * 2 for digit in number[-2::-2]]
    total = sum(map(int, number[-1::-2])) + sum(
        value - 9 if value > 9 else value for value in doubled
    )
    return total % 10 == 0
