from datetime import timedelta

import pytest

from tests.documents.exports import asked
from tests.orders import stories
from tests.portal.admin import browser, send
from yizhan.base.actor import CLOCK
from yizhan.base.models import StoredFile
from yizhan.base.verdict import Refused
from yizhan.documents import jobs, operations
from yizhan.documents.models import LedgerExport
from yizhan.documents.queries import over
from yizhan.privacy.holdings import HOLDINGS
from yizhan.privacy.jobs import drop_files

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def ready(world, at):
    stories.placed(world, at)
    export = asked(world.by.sun, at)
    jobs.make_export(export.pk)
    return LedgerExport.objects.get()


def test_after_seven_days_the_file_is_gone_and_the_record_stays(world, at, ready):
    assert list(over(at + WEEK - timedelta(seconds=1))) == []
    assert list(over(at + WEEK)) == [ready]
    file = ready.file_id
    done = operations.drop_export(export=ready, by=CLOCK, at=at + WEEK)
    drop_files([file])

    assert (done.state, done.file, done.steps.last().kind) == ("removed", None, "removed")
    assert not StoredFile.objects.filter(pk=file).exists()
    assert list(over(at + WEEK)) == []


def test_the_clock_is_not_early_and_others_not_at_all(world, at, ready):
    for by, code in ((CLOCK, "not_due"), (world.by.ma, "no_power")):
        with pytest.raises(Refused) as refused:
            operations.drop_export(export=ready, by=by, at=at)
        assert refused.value.code == code


def test_the_page_sooner_and_late(world, ready):
    path = f"/ledgers/exports/{ready.code}/drop_export"

    assert send(browser(world.ma), path).status_code == 404
    assert send(browser(world.sun), path).status_code == 302
    assert send(browser(world.sun), path).status_code == 409
    assert browser(world.sun).get(f"/ledgers/exports/{ready.code}/fetch").status_code == 404


def test_every_night(world, at, ready, monkeypatch):
    monkeypatch.setattr(jobs, "now", lambda: at + WEEK)
    jobs.drop_exports()

    assert LedgerExport.objects.get().state == "removed"


def test_it_goes_with_the_person(world, at, ready):
    holding = HOLDINGS["documents.exports"]
    assert holding.copy(world.sun)[0]["台账"] == "群众诉求（点单）台账"

    assert holding.forget(world.sun, world.by.zhou, at) == 1
    assert LedgerExport.objects.get().state == "removed"
    assert holding.forget(world.sun, world.by.zhou, at) == 0
