"""What people ask about their own data: asked on the phone, answered at the desk, read again."""

import re

from playwright.sync_api import expect

from tests.browser.site import DESK, PHONE

WORDS = "九号下午谁看过我的电话，为什么看"
ANSWER = "是接单的同志上门前看的，为的是和您约时间"


def test_a_question_about_ones_own_data_is_answered(visitor):
    chen, sun = visitor(PHONE), visitor(DESK)

    page = chen.become("chen")
    page.goto("/me/")
    page.get_by_role("link", name=re.compile("^我的信息")).click()
    page.get_by_role("link", name=re.compile("请说明为什么")).click()
    page.get_by_label("说说情况").fill(WORDS)
    page.get_by_role("button", name="提交申请").click()
    expect(page.locator("main")).to_contain_text("最晚")
    chen.check()

    desk = sun.become("sun")
    desk.get_by_role("link", name="信息申请").click()
    desk.get_by_role("link", name="请说明为什么").first.click()
    expect(desk.locator("main")).to_contain_text(WORDS)
    expect(desk.locator("main")).not_to_contain_text("陈志远")
    sun.check()
    desk.get_by_label("办了什么").fill(ANSWER)
    desk.get_by_role("button", name="答复本人").click()
    expect(desk).to_have_url(re.compile("/requests/desk$"))

    page.reload()
    expect(page.locator("main")).to_contain_text(ANSWER)
    chen.check()
