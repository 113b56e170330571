from datetime import date

import pytest

from tests.documents.exports import asked
from tests.documents.test_take_out import column, sheet_of
from tests.orders import stories
from tests.portal.admin import browser
from yizhan.base import files
from yizhan.base.verdict import Refused
from yizhan.documents import exporting, jobs
from yizhan.documents.ledgers import Taking
from yizhan.documents.models import LedgerExport
from yizhan.people.models import Post
from yizhan.privacy.models import Look

pytestmark = pytest.mark.django_db


def test_the_worker_makes_it_and_it_is_fetched(world, at, in_use):
    order = stories.placed(world, at)
    export = asked(world.by.sun, at, in_use, since=date(2026, 11, 1))
    assert (export.state, export.rows, Look.objects.count()) == ("waiting", 1, 1)
    assert (export.steps.get().kind, export.steps.get().facts["rows"]) == ("asked", 1)
    client = browser(world.sun)
    assert "已读" in client.get(export.get_absolute_url()).text
    assert client.get(f"/ledgers/exports/{export.code}/fetch").status_code == 404

    jobs.make_export(export.pk)
    jobs.make_export(export.pk)

    done = LedgerExport.objects.get()
    assert (done.state, done.done) == ("ready", 1)
    answer = client.get(f"/ledgers/exports/{export.code}/fetch")
    sheet = sheet_of(answer.content)
    assert column(sheet, "B") == [order.code]
    assert "2026年11月1日起" in sheet["A2"].value
    assert done.mark in sheet["A19"].value
    assert "下载台账" in client.get(export.get_absolute_url()).text
    assert "可以下载" in client.get("/ledgers/exports").text


def test_it_is_for_who_asked_in_that_post(world, at):
    stories.placed(world, at)
    export = asked(world.by.sun, at)
    jobs.make_export(export.pk)

    for person in (world.ma, world.feng, world.zhou, world.aunt_wang):
        for page in ("export", "fetch"):
            assert browser(person).get(f"/ledgers/exports/{export.code}/{page}").status_code == 404
    assert export.code not in browser(world.ma).get("/ledgers/exports").text


def test_who_left_the_post_gets_nothing(world, at):
    stories.placed(world, at)
    export = asked(world.by.sun, at)
    Post.objects.filter(person=world.sun).update(until_date=date(2026, 11, 1))
    jobs.make_export(export.pk)

    assert LedgerExport.objects.get().state == "failed"
    assert browser(world.sun).get(export.get_absolute_url()).status_code == 404


def test_three_at_a_time(world, at):
    stories.placed(world, at)
    for _ in range(3):
        asked(world.by.sun, at)
    with pytest.raises(Refused) as refused:
        asked(world.by.sun, at)

    assert refused.value.code == "waiting"
    assert asked(world.by.ma, at).state == "waiting"


def test_who_may_not(world, at):
    with pytest.raises(Refused) as refused:
        asked(world.by.chen, at)
    assert refused.value.code == "no_power"
    with pytest.raises(Refused) as refused:
        asked(world.by.sun, at)
    assert refused.value.code == "nothing"


def test_what_is_taken_is_kept_without_the_words_of_the_reason(world, at):
    stories.placed(world, at)
    export = asked(world.by.sun, at, with_words=True, reason="街道要看原话核对")

    assert export.taking["reason"] == ""
    assert "原话核对" not in str(export.steps.get().facts)
    assert exporting.read(export.taking) == Taking(with_words=True)


def test_the_file_is_sealed(world, at):
    stories.placed(world, at)
    export = asked(world.by.sun, at)
    jobs.make_export(export.pk)
    file = LedgerExport.objects.get().file

    assert file.is_sealed
    assert files.read(file)[:2] == b"PK"
