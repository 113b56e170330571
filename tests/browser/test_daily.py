"""The daily work of a clerk at the desk: by keyboard, with a way back, and on paper."""

import re

from playwright.sync_api import expect

from tests.browser.site import DESK

TICKETS = "#board a.tick"


def test_the_board_by_keyboard(visitor):
    clerk = visitor(DESK)
    page = clerk.become("sun")
    page.goto("/orders/board")
    tickets = page.locator(TICKETS)
    assert tickets.count() > 1

    page.keyboard.press("j")
    expect(tickets.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(tickets.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(tickets.nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    detail = page.locator("#detail")
    expect(detail.locator("#record")).to_be_visible()
    page.keyboard.press("d")
    assert page.evaluate("document.querySelector('#detail').contains(document.activeElement)")
    clerk.check()


def test_what_was_done_by_mistake_is_taken_back_from_the_toast(visitor):
    clerk = visitor(DESK)
    page = clerk.become("sun")
    page.goto("/orders/board")
    page.locator("#board .col.gold a.tick").first.click()
    detail = page.locator("#detail")
    expect(detail.get_by_role("button", name="派单", exact=True)).to_be_visible()
    detail.locator('form[action$="/dispatch"] input[type="radio"]').first.check()
    detail.get_by_role("button", name="派单", exact=True).click()
    expect(detail).to_contain_text("待接单")
    share = detail.locator("details", has_text="复制到微信群")
    share.locator("summary").click()
    expect(share.locator("textarea")).to_have_value(re.compile("请人接单：.+登录后看详情", re.S))
    clerk.check()
    page.locator("#toast").get_by_role("button", name="撤销").click()
    expect(detail).to_contain_text("撤销派单")
    expect(page.locator("#toast")).to_contain_text("已撤销")
    clerk.check()


def test_an_order_on_paper(visitor):
    clerk = visitor(DESK)
    page = clerk.become("sun")
    page.locator("main .list a").first.click()
    page.wait_for_load_state()
    page.get_by_role("link", name="打印这张单子").click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("已记入查看记录")
    clerk.check()


def test_what_others_will_read_is_shown_before_it_is_kept(visitor):
    clerk = visitor(DESK)
    page = clerk.become("sun")
    page.goto("/orders/board")
    page.locator("#board .col.gold a.tick").first.click()
    page.get_by_role("link", name="改分类").click()
    page.locator("input[name=brief]").fill("送药，找张建国，13800001234")
    page.get_by_role("button", name="保存分类").click()
    view = page.get_by_role("group", name="别人会看到什么")
    expect(view).to_contain_text("送药，找张**，138****1234")
    clerk.check()
    page.get_by_role("button", name="保存分类").click()
    expect(page.locator("input[name=brief]")).to_have_value("送药，找张**，138****1234")
