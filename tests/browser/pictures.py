"""Pictures of every page, taken from a fresh demo: `make pictures` writes them to `pictures/`.

With `--readme` the few that the README shows are put side by side in `docs/pictures/`.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.site import CHROMIUM, DESK, FLAGS, PHONE, ROOT, running

OUT = ROOT / "pictures"
README = ROOT / "docs" / "pictures"


@dataclass(frozen=True)
class Picture:
    """One picture: its name, the page, who looks, how wide, in which look, after which clicks."""

    name: str
    path: str
    who: str = ""
    size: tuple[int, int] = PHONE
    care: bool = False
    theme: str = "light"
    clicks: tuple[str, ...] = ()
    full: bool = True


def both(name: str, path: str, who: str = "", clicks: tuple[str, ...] = ()) -> list[Picture]:
    """A page of a resident in its four looks."""
    return [
        Picture(name, path, who, clicks=clicks),
        Picture(f"{name}-care", path, who, clicks=clicks, care=True),
        Picture(f"{name}-dark", path, who, clicks=clicks, theme="dark"),
        Picture(f"{name}-desk", path, who, clicks=clicks, size=DESK),
    ]


SHEETS = {
    "resident": ("home", "place", "order-rate", "home-care"),
    "member": ("pool", "offer", "handling", "home-dark"),
    "stations": ("stations", "station", "stations-care", "station-dark"),
    "board": ("board",),
    "keeper": ("keep",),
}
FIRST = "#board .col:nth-child(%d) a.tick"
PICTURES = [
    *both("home", "/", "aunt_wang"),
    *both("home-nobody", "/"),
    *both("stations", "/stations/"),
    *both("station", "/stations/YZ008/"),
    *both("place", "/orders/place"),
    *both("place-errors", "/orders/place", clicks=("main form button",)),
    *both("place-exit", "/orders/place?category=emergency"),
    *both("call-back", "/orders/call_back"),
    *both("look-up", "/orders/look_up"),
    *both("mine", "/orders/mine", "aunt_wang"),
    *both("order-rate", "/orders/mine", "aunt_wang", clicks=("main li a >> nth=1",)),
    *both("pool", "/orders/pool", "chen"),
    *both("offer", "/orders/pool", "chen", clicks=("a[href$='/offer']",)),
    *both("handling", "/orders/pool", "chen", clicks=("section:last-child li a",)),
    *both("me", "/me/", "aunt_wang"),
    *both("inbox", "/inbox/", "aunt_wang"),
    *both("sign-in", "/accounts/login/code/"),
    *both("sign-in-staff", "/accounts/login/"),
    *both("privacy", "/privacy"),
    *both("settings", "/settings"),
    *both("cast", "/demo/"),
    *both("not-found", "/nothing/"),
    Picture("board", "/orders/board", "sun", DESK, clicks=(FIRST % 1,), full=False),
    Picture("board-dark", "/orders/board", "sun", DESK, theme="dark", clicks=(FIRST % 1,)),
    Picture("board-care", "/orders/board", "sun", DESK, care=True, clicks=(FIRST % 1,)),
    Picture("board-invite", "/orders/board", "sun", DESK, clicks=(FIRST % 2,)),
    Picture("board-phone", "/orders/board", "sun"),
    Picture("board-empty", "/orders/board", "zhou", DESK),
    Picture("table", "/orders/table", "sun", DESK),
    Picture("enter", "/orders/enter", "sun", DESK),
    Picture("enter-errors", "/orders/enter", "sun", DESK, clicks=("main form button",)),
    Picture("kept", "/stations/kept", "ma", DESK),
    Picture("keep", "/stations/YZ008/keep", "ma", DESK),
    Picture("plate", "/stations/YZ008/plate", "", DESK),
    Picture("staff-inbox", "/inbox/", "sun", DESK),
]


@contextmanager
def looking(browser: Browser, site: str, picture: Picture) -> Iterator[Page]:
    """A fresh window on the picture's page, signed in and in the picture's look."""
    context = browser.new_context(
        base_url=site,
        viewport={"width": picture.size[0], "height": picture.size[1]},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        device_scale_factor=2 if picture.size == PHONE else 1,
    )
    cookies = {"care": "1" if picture.care else "0", "theme": picture.theme}
    context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies.items()])
    page = context.new_page()
    if picture.who:
        page.goto("/demo/")
        page.locator(f'form:has(input[value="{picture.who}"]) button').click()
        page.wait_for_load_state()
    page.goto(picture.path)
    for click in picture.clicks:
        page.locator(click).first.click()
        page.wait_for_load_state("networkidle")
    yield page
    context.close()


def sheet(name: str, parts: tuple[str, ...]) -> None:
    """Several pictures beside each other, a screen high."""
    opened = [Image.open(OUT / f"{part}.png").convert("RGB") for part in parts]
    if len(opened) > 1:
        opened = [one.crop((0, 0, one.width, 2 * PHONE[1])).resize(PHONE) for one in opened]
    gap = 12
    width = sum(one.width + gap for one in opened) - gap
    joined = Image.new("RGB", (width, max(one.height for one in opened)), "white")
    left = 0
    for one in opened:
        joined.paste(one, (left, 0))
        left += one.width + gap
    README.mkdir(exist_ok=True)
    joined.save(README / f"{name}.png", optimize=True)


def main() -> None:
    """Take all pictures, or those whose names are given."""
    wanted = [word for word in sys.argv[1:] if not word.startswith("-")]
    OUT.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="yizhan-pictures-") as folder,
        running(Path(folder)) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        for picture in PICTURES:
            if not wanted or picture.name in wanted:
                with looking(browser, site, picture) as page:
                    page.screenshot(path=OUT / f"{picture.name}.png", full_page=picture.full)
        browser.close()
    if "--readme" in sys.argv:
        for name, parts in SHEETS.items():
            sheet(name, parts)


if __name__ == "__main__":
    main()
