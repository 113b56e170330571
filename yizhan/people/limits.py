"""How often one address may do a thing: `ACCOUNT_RATE_LIMITS`, counted in the cache."""

from allauth.core import ratelimit
from allauth.core.internal import ratelimit as counting
from django.http import HttpRequest

from yizhan.base.verdict import YES, Verdict, no

APP = "allauth.account"
BUSY = "这个网络提交得太频繁了，请过几分钟再试，或直接打电话给社区"


def can_go_on(request: HttpRequest, action: str) -> Verdict:
    """Count one POST of this kind; refused with `too_many` once the limit is passed."""
    return YES if ratelimit.consume(request, action=action) else no("too_many", BUSY)


def can_guess_on(request: HttpRequest, action: str) -> Verdict:
    """Whether the limit of wrong guesses is not passed yet. Nothing is counted: many homes share
    one address, and whoever types what is right costs the others nothing."""
    free = counting.consume(request, app=APP, action=action, dry_run=True, limit_get=True)
    return YES if free else no("too_many", BUSY)


def count_wrong(request: HttpRequest, action: str) -> None:
    """Count one wrong guess, a GET too."""
    counting.consume(request, app=APP, action=action, limit_get=True)
