"""近三个月的单子会怎样: counts only, nothing of what was said, and for nobody else."""

from datetime import timedelta

import pytest

from tests.orders.stories import dispatched, placed
from tests.portal.admin import browser
from tests.routing.conftest import add, draft, line, one_factor, org, publish
from yizhan.portal.previewing import preview
from yizhan.routing.operations import begin_draft
from yizhan.routing.queries import Loaded, loaded

__all__ = ["add", "draft", "line", "one_factor", "org", "publish"]
pytestmark = pytest.mark.django_db
NOTHING = Loaded(None, ())


@pytest.fixture
def orders(world, at):
    """Two repairs in hand of the first branch, one not yet, and one of last summer."""
    old = at - timedelta(days=100)
    placed(world, old)
    return [dispatched(world, at), dispatched(world, at), placed(world, at)]


def test_what_would_be_another_unit_is_counted(orders, draft, add, at, django_assert_num_queries):
    add("daily", unit="B1")
    add("wish")
    new = loaded(draft)

    with django_assert_num_queries(1):
        made = preview(NOTHING, new, "610302", at)

    assert (made.count, made.changed, made.given, made.as_given) == (3, 3, 2, 2)
    assert [(one.before, one.after, one.count) for one in made.changes] == [
        ("当地的党支部", "第一党支部", 3)
    ]
    assert [one.category for one in made.unused] == ["wish"]
    assert preview(new, new, "610302", at).changed == 0
    assert preview(NOTHING, new, "610302005", at).count == 0


def test_words_are_not_read(orders, draft, add, at):
    add("daily", unit="C", words=["楼道灯"])

    assert preview(NOTHING, loaded(draft), "610302", at).changed == 0


def test_what_no_longer_works_is_counted_as_such(world, orders, draft, add, at):
    add("daily", unit="C")
    world.units["C"].ended_date = at.date()
    world.units["C"].save()

    [one] = preview(NOTHING, loaded(draft), "610302", at).changes
    assert one.after == "失效，不能按目录派"


def test_the_page_is_for_who_writes_the_table(
    world, org, orders, draft, add, publish, at, monkeypatch
):
    monkeypatch.setattr("yizhan.portal.views.now", lambda: at)
    add("daily", unit="B1")
    page, client = "/routing/draft/preview", browser(world.anju)
    text = client.get(page).text
    assert "<b>3</b> 件会派给别的单位" in text
    assert "第一党支部" in text
    for who in (world.zhou, world.sun, world.chen):
        assert browser(who).get(page).status_code == 404
    publish()
    assert client.get(page).status_code == 404
    begin_draft(by=org, at=at)
    assert "没有一件会派给别的单位" in client.get(page).text


def test_the_summary_and_the_day_lead_to_the_table(world, org):
    assert "/routing/tables" in browser(world.anju).get("/summary").text
    assert "/routing/tables" in browser(world.sun).get("/today").text
    assert browser(world.anju).get("/today").status_code == 404
