"""What follows from allauth's own acts."""

from typing import Any

from allauth.account.signals import password_changed, user_logged_in
from django.contrib.auth import signals
from django.dispatch import receiver
from django.utils.timezone import now

from yizhan.people.sign_in import SIGNED_IN_AT, remember_weixin


@receiver(signals.user_logged_in)
def remember_when(request: Any, **_: Any) -> None:
    """What matters most asks how long ago this session was opened."""
    request.session[SIGNED_IN_AT] = int(now().timestamp())


@receiver(user_logged_in)
def join_weixin(request: Any, user: Any, **_: Any) -> None:
    """Someone new from WeChat has now shown their phone number."""
    remember_weixin(request, user)


@receiver(password_changed)
def own_password_chosen(user: Any, **_: Any) -> None:
    """The one-time password has done its work."""
    if user.has_one_time_password:
        user.has_one_time_password = False
        user.save(update_fields=["has_one_time_password"])
