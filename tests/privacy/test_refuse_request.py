"""说明不能办: never without the reason, which the person reads."""

import pytest
from django.urls import reverse

from tests.orders.traces import refused
from tests.portal.admin import browser, send
from tests.privacy.cases import told
from yizhan.privacy.asking import queries
from yizhan.privacy.operations import refuse_request

WHY = "评单要留到年底统计，之后可以删"


def test_the_reason_is_kept_and_told(world, at, case):
    asked = refuse_request(asked=case("correct").asked, reason=WHY, by=world.by.ma, at=at)

    assert (asked.state, asked.ended_at) == ("refused", at)
    assert queries.words_of(asked) == WHY
    assert told()[-1] == ("request_refused", world.aunt_wang.pk)
    text = browser(world.aunt_wang).get(reverse("privacy:progress", args=[asked.code])).text
    assert WHY in text
    assert "不同意这个理由" in text


@pytest.mark.parametrize(
    ("who", "reason", "code", "why"),
    [
        ("ma", "不行", "words", "为什么不能办"),
        ("feng", WHY, "not_your_post", "所在社区或街道"),
        ("aunt_wang", WHY, "not_your_post", "所在社区或街道"),
    ],
)
def test_who_may_not_and_what_is_no_reason(world, at, case, who, reason, code, why):
    asked = case("correct").asked
    with refused(code, why):
        refuse_request(asked=asked, reason=reason, by=getattr(world.by, who), at=at)


def test_the_form_asks_for_the_reason(world, case):
    asked, client = case().asked, browser(world.sun)
    path = reverse("privacy:refuse_request", args=[asked.code])

    assert send(client, path, reason="").status_code == 422
    assert send(client, path, reason="不行").status_code == 409
    assert send(client, path, reason=WHY).headers["Location"] == "/requests/desk"
