"""The modules that a district can do without, and the addresses that belong to each.

Sign-in, the home page, privacy and settings belong to none: they cannot be off.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Module:
    """A part of the platform that can be off.

    `pages` are namespaces, or full names of single pages; `api` the beginnings of its addresses in
    the API. `desk` are its pages for staff: off for a post in whose area the module runs nowhere.
    A module without `by_region` is on or off for the whole district.
    """

    code: str
    name: str
    about: str
    pages: frozenset[str]
    api: tuple[str, ...] = ()
    desk: frozenset[str] = frozenset()
    by_region: bool = True


MODULES = (
    Module(
        "orders",
        "点单",
        "群众点单、支部派单、党员接单、群众评单",
        frozenset(
            {"orders", "routing", "disputes", "whistles", "pendings", "duplicates", "callbacks"}
            | {"answers", "conduct", "dispatch", "ladder", "insights:metrics"}
            | {"portal:today", "portal:summary", "portal:preview"}
        ),
        ("/api/orders", "/api/metrics"),
        frozenset(
            {"orders:board", "orders:table", "orders:enter", "portal:today", "portal:summary"}
            | {"orders:counter", "orders:register_person", "orders:papers", "dispatch:queue"}
            | {"disputes:rulings", "whistles:calls", "pendings:ledger", "callbacks:desk"}
            | {"duplicates:pairs", "insights:metrics", "ladder:desk", "answers:desk"}
            | {"conduct:desk"}
        ),
    ),
    Module("places", "驿站", "找驿站、地图、看护驿站", frozenset({"places"}), ("/api/stations",)),
    Module(
        "insights",
        "历史基数",
        "上线以前办的事，单独记、单独显示",
        frozenset({"insights"}),
        desk=frozenset({"insights:baselines", "insights:sheet", "insights:enter_baseline"}),
    ),
    Module("notices", "消息", "站内消息", frozenset({"notices"}), by_region=False),
)
CODES = {module.code: module for module in MODULES}
PILOT = ("orders", "places", "notices")
ALWAYS = frozenset({"notices:texts"})  # where the demo shows the codes for signing in


def module_of_page(name: str) -> Module | None:
    """The module to which a page belongs by its full name; None for what cannot be off."""
    if name in ALWAYS:
        return None
    names = {name, name.partition(":")[0]}
    return next((module for module in MODULES if names & module.pages), None)


def module_of_api(path: str) -> Module | None:
    """The module to which an address of the API belongs."""
    return next((module for module in MODULES if module.api and path.startswith(module.api)), None)
