"""The WeChat provider: one person is one unionid, and nothing else of the profile is kept."""

from typing import Any

from allauth.socialaccount.providers.weixin.provider import (
    WeixinProvider as AllauthWeixinProvider,
)
from typing_extensions import override

from yizhan.base import crypto
from yizhan.people.weixin.views import WeixinOAuth2Adapter

USE = "person.weixin"


class WeixinProvider(AllauthWeixinProvider):
    """WeChat on phones. The account is found by a blind index of unionid, or openid without one."""

    oauth2_adapter_class = WeixinOAuth2Adapter

    @override
    def extract_uid(self, data: dict[str, Any]) -> str:
        return crypto.index(data.get("unionid") or data["openid"], use=USE).hex()

    @override
    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    @override
    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"name": str(data.get("nickname", ""))[:20]}


provider_classes = [WeixinProvider]
