"""The map and its list: the same stations after every movement, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.site import DESK, PHONE


def mapped(page):
    marks = page.locator("svg.map [data-codes]").evaluate_all(
        "marks => marks.flatMap(mark => mark.dataset.codes.trim().split(' '))"
    )
    return sorted(marks)


def listed(page):
    return sorted(
        page.locator("#list li[data-codes]").evaluate_all(
            "rows => rows.map(row => row.dataset.codes)"
        )
    )


def counted(page):
    return int(re.findall(r"\d+", page.locator("#places-count").inner_text())[0])


def zoomed(page):
    """Into the largest group, then closer until every station on the map has a row."""
    biggest = max(
        page.locator("a.cluster").all(), key=lambda one: int(one.locator("text").text_content())
    )
    biggest.click(force=True)
    expect(page.locator("#map-whole")).to_have_count(1)
    while page.locator("#places-count", has_text="先列").count():
        before = page.locator("svg.map").get_attribute("data-area")
        page.locator("#map-in").click()
        expect(page.locator(f'svg.map[data-area="{before}"]')).to_have_count(0)
    return page.locator("svg.map").get_attribute("data-area")


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "plain"])
def test_map_and_list_show_the_same_after_zooming(visitor, scripts):
    person = visitor(DESK, scripts=scripts)
    page = person.page
    page.goto("/stations/")
    assert len(mapped(page)) == counted(page) > 100
    assert len(listed(page)) == 20
    loads = []
    page.on("load", lambda: loads.append(page.url))
    zoomed(page)
    assert 0 < len(listed(page)) <= 20
    assert listed(page) == mapped(page)
    assert len(listed(page)) == counted(page)
    assert "area=" in page.url
    assert bool(loads) is not scripts


def test_with_and_without_a_script_the_same_is_seen(visitor):
    seen = []
    for scripts in (True, False):
        page = visitor(PHONE, scripts=scripts).page
        page.goto("/stations/")
        seen.append((zoomed(page), mapped(page)))
    assert seen[0] == seen[1]


def test_dragging_keys_and_marks(visitor):
    person = visitor(DESK)
    page = person.page
    page.goto("/stations/")
    svg = page.locator("svg.map")
    start = svg.get_attribute("data-area")
    box = svg.bounding_box()
    page.mouse.move(box["x"] + 250, box["y"] + 400)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 360, steps=4)
    page.mouse.up()
    expect(page.locator(f'svg.map[data-area="{start}"]')).to_have_count(0)
    west, south, east, north = (
        b - a for a, b in zip(edges(start), edges(svg.get_attribute("data-area")), strict=True)
    )
    assert west > 0 > south
    assert (west, south) == (pytest.approx(east, abs=1e-4), pytest.approx(north, abs=1e-4))
    page.locator("svg.map a").first.focus()
    moved = svg.get_attribute("data-area")
    page.keyboard.press("+")
    expect(page.locator(f'svg.map[data-area="{moved}"]')).to_have_count(0)
    assert counted(page) == len(mapped(page))
    row = page.locator("#list li[data-codes]").first
    row.locator("a").focus()
    code = row.get_attribute("data-codes")
    expect(page.locator(f'svg.map .is-marked[data-codes~="{code}"]')).to_have_count(1)
    mark = page.locator("svg.map [data-codes]").last
    mark.focus()
    codes = mark.get_attribute("data-codes").split()
    for one in page.locator("#list li.is-marked").all():
        assert one.get_attribute("data-codes") in codes
    person.check()


def edges(area):
    return [float(edge) for edge in area.split(",")]


def test_a_phone_sees_map_and_first_rows_at_once(visitor):
    person = visitor(PHONE)
    page = person.page
    page.goto("/stations/?lat=34.364&lon=107.1352")
    expect(page.locator("#list li").first).to_contain_text("离您最近")
    expect(page.locator("svg.map a.nearest")).to_have_count(1)
    tall = page.evaluate("document.documentElement.scrollHeight")
    assert tall < 4000
    page.goto("/stations/")
    assert page.locator("#list li").first.bounding_box()["y"] < 780
    page.get_by_role("link", name="看全部", exact=True).click()
    expect(page.locator("#list li[data-codes]")).to_have_count(counted(page))


def test_the_layers_of_the_console(visitor, tmp_path):
    person = visitor(DESK)
    page = person.become("gu")
    page.goto("/stations/layers")
    person.check()
    page.get_by_role("link", name="河流").click()
    expect(page.locator("#preview-title")).to_have_text("河流")
    person.check()
    bad = tmp_path / "bad.geojson"
    bad.write_text('{"type": "FeatureCollection", "features": [{"type": "Feature"}]}')
    page.get_by_label("图层名称").fill("试试")
    page.locator("#id_source").fill("测试")
    page.locator("#id_file").set_input_files(bad)
    page.get_by_role("button", name="上传图层").click()
    expect(page.locator(".err")).to_contain_text("第 1 个图形")
    person.check()
