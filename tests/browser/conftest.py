"""The product as its users meet it: the demo started by its own command, and a real Chromium."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.site import CHROMIUM, FLAGS, PHONE, running

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
AXE = {"runOnly": {"type": "tag", "values": RULES}}
LOOKS = (
    ("normal", "() => 0"),
    ("elder", "() => document.documentElement.setAttribute('data-care', '')"),
    ("dark", "() => document.documentElement.setAttribute('data-theme', 'dark')"),
)
PLAIN = """() => {
  document.documentElement.removeAttribute('data-care');
  document.documentElement.removeAttribute('data-theme');
}"""


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a fresh demo, stopped by Ctrl-C when the last walk is over."""
    with running(tmp_path_factory.mktemp("demo")) as address:
        yield address


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all walks."""
    if not CHROMIUM.exists():
        pytest.fail("这些测试要用 Chromium：请先 apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """One person with one browser window, who notices what a person would not."""

    def __init__(
        self, browser: Browser, site: str, size: tuple[int, int], scripts: bool = True
    ) -> None:
        self.site = site
        self.context: BrowserContext = browser.new_context(
            base_url=site,
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=scripts,
        )
        self.complaints: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asked)

    def _heard(self, message: object) -> None:
        kind, text = getattr(message, "type", ""), getattr(message, "text", "")
        expected = "status of 422" in text or "status of 409" in text or "status of 404" in text
        if kind in ("error", "warning") and not expected:
            self.complaints.append(text)

    def _asked(self, request: object) -> None:
        parts = urlsplit(getattr(request, "url", ""))
        if parts.scheme in ("http", "https") and parts.hostname != "127.0.0.1":
            self.complaints.append(f"left the machine: {parts.hostname}")

    def become(self, key: str) -> Page:
        """Enter as one of the demo's people, through the demo's own page."""
        self.page.goto("/demo/")
        self.page.locator(f'form:has(input[value="{key}"]) button').click()
        self.page.wait_for_load_state()
        return self.page

    def sign_in(self, phone: str) -> Page:
        """Sign in as a resident does: number, code from the text message."""
        self.page.goto("/accounts/login/code/")
        self.page.locator('input[name="phone"]').fill(phone)
        self.page.locator('main button[type="submit"], main form button').first.click()
        self.page.wait_for_url("**/confirm/**")
        code = self._code(phone)
        self.page.locator('input[name="code"]').fill(code)
        self.page.locator("main form button").first.click()
        self.page.wait_for_load_state()
        return self.page

    def _code(self, phone: str) -> str:
        texts = self.context.new_page()
        texts.goto("/inbox/texts")
        body = texts.locator("main").inner_text()
        texts.close()
        found = [
            word for word in body.replace("：", " ").replace("，", " ").split() if word.isdigit()
        ]
        codes = [word for word in found if len(word) == 6]
        assert codes, f"no code for {phone} in: {body}"
        return codes[0]

    def check(self) -> None:
        """No accessibility violation in any of the three looks, no complaint, no overflow."""
        for look, change in LOOKS:
            self.page.evaluate(change)
            result = Axe().run(self.page, options=AXE)
            assert result.violations_count == 0, (
                f"{look} {self.page.url}\n{result.generate_report()}"
            )
            self.page.evaluate(PLAIN)
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px too wide"
        assert self.complaints == [], self.page.url


@pytest.fixture
def visitor(chromium: Browser, site: str) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors: `visitor(PHONE)`, `visitor(DESK, scripts=False)`."""
    made: list[Visitor] = []

    def make(size: tuple[int, int] = PHONE, *, scripts: bool = True) -> Visitor:
        made.append(Visitor(chromium, site, size, scripts=scripts))
        return made[-1]

    yield make
    for one in made:
        one.context.close()
