"""Whom to ask: the advice for one order, a plan looked at, changed and sent; desk and phone."""

import pytest

from tests.browser.site import DESK, PHONE


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_from_advice_to_a_plan(visitor, size):
    sun = visitor(size)
    page = sun.become("sun")
    page.goto("/dispatch/queue")
    page.locator("main .list a").first.click()
    page.get_by_role("link", name="看谁合适").click()
    page.get_by_role("heading", name="看谁合适").wait_for()
    assert "手上没有别的单子" in page.locator("main").inner_text()
    sun.check()

    page.goto("/dispatch/queue")
    page.get_by_role("button", name="拟方案").click()
    page.get_by_role("heading", name="邀请方案").wait_for()
    assert "找到了合适的人" in page.locator("main").inner_text()
    sun.check()
    page.get_by_role("button", name="按改过的再算一次").click()
    page.get_by_text("已按您改的再算了一次").wait_for()


def test_a_plan_is_sent_without_scripts(visitor):
    """The branch secretary plans for the branch; one order is left out by hand."""
    liu = visitor(DESK, scripts=False)
    page = liu.become("liu")
    page.goto("/dispatch/queue")
    page.get_by_role("button", name="拟方案").click()
    chosen = page.locator("main select")
    wanted = [box for box in chosen.all() if box.input_value() != "-"]
    assert wanted
    page.get_by_role("button", name="发出邀请").click()

    said = page.locator("main").inner_text()
    assert f"发出邀请 {len(wanted)} 份" in said
    assert "已发出" in said
    assert liu.complaints == []
