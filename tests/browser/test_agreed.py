"""Agreeing and withdrawing by one tap each, at home and at the counter; a ward behind a reason."""

from tests.browser.site import DESK, PHONE


def test_a_consent_is_given_and_withdrawn_without_scripts(visitor):
    person = visitor(PHONE, scripts=False)
    page = person.become("chen")
    page.goto("/me/privacy/")
    page.locator('form[action$="public_name/give_consent"] button').click()
    assert "随时可以撤回" in page.locator("body").inner_text()
    page.locator('form[action$="public_name/withdraw_consent"] button').click()
    assert "马上生效" in page.locator("body").inner_text()


def test_a_guardian_reads_who_looked_and_why(visitor):
    staff = visitor(DESK)
    page = staff.become("sun")
    page.goto("/counter/")
    page.get_by_label("手机号").fill("13800000004")
    page.get_by_role("button", name="按号码查").click()
    page.wait_for_url("**/consents")
    staff.check()
    assert "苗苗" not in page.locator("main").inner_text()
    page.goto("/wards/list_wards")
    assert "苗苗" not in page.locator("main").inner_text()
    page.get_by_label("为什么要看").fill("安排寒假托管的名额")
    page.get_by_role("button", name="写下理由，打开名单").click()
    page.locator("main li a", has_text="苗苗").click()
    page.get_by_label("为什么要看").fill("核对周六手工课的报名")
    page.get_by_role("button", name="写下理由，打开这一条").click()
    assert "没有照片" in page.locator("main").inner_text()
    staff.check()

    guardian = visitor(PHONE)
    page = guardian.become("chen")
    page.goto("/me/wards/")
    said = page.locator("main").inner_text()
    assert "核对周六手工课的报名" in said
    assert "安排寒假托管的名额" in said
