import pytest

from tests.documents.exports import asked
from tests.orders import stories
from tests.portal.admin import browser
from yizhan.base.actor import CLOCK
from yizhan.base.verdict import Refused
from yizhan.documents import exporting, jobs, operations
from yizhan.documents.models import LedgerExport

pytestmark = pytest.mark.django_db


def test_how_far_it_is_is_shown(world, at):
    stories.placed(world, at)
    export = asked(world.by.sun, at)
    operations.report_export(export=export, done=1, by=CLOCK, at=at)

    text = browser(world.sun).get(export.get_absolute_url()).text
    assert '已读 <span class="num">1</span>' in text
    assert export.steps.count() == 1


def test_the_worker_says_it_on_the_way(world, at, monkeypatch):
    said = []
    monkeypatch.setattr(exporting, "EACH", 2)
    monkeypatch.setattr(operations, "report_export", lambda **given: said.append(given["done"]))
    for _ in range(5):
        stories.placed(world, at)
    jobs.make_export(asked(world.by.sun, at).pk)

    assert said == [2, 4]
    assert LedgerExport.objects.get().done == 5


def test_what_is_over_has_no_progress(world, at):
    stories.placed(world, at)
    export = asked(world.by.sun, at)
    operations.fail_export(export=export, by=CLOCK, at=at)
    with pytest.raises(Refused) as refused:
        operations.report_export(export=export, done=1, by=CLOCK, at=at)
    assert refused.value.code == "wrong_state"
