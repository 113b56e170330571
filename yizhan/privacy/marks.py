"""The mark on what is printed or taken out: who, in which post, when, and the look behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from yizhan.base import crypto
from yizhan.base.codes import ALPHABET, VALUE, check_character, tidy
from yizhan.people.models import Person, Post
from yizhan.privacy.models import Look

LETTERS = 10
HALF = 2**25
ROUNDS = (1, 2, 3, 4)


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
    """The code of a look: its number, stirred, in ten of 32 characters, and a check character.

    Who sees two of them learns neither how many looks there were nor which came first.
    """
    number, digits = _stirred(pk, ROUNDS), ""
    for _ in range(LETTERS):
        number, value = divmod(number, len(ALPHABET))
        digits = ALPHABET[value] + digits
    return digits + check_character(digits)


def number_in(code: str) -> int | None:
    """The number of the look with this code; None when it is mistyped."""
    typed = tidy(code)
    if len(typed) != LETTERS + 1 or any(letter not in VALUE for letter in typed):
        return None
    if check_character(typed[:-1]) != typed[-1]:
        return None
    number = 0
    for letter in typed[:-1]:
        number = number * len(ALPHABET) + VALUE[letter]
    return _stirred(number, ROUNDS[::-1])


def _stirred(number: int, rounds: Sequence[int]) -> int:
    """A Feistel network (Luby and Rackoff 1988) over 50 bits; the rounds backwards undo it."""
    left, right = divmod(number, HALF)
    for turn in rounds:
        stir = int.from_bytes(crypto.index(f"{turn}:{right}", use="look.mark")[:4]) % HALF
        left, right = right, left ^ stir
    return right * HALF + left
