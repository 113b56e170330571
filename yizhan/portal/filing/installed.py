"""What is installed: modules and where they are on, posts, interfaces, packages."""

import re
from collections import Counter
from datetime import date
from importlib.metadata import PackageNotFoundError, version

from django.conf import settings

from yizhan.people.models import Post
from yizhan.people.roles import ROLES
from yizhan.portal.api import api
from yizhan.portal.switchboard import Row, rows

LOCK = "requirements/base.txt"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.M)
ALWAYS = "登录、首页、隐私说明、投诉建议、关怀版与设置"


def functions() -> list[dict[str, str]]:
    """Every module with what it does and where it is on; last what cannot be off."""
    found = [
        {"name": row.module.name, "about": row.module.about, "state": _state(row)} for row in rows()
    ]
    return [*found, {"name": "基础", "about": ALWAYS, "state": "一直启用"}]


def _state(row: Row) -> str:
    whole = "启用" if row.is_on else "停用"
    other = [one.region.name for one in row.elsewhere if one.is_on != row.is_on]
    return f"{whole}；{'、'.join(other)}{'停用' if row.is_on else '启用'}" if other else whole


def users(day: date) -> list[dict[str, str | int]]:
    """How many posts of each role are held on a day."""
    held = Counter(Post.objects.on(day).values_list("role", flat=True))
    return [{"role": role.name, "posts": held[role.code]} for role in ROLES.values()]


def interfaces() -> list[dict[str, str]]:
    """Our own API, and every way out of the installation that is configured."""
    addresses = sorted(api.get_openapi_schema()["paths"])
    sms = settings.SMS_SENDER
    apps = settings.SOCIALACCOUNT_PROVIDERS["weixin"]["APPS"]
    storage = settings.STORAGES["files"]["BACKEND"].rpartition(".")[2]
    return [
        {"name": "数据接口", "value": f"{len(addresses)} 个地址：{'、'.join(addresses)}"},
        {"name": "短信", "value": SENDERS.get(sms, sms)},
        {"name": "微信登录", "value": "已配置" if apps else "没有配置"},
        {"name": "文件存放", "value": storage},
        {"name": "统计、广告、遥测", "value": "没有，页面不加载别处的任何内容"},
    ]


SENDERS = {
    "demo": "演示，只显示在页面上，不发送",
    "console": "没有配置运营商，不发送",
    "aliyun": "阿里云短信",
}


def dependencies() -> list[dict[str, str]]:
    """Every locked package with the version that is really installed."""
    path = settings.ROOT / LOCK
    pinned = PINNED.findall(path.read_text("utf-8")) if path.exists() else []
    return [{"name": name, "locked": locked, "installed": _here(name)} for name, locked in pinned]


def _here(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "没有安装"
