"""A street uploads its own form, says where the values go, and takes its ledger out in it."""

import re
from io import BytesIO

from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.site import DESK
from yizhan.demo import ledger_sample

DOCUMENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_a_ledger_goes_out_in_the_offices_own_form(visitor):
    zhou = visitor(DESK)
    page = zhou.become("zhou")
    page.goto("/orders/table")
    page.get_by_role("link", name="导出台账").click()
    zhou.check()
    page.get_by_role("link", name="台账模板").click()
    zhou.check()

    page.get_by_label("模板叫什么").fill("科室自己的表")
    file = {"name": "表.xlsx", "mimeType": DOCUMENT, "buffer": ledger_sample.workbook()}
    page.locator("input[type=file]").set_input_files([file])
    page.get_by_role("button", name="上传模板").click()
    expect(page.locator("main")).to_contain_text("每一列放什么")
    page.get_by_role("button", name="先看填好的样子").click()
    expect(page.get_by_role("heading", name="填好的样子")).to_be_visible()
    zhou.check()
    page.get_by_role("button", name="保存并启用").click()
    expect(page).to_have_url(re.compile("/template$"))
    expect(page.locator("main")).to_contain_text("使用中")

    page.goto("/ledgers/orders/take_out?state=rated")
    expect(page.locator("main")).to_contain_text("科室自己的表")
    with page.expect_download() as taken:
        page.get_by_role("button", name="导出台账").click()
    sheet = load_workbook(BytesIO(taken.value.path().read_bytes())).active
    assert sheet["A3"].value == "序号"
    assert sheet["A5"].value == 1
    assert "演示数据" in sheet.oddFooter.center.text
    page.goto("/ledgers/exports")
    zhou.check()
