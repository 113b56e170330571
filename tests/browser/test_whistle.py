"""A whistle from the call to both views, with two units; and the page of a ruling."""

import re

from playwright.sync_api import expect

from tests.browser.site import DESK, PHONE

LEVELS = ("到场", "配合", "结果")
OF_STREET = ("有没有必要", "说得清不清楚", "配合")


def opened(person, who):
    """The whistle of the demo, as this person finds it."""
    page = person.become(who)
    page.goto("/whistles/calls")
    person.check()
    page.get_by_role("link", name=re.compile("外墙瓷砖松动")).first.click()
    return page


def assessed(page, label, questions):
    page.get_by_text(label, exact=True).first.click()
    for name in questions:
        page.get_by_role("group", name=name).get_by_role("radio", name="好", exact=True).check()
    page.get_by_role("button", name=label).click()


def test_two_units_come_and_both_sides_say_how_it_went(visitor):
    zhou, liu, zhao = visitor(DESK), visitor(DESK), visitor(PHONE)
    street = opened(zhou, "zhou")
    street.get_by_text("再叫一家").click()
    street.get_by_label("再叫哪一家？").select_option(label="渭工路社区第二党支部")
    street.get_by_role("button", name="通知这家").click()
    expect(street.locator("main")).to_contain_text("渭工路社区第二党支部")
    zhou.check()

    helper = opened(zhao, "zhao")
    expect(helper.locator("main")).not_to_contain_text("昨晚掉下来两块")
    helper.get_by_role("button", name="我们到了").click()
    expect(helper.locator("main")).to_contain_text("已到场")
    zhao.check()

    lead = opened(liu, "liu")
    lead.get_by_role("button", name="我们到了").click()
    lead.get_by_label("办得怎么样？").fill("松动的瓷砖都清了")
    lead.get_by_role("button", name="写结果，办完").click()
    expect(lead.locator("main")).to_contain_text("已办完")
    liu.check()

    street.reload()
    expect(street.locator("main")).to_contain_text("松动的瓷砖都清了")
    street.get_by_text("结束吹哨").first.click()
    street.get_by_label("这次吹哨的结果").fill("险情排除")
    street.get_by_role("button", name="结束吹哨").click()
    expect(street.locator("main .head")).to_contain_text("已结束")
    assessed(street, "评这家单位", LEVELS)
    zhou.check()
    expect(street.locator("main")).to_contain_text("两边都评了")

    lead.reload()
    assessed(lead, "评这次吹哨", OF_STREET)
    expect(lead.locator("main")).to_contain_text("街道评单位")
    liu.check()


def test_a_street_rules(visitor):
    zhou = visitor(DESK)
    page = zhou.become("zhou")
    page.goto("/disputes/rulings")
    page.get_by_role("link", name="其他隐患").first.click()
    expect(page.locator("main")).to_contain_text("要有执法权的单位来管")
    zhou.check()
    page.get_by_role("button", name="裁定").click()
    expect(page.locator("main")).to_contain_text("请选由谁来办")
    zhou.check()
    page.get_by_role("radio", name=re.compile("第二党支部")).check()
    page.get_by_label("裁定的理由").fill("先由第二党支部劝说，同时请街道执法队到场")
    page.get_by_role("button", name="裁定").click()
    expect(page.locator("main")).to_contain_text("不能再退回")
    zhou.check()
