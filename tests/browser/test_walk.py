"""The promise of the product: one order from the resident to the rating, as four people."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.site import DESK, PHONE

WORDS = "门口的感应灯一直不亮，晚上看不见台阶"


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1366"])
def test_one_order_walks_the_loop(visitor, size):
    words = f"{WORDS}，{size[0]} 号"
    wang, sun, chen = visitor(size), visitor(size), visitor(size)

    page = wang.become("aunt_wang")
    wang.check()
    page.get_by_role("link", name=re.compile("我要点单")).first.click()
    page.get_by_label("什么事？").fill(words)
    page.get_by_text("选个类别").first.click()
    page.get_by_role("radio", name="生活帮扶").check()
    page.get_by_label("在哪里？").fill("渭工路 18 号院 3 号楼 201")
    wang.check()
    page.get_by_role("button", name="提交点单").click()
    expect(page.locator("main .code")).to_have_text(re.compile(r"^\d{5}-\w{4}-\w{4}$"))
    expect(page.locator("main")).to_contain_text("已收到")
    wang.check()
    receipt = page.url.split("?")[0]

    page = sun.become("sun")
    expect(page.locator("main h1")).to_contain_text("今日")
    sun.check()
    page.goto("/orders/board")
    page.locator("#board a.tick", has_text=words[:20]).click()
    detail = page.locator("#detail")
    expect(detail).to_contain_text(words)
    sun.check()
    detail.get_by_role("radio", name=re.compile("第一党支部")).check()
    detail.get_by_role("button", name="派单").click()
    expect(detail).to_contain_text("待接单")
    expect(page.locator("#board .col", has_text="待接单")).to_contain_text(words[:20])
    detail.get_by_role("checkbox", name=re.compile("陈志远")).check()
    detail.get_by_role("button", name="发出邀请").click()
    expect(detail).to_contain_text("已邀请")
    sun.check()

    page = chen.become("chen")
    chen.check()
    page.locator("section a[href$='/offer']").first.click()
    expect(page.locator("main")).not_to_contain_text(words)
    expect(page.locator("main")).not_to_contain_text("18 号院")
    chen.check()
    page.get_by_role("button", name="我来办").click()
    expect(page.locator("main")).to_contain_text(words)
    expect(page.locator("main")).to_contain_text("门口暗号")
    chen.check()
    page.get_by_label("办得怎么样？").fill("换了一只新的感应灯，试过能亮")
    page.get_by_role("button", name="办结", exact=True).click()
    expect(page.locator("main")).to_contain_text("待评单")
    chen.check()

    page = wang.page
    page.goto(receipt)
    expect(page.locator("main")).to_contain_text("换了一只新的感应灯")
    wang.check()
    page.get_by_role("button", name="提交评价").click()
    expect(page.locator("main")).to_contain_text("请先选一个评价，再提交")
    wang.check()
    page.get_by_role("radio", name="非常满意", exact=True).check()
    page.get_by_role("radio", name="解决了", exact=True).check()
    page.get_by_role("button", name="提交评价").click()
    expect(page.locator("main")).to_contain_text("已评单")
    expect(page.locator("main")).not_to_contain_text("积分")
    wang.check()


def test_placing_rating_and_elder_mode_work_without_javascript(visitor):
    wang = visitor(PHONE, scripts=False)
    page = wang.become("aunt_wang")
    page.get_by_role("button", name="关怀版").click()
    assert page.locator("html[data-care]").count() == 1
    expect(page.get_by_role("button", name="标准版")).to_be_visible()

    page.goto("/orders/place")
    page.get_by_role("button", name="提交点单").click()
    expect(page.get_by_role("alert").first).to_contain_text("请写清楚是什么事")
    page.get_by_label("什么事？").fill("没有脚本也能点单，灯坏了")
    page.get_by_role("button", name="提交点单").click()
    expect(page.locator("main .code")).to_be_visible()

    page.goto("/orders/mine")
    page.get_by_role("link", name=re.compile("家里的旧药")).click()
    page.get_by_role("radio", name="满意", exact=True).check()
    page.get_by_role("radio", name="解决了一部分").check()
    page.get_by_role("button", name="提交评价").click()
    expect(page.locator("main")).to_contain_text("已评单")


def test_a_resident_signs_in_by_phone_and_code(visitor):
    newcomer = visitor(PHONE)
    page = newcomer.sign_in("13900000077")
    page.goto("/me/")
    expect(page.locator("main")).to_contain_text("139****0077")
    newcomer.check()


def test_an_outsider_finds_nothing(visitor):
    wang, wu = visitor(PHONE), visitor(PHONE)
    page = wang.become("aunt_wang")
    page.goto("/orders/mine")
    path = page.locator("main li a").first.get_attribute("href")
    page = wu.become("wu")
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("main")).to_contain_text("没找到这个页面")
