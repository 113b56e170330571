"""How often one address may do a thing: `ACCOUNT_RATE_LIMITS`, counted in the cache."""

from allauth.core import ratelimit
from django.http import HttpRequest

from yizhan.base.verdict import YES, Verdict, no

BUSY = "这个网络提交得太频繁了，请过几分钟再试，或直接打电话给社区"


def can_go_on(request: HttpRequest, action: str) -> Verdict:
    """Count one POST of this kind; refused with `too_many` once the limit is passed."""
    return YES if ratelimit.consume(request, action=action) else no("too_many", BUSY)
