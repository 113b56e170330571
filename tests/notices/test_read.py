"""Opening a message marks it read."""

import pytest

from yizhan.base.models import Notice
from yizhan.base.verdict import Refused
from yizhan.notices import operations


def test_read_goes_to_the_page_behind(client, town, say, aunt, workday):
    notice = say(town.aunt, "test.quiet", workday)
    answer = client.post("/inbox/read", {"notice": notice.pk})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me/")
    kept = Notice.objects.get(pk=notice.pk).read_at
    client.post("/inbox/read", {"notice": notice.pk})
    assert kept is not None
    assert Notice.objects.get(pk=notice.pk).read_at == kept


def test_only_ones_own(client, town, say, aunt, workday):
    other = say(town.clerk, "test.quiet", workday)

    assert client.post("/inbox/read", {"notice": other.pk}).status_code == 404
    assert client.post("/inbox/read", {"notice": "x"}).status_code == 404
    with pytest.raises(Refused, match="不是发给您的"):
        operations.read(notice=other, by=aunt, at=workday)
