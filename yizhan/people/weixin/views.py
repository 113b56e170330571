"""The two steps of a WeChat sign-in: out to WeChat, and back with a code."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.weixin.client import WeixinOAuth2Client
from allauth.socialaccount.providers.weixin.views import (
    WeixinOAuth2Adapter as AllauthWeixinOAuth2Adapter,
)
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from typing_extensions import override


class Client(WeixinOAuth2Client):
    """WeChat's page for phones wants its parameters in order and the fragment at the end."""

    @override
    def get_redirect_url(self, authorization_url: str, scope: Any, extra_params: Any) -> str:
        url: str = super().get_redirect_url(authorization_url, scope, extra_params)
        return url + "#wechat_redirect"


class WeixinOAuth2Adapter(AllauthWeixinOAuth2Adapter):
    """Reads the profile as UTF-8: WeChat sends JSON without naming its encoding."""

    client_class = Client

    @override
    def complete_login(self, request: Any, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        answer = kwargs.get("response", {})
        parameters = {
            "access_token": token.token,
            "openid": answer.get("openid", ""),
            "lang": "zh_CN",
        }
        with get_adapter().get_requests_session() as session:
            response = session.get(self.profile_url, params=parameters)
            response.raise_for_status()
        profile = json.loads(response.content.decode("utf-8"))
        if "openid" not in profile:
            raise OAuth2Error(f"WeChat refused the profile: {profile.get('errcode')}")
        profile.setdefault("unionid", answer.get("unionid", ""))
        login: SocialLogin = self.get_provider().sociallogin_from_response(request, profile)
        return login


def where_configured(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """These pages exist only where the district has named its WeChat account."""

    @wraps(view)
    def found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.SOCIALACCOUNT_PROVIDERS["weixin"]["APPS"]:
            raise Http404
        return view(request, *args, **kwargs)

    return found


oauth2_login = where_configured(OAuth2LoginView.adapter_view(WeixinOAuth2Adapter))
oauth2_callback = where_configured(OAuth2CallbackView.adapter_view(WeixinOAuth2Adapter))
