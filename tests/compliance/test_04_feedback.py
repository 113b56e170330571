"""Line 4: 投诉建议 stands in the foot of every page, and is answered within five working days."""

import re

import pytest

from tests import house
from tests.compliance import walk
from yizhan.feedback import rules

LINK = 'href="/feedback/"'
EXTENDS = re.compile(r'{%-? extends "([^"]+)"')
FOOTED = {"ui/resident.html", "ui/form.html", "ui/console.html", "ui/plain.html"}
PAPER = {"ui/print.html"}


@pytest.mark.parametrize("who", walk.WHO, ids=lambda who: who or "anyone")
def test_every_page_has_the_entry_in_its_foot(world, found, who):
    pages = walk.shown(world, found, who)
    screens = [page for page in pages if not page.is_paper]
    without = [page.address for page in screens if LINK not in page.text.partition("<footer")[2]]

    assert len(screens) > 12
    assert without == []


def test_pages_of_errors_have_it_too(world):
    answer = walk.browser(None).get("/nothing/")

    assert answer.status_code == 404
    assert LINK in answer.text.partition("<footer")[2]


def shell(path):
    """The shell a page stands in, followed through what it extends; none for a part of a page."""
    found = EXTENDS.search(path.read_text("utf-8"))
    if not found or found[1] in FOOTED | PAPER:
        return found[1] if found else ""
    if found[1] == "ui/base.html":
        return str(path.relative_to(house.PRODUCT / "base/templates"))
    own = [one for one in house.PRODUCT.glob(f"*/templates/{found[1]}") if one != path]
    return shell(own[0]) if own else "of a library"


def test_every_template_that_is_a_page_stands_in_a_shell_with_a_foot():
    shells = {path: shell(path) for path in house.PRODUCT.rglob("*/templates/**/*.html")}
    pages = {path for path, name in shells.items() if name}
    strange = {str(path) for path in pages if shells[path] not in FOOTED | PAPER | {"of a library"}}

    assert len(pages) > 40
    assert strange == set()
    for name in FOOTED - {"ui/form.html"}:
        text = (house.PRODUCT / "base/templates" / name).read_text("utf-8")
        assert '{% include "ui/foot.html" %}' in text
    assert not [path for path in pages if redraws(path)]


def redraws(path):
    """Whether a page outside the shells replaces the whole body, foot and all."""
    return path.parent.name != "ui" and "{% block body %}" in path.read_text("utf-8")


def test_it_is_answered_within_five_working_days():
    assert rules.DAYS <= 5
