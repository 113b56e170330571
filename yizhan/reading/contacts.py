"""Addresses of the network: e-mail, and account names after a word that tells which."""

import re
from collections.abc import Iterator

from yizhan.reading.finding import Finding

LONGEST = 64
LOCAL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}$")
DOMAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{0,60}\.[A-Za-z]{2,8}")
ACCOUNT = re.compile(
    r"(?:微信号?|weixin|wechat|vx|加v|qq号?|扣扣号?)[是为: ]{0,3}"
    r"(?=((?:[A-Za-z][\-_A-Za-z0-9]{5,19}|[1-9][0-9]{4,10}))(?![\-_A-Za-z0-9@]))",
    re.I,
)


def emails(text: str) -> Iterator[Finding]:
    """E-mail addresses: from each @ outwards, so that a long text costs no more than its length."""
    at = text.find("@")
    while at >= 0:
        local = LOCAL.search(text[max(0, at - LONGEST) : at])
        domain = DOMAIN.match(text, at + 1)
        if local and domain:
            start = at - len(local[0])
            masked = f"{local[0][0]}***" if len(local[0]) > 3 else "*"
            yield Finding("email", start, domain.end(), f"{masked}@{domain[0]}")
        at = text.find("@", at + 1)


def accounts(text: str) -> Iterator[Finding]:
    """WeChat and QQ accounts after their word."""
    for found in ACCOUNT.finditer(text):
        yield Finding("account", *found.span(1), f"{found[1][:2]}***")
