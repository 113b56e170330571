"""Text messages through Aliyun (阿里云短信服务). Needs the optional extra `aliyun`."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from typing_extensions import override

from yizhan.base.sms import NotSent, Sender

ENDPOINT = "dysmsapi.aliyuncs.com"
ANY_KIND = "*"
LASTING = frozenset(
    {
        "isv.MOBILE_NUMBER_ILLEGAL",
        "isv.SMS_TEMPLATE_ILLEGAL",
        "isv.SMS_SIGNATURE_ILLEGAL",
        "isv.TEMPLATE_MISSING_PARAMETERS",
        "isv.TEMPLATE_PARAMS_ILLEGAL",
        "isv.BLACK_KEY_CONTROL_LIMIT",
    }
)


class AliyunSender(Sender):
    """One template per kind of message, all under the district's registered signature.

    `ALIYUN_SMS_TEMPLATES` maps kinds to template codes; `*` is the template of every other kind.
    """

    name = "aliyun"
    keeps_text = False

    def __init__(self, call: Callable[[Mapping[str, str]], Any] | None = None) -> None:
        self._call = call or _call

    @override
    def send(self, phone: str, text: str, *, kind: str, values: Mapping[str, str]) -> str:
        templates = settings.ALIYUN_SMS_TEMPLATES
        template = templates.get(kind) or templates.get(ANY_KIND)
        if not template:
            raise NotSent("no_template", lasting=True)
        body = self._call(
            {
                "phone_numbers": phone,
                "sign_name": settings.ALIYUN_SMS_SIGN,
                "template_code": template,
                "template_param": json.dumps(dict(values), ensure_ascii=False),
            }
        )
        if body.code != "OK":
            raise NotSent(str(body.code), lasting=body.code in LASTING)
        return str(body.biz_id)


def _call(request: Mapping[str, str]) -> Any:
    """One call of the carrier; every failure to reach it is worth another try."""
    from alibabacloud_dysmsapi20170525.client import Client
    from alibabacloud_dysmsapi20170525.models import SendSmsRequest
    from alibabacloud_tea_openapi.models import Config

    client = Client(
        Config(
            access_key_id=settings.ALIYUN_SMS_KEY_ID,
            access_key_secret=settings.ALIYUN_SMS_KEY_SECRET,
            endpoint=ENDPOINT,
        )
    )
    try:
        return client.send_sms(SendSmsRequest(**request)).body
    except Exception as error:
        raise NotSent(type(error).__name__) from error
