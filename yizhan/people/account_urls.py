"""The pages of allauth that exist here. Sign-up, e-mail and phone changes are not among them."""

from typing import Any

from allauth.account import views as account
from allauth.socialaccount import views as social
from django.http import Http404, HttpResponse
from django.urls import include, path


def change_password(request: Any) -> HttpResponse:
    """Change one's own password; those who sign in by phone have none."""
    if not request.user.has_usable_password():
        raise Http404
    answer: HttpResponse = account.password_change(request)
    return answer


urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", change_password, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("social/login/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("social/login/error/", social.login_error, name="socialaccount_login_error"),
    path("", include("yizhan.people.weixin.urls")),
]
