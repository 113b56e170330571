"""Line 7: public pages need no account, 关怀版 is one tap away, and axe walks every page."""

import pytest

from tests import test_house_doors as doors
from tests.browser import test_pages as browser_pages
from tests.browser.conftest import RULES
from tests.compliance import walk
from tests.house import PRODUCT, own_pages

PUBLIC = ("/", "/stations/", "/orders/place", "/orders/look_up", "/privacy", "/settings",
          "/feedback/", "/feedback/look_up")  # fmt: skip


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_opens_without_an_account(found, path):
    answer = walk.browser(None).get(path)

    assert answer.status_code == 200
    assert "<main" in answer.text


def test_elder_mode_is_one_tap_away_on_every_public_page(world, found):
    pages = [page for page in walk.shown(world, found, "") if not page.is_paper]
    far = [page.address for page in pages if 'name="care" value="1"' not in page.text]

    assert len(pages) > 12
    assert far == []


@pytest.mark.parametrize("name", ["resident", "plain", "who"])
def test_every_shell_offers_it(name):
    """`who.html` is the console's: there it lies behind one's own name, for staff."""
    text = (PRODUCT / f"base/templates/ui/{name}.html").read_text("utf-8")

    assert '{% include "ui/care.html" %}' in text


def test_the_tap_works_without_a_script_and_stays(world, found):
    client = walk.browser(None)
    client.post("/prefer", {"care": "1", "next": "/orders/place"})

    for path in PUBLIC:
        assert " data-care" in client.get(path).text.partition(">")[2][:200], path


def test_a_browser_with_axe_walks_the_public_pages():
    walked = {path.partition("?")[0] for path in browser_pages.PAGES[""]}

    assert set(PUBLIC) <= walked
    assert {"wcag2a", "wcag2aa", "wcag21a", "wcag21aa"} <= set(RULES)


def test_what_is_open_is_listed_by_the_doors():
    names = {page.name for page in own_pages()}

    assert names | {"demo:become", "demo:cast"} >= doors.OPEN_TO_ALL
