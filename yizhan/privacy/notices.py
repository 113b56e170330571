"""The texts of messages about people's own data, and about the head of each day.

None of them says what was asked. The head is to be kept outside the platform.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import now

from yizhan.base.outbox import Kind, register
from yizhan.clocks.calendar import promise_text

Facts = Mapping[str, Any]


def _page(facts: Facts) -> str:
    return reverse("privacy:progress", args=[facts["request"]])


def _to_desk(facts: Facts) -> str:
    return reverse("privacy:handle", args=[facts["request"]])


def _received(facts: Facts) -> str:
    return f"已收到您的申请，{promise_text(datetime.fromisoformat(facts['due_at']), now())}答复。"


def _arrived(_: Facts) -> str:
    return "有居民提出个人信息的申请，请按时答复。"


def _answered(_: Facts) -> str:
    return "您关于个人信息的申请有答复了，登录后在「我的」里看，或问社区。"


def _refused(_: Facts) -> str:
    return "您关于个人信息的申请有答复了，理由登录后在「我的」里看，或问社区。"


def _head(facts: Facts) -> str:
    return f"{facts['day']} 的链头是 {facts['head']}。请抄下或打印，放在平台以外的地方。"


def _chain(_: Facts) -> str:
    return reverse("privacy:audit:chain")


KINDS = {
    "privacy_head": Kind("昨天的链头", _head, _chain),
    "request_received": Kind("已收到您的申请", _received, _page),
    "request_arrived": Kind("有个人信息的申请", _arrived, _to_desk),
    "request_answered": Kind("您的申请有答复了", _answered, _page, sms=True),
    "request_refused": Kind("您的申请有答复了", _refused, _page, sms=True),
}

register(KINDS)
