"""The mark on what is printed or taken out: who, in which post, when, and the look behind it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from yizhan.base.codes import ALPHABET, VALUE, check_character, tidy
from yizhan.people.models import Person, Post
from yizhan.privacy.models import Look

LEAST = 6
MOST = 15
LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Mark:
    """What a copy says of its making. `account` is the code of the account, `code` of the look."""

    who: str
    account: str
    at: datetime
    code: str

    def __str__(self) -> str:
        local = localtime(self.at)
        day = f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
        return f"{self.who}（账号 {self.account}）{day} 导出或打印，查看编号 {self.code}"


def mark_of(look: Look) -> Mark:
    """The mark for what was taken out with this look."""
    post = Post.objects.select_related("unit").filter(pk=look.post_id or 0).first()
    account = Person.objects.only("code").filter(pk=look.actor_id or 0).first()
    return Mark(
        who=f"{post.unit}，{post.get_role_display()}" if post else "系统",
        account=account.code if account else "无",
        at=look.at,
        code=code_of(look.pk),
    )


def code_of(pk: int) -> str:
    """The code of a look: its number in 32 characters and a check character."""
    digits = ""
    while pk:
        pk, value = divmod(pk, len(ALPHABET))
        digits = ALPHABET[value] + digits
    body = digits.rjust(LEAST, "0")
    return body + check_character(body)


def number_in(code: str) -> int | None:
    """The number of the look with this code; None when it is mistyped."""
    typed = tidy(code)
    if not LEAST < len(typed) < MOST or any(letter not in VALUE for letter in typed):
        return None
    if check_character(typed[:-1]) != typed[-1]:
        return None
    number = 0
    for letter in typed[:-1]:
        number = number * len(ALPHABET) + VALUE[letter]
    return number if number <= LARGEST else None
