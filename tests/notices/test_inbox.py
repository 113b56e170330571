"""One's own messages."""

from yizhan.base.models import Notice
from yizhan.notices import operations, queries


def test_unread_come_first(client, town, say, aunt, workday):
    old, new = (say(town.aunt, "test.quiet", workday, code=code) for code in ("A1", "B2"))
    operations.read(notice=new, by=aunt, at=workday)
    page = client.get("/inbox/").text
    assert "未读" in page
    assert page.index("单子 A1") < page.index("单子 B2")
    assert queries.unread_count(aunt) == 1
    assert Notice.objects.get(pk=old.pk).read_at is None


def test_looking_at_the_inbox_changes_nothing(client, town, say, aunt, workday):
    notice = say(town.aunt, "test.quiet", workday)
    client.get("/inbox/")
    assert Notice.objects.get(pk=notice.pk).read_at is None


def test_only_ones_own(client, town, say, aunt, workday):
    say(town.clerk, "test.quiet", workday, code="ZZ9")

    assert "ZZ9" not in client.get("/inbox/").text


def test_a_kind_without_words_any_more_is_left_out(client, town, say, aunt, workday):
    notice = say(town.aunt, "test.quiet", workday, code="ZZ9")
    Notice.objects.filter(pk=notice.pk).update(kind="gone.kind")

    assert "ZZ9" not in client.get("/inbox/").text
    assert queries.unread_count(aunt) == 0


def test_visitors_have_no_inbox(client, town):
    assert client.get("/inbox/").status_code == 302
    assert client.post("/inbox/read_all").status_code == 302


def test_an_empty_inbox_says_so(client, town, aunt):
    assert "还没有消息" in client.get("/inbox/").text


def test_the_number_of_queries_does_not_grow(client, town, say, aunt, workday):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _ in range(2):
        say(town.aunt, "test.quiet", workday)
        with CaptureQueriesContext(
            connection,
        ) as queries_run:
            client.get("/inbox/")
        counts.append(len(queries_run))
        say(town.aunt, "test.quiet", workday)
    assert counts[0] == counts[1]


def test_demo_texts_are_shown_in_the_demo_only(client, town, settings, at):
    from yizhan.base import sms

    assert client.get("/inbox/texts").status_code == 404
    settings.DEMO, settings.SMS_SENDER = True, "demo"
    assert "还没有发过短信" in client.get("/inbox/texts").text
    sms.send("13900010001", "验证码 654321", kind="k", at=at)
    page = client.get("/inbox/texts").text
    assert "654321" in page
    assert "139****0001" in page
    assert "13900010001" not in page
    settings.SMS_SENDER = "aliyun"
    assert client.get("/inbox/texts").status_code == 404
