"""What every page's frame needs: the district, the visitor's preferences, the menu."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from yizhan.base.actor import ANONYMOUS, Actor
from yizhan.base.switches import runs
from yizhan.notices.queries import unread_count
from yizhan.regions.district import profile


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the console's menu; `heading` stands above it."""

    label: str
    url: str
    icon: str
    current: bool
    count: int = 0
    heading: str = ""


ENTRIES = (
    ("orders", ("orders.read", "orders.read_open"), "今日", "portal:today", "calendar-check"),
    ("orders", ("orders.read", "orders.read_open"), "派单台", "orders:board", "inbox"),
    ("orders", ("orders.enter",), "代录点单", "orders:enter", "square-pen"),
    ("orders", ("orders.accept",), "帮忙接单", "orders:pool", "hand-heart"),
    ("places", ("places.keep",), "驿站看护", "places:kept", "map-pin-house"),
    ("places", ("system.settings",), "地图图层", "places:layers", "map"),
    ("orders", ("orders.read", "orders.stats"), "小结", "portal:summary", "file-text"),
    (
        "insights",
        ("insights.baseline", "orders.stats"),
        "历史基数",
        "insights:baselines",
        "history",
    ),
    ("core", ("feedback.answer",), "投诉建议", "feedback:desk", "message-square-warning"),
    ("core", ("privacy.requests",), "信息申请", "privacy:desk", "file-text"),
    ("notices", (), "消息", "notices:inbox", "bell"),
    ("core", ("system.settings",), "模块开关", "portal:modules", "toggle-right"),
    ("core", ("system.accounts",), "账号和岗位", "people:accounts", "users"),
    ("core", ("system.audit",), "查看记录", "privacy:audit:looks", "eye"),
    ("core", ("system.audit",), "管理员办的事", "privacy:audit:acts", "history"),
    ("core", ("system.audit",), "记录校验", "privacy:audit:chain", "link"),
    ("core", ("system.audit",), "保存期限", "privacy:audit:retention", "hourglass"),
)


def menu(actor: Actor, path: str, unread: int) -> list[Item]:
    """The lines of the menu for a post: what it may do, in modules that are on."""
    if not actor.post_id:
        return []
    lines = []
    for module, powers, label, name, icon in ENTRIES:
        allowed = not powers or any(actor.may(power) for power in powers)
        if not allowed or not runs(module, actor.area):
            continue
        url = reverse(name)
        count = unread if name == "notices:inbox" else 0
        lines.append(Item(label, url, icon, path.startswith(url), count))
    return lines


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """The frame of a page, counted only where it is drawn; without a session nothing is asked."""
    actor = getattr(request, "actor", ANONYMOUS)
    unread = cache(lambda: unread_count(actor) if runs("notices") else 0)
    theme = request.COOKIES.get("theme", "")
    return {
        "actor": actor,
        "care": request.COOKIES.get("care") == "1",
        "demo": settings.DEMO,
        "district": profile(),
        "menu": SimpleLazyObject(lambda: menu(actor, request.path, unread())),
        "posts": getattr(request, "posts", []),
        "theme": theme if theme in ("light", "dark") else "",
        "unread": SimpleLazyObject(unread),
    }
