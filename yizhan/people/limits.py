"""How often one address may do a thing: `ACCOUNT_RATE_LIMITS`, counted in the cache."""

from copy import copy

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yizhan.base.verdict import YES, Refused, Verdict, no

BUSY = "这个网络提交得太频繁了，请过几分钟再试，或直接打电话给社区"


def can_go_on(request: HttpRequest, action: str) -> Verdict:
    """Count one POST of this kind; refused with `too_many` once the limit is passed."""
    return YES if ratelimit.consume(request, action=action) else no("too_many", BUSY)


def can_guess_on(request: HttpRequest, action: str) -> Verdict:
    """Whether the limit of wrong guesses is not passed yet. Nothing is counted: many homes share
    one address, and whoever types what is right costs the others nothing."""
    free = ratelimit.consume(_posted(request), action=action, dry_run=True)
    return YES if free else no("too_many", BUSY)


def count_wrong(request: HttpRequest, action: str) -> None:
    """Count one wrong guess, a GET too."""
    ratelimit.consume(_posted(request), action=action)


def busy_page(request: HttpRequest, action: str) -> HttpResponse | None:
    """The page that asks to wait, once too many wrong guesses came from this address."""
    verdict = can_guess_on(request, action)
    if verdict:
        return None
    refusal = Refused(verdict.code, verdict.reason)
    return render(request, "ui/refused_page.html", {"refusal": refusal}, status=429)


def _posted(request: HttpRequest) -> HttpRequest:
    """The request as a POST: allauth counts nothing else, and a card is read by a GET."""
    counted = copy(request)
    counted.method = "POST"
    return counted
