"""Somebody types what others have brought already, and joins them; a clerk merges two."""

from playwright.sync_api import expect

from tests.browser.site import DESK, PHONE

WORDS = "6 号院下水道反味，一到晚上特别重"
TRIES = 12


def test_from_typing_to_a_receipt_of_ones_own(visitor):
    person = visitor(PHONE)
    page = person.page
    page.goto("/orders/place")
    page.locator("#id_region").select_option("610302002002")
    found = page.get_by_role("button", name="是这件事，一起办").first
    for number in range(TRIES):  # the worker reads on once a minute
        page.locator("#id_words").fill(WORDS + "。" * (number % 2))
        page.wait_for_timeout(7000)
        if found.count():
            break
    expect(page.locator("section", has_text="是不是这件事？")).to_contain_text("下水疏通")
    person.check()

    found.click()
    expect(page.get_by_role("heading", name="一起办")).to_be_visible()
    expect(page.locator("#id_words")).to_have_value(WORDS + "。" * (number % 2))
    person.check()
    page.get_by_role("button", name="我也遇到，一起办").click()
    expect(page.locator("main")).to_contain_text("回执码")
    expect(page.locator("main")).to_contain_text("和同一件事一起办")
    person.check()


def test_a_clerk_sees_both_and_merges_and_takes_it_back(visitor):
    clerk = visitor(DESK)
    page = clerk.become("sun")
    page.goto("/duplicates/pairs")
    row = page.locator("tr", has_text="6 号院下水道晚上反味")
    row.get_by_role("link", name="对着看").click()
    page.wait_for_load_state()
    expect(page.get_by_role("button", name="合并到主单")).to_be_visible()
    clerk.check()
    page.get_by_role("button", name="合并到主单").click()
    expect(page.locator("main")).to_contain_text("已经并进来的")
    clerk.check()
    page.get_by_role("button", name="取消合并").first.click()
    expect(page.locator("body")).to_contain_text("已取消合并")
    clerk.check()
