"""接单时间: said by oneself, read by oneself; others learn yes or no."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.people.cast import refused_code
from yizhan.people import operations
from yizhan.people.acting import acting_for, actor_for
from yizhan.people.availability import Availability, may_be_asked
from yizhan.portal.holdings import _times

MORNING, EVENING = [480, 720], [1080, 1260]


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("free", "now", "asked"),
    [
        ([], "2026-11-22 03:00", True),
        ([[7, *MORNING]], "2026-11-22 11:59", True),
        ([[7, *MORNING]], "2026-11-22 12:00", False),
        ([[1, *MORNING]], "2026-11-22 08:00", False),
        ([[1, *MORNING]], "2026-11-22 08:01", True),
        ([[7, *EVENING]], "2026-11-22 09:00", True),
        ([[7, *EVENING]], "2026-11-22 22:00", False),
        ([[3, *MORNING]], "2026-11-22 09:00", False),
        ([[3, *MORNING], [7, *EVENING]], "2026-11-22 09:00", True),
    ],
)
def test_asked_when_the_day_ahead_has_a_free_time(free, now, asked):
    """2026-11-22 is a Sunday."""
    assert may_be_asked(Availability(free=free), moment(now)) == asked


def test_who_has_said_nothing_may_be_asked(at):
    assert may_be_asked(None, at)


def test_kept_with_a_step_of_one_s_own(town, at):
    by = actor_for(town.aunt)
    operations.keep_times(person=town.aunt, free=[[1, *MORNING]], by=by, at=at)
    kept = operations.keep_times(person=town.aunt, free=[[3, *EVENING]], by=by, at=at)

    assert Availability.objects.get() == kept
    assert (kept.free, kept.version) == ([[3, 1080, 1260]], 2)
    assert [(step.seq, step.kind, step.facts) for step in kept.steps] == [
        (1, "times_kept", {}),
        (2, "times_kept", {}),
    ]
    assert list(kept.steps_for(actor_for(town.clerk, town.clerk_post))) == []
    assert len(kept.steps_for(by)) == 2


def test_nobody_says_it_for_another(town, at):
    for by in (actor_for(town.clerk, town.clerk_post), acting_for(
        actor_for(town.clerk, town.clerk_post), town.aunt, how="phone", day=at.date()
    )):  # fmt: skip
        if by is not None:
            kept = {"person": town.aunt, "free": [], "by": by, "at": at}
            assert refused_code(lambda kept=kept: operations.keep_times(**kept)) == "not_self"
    assert not Availability.objects.exists()


def test_the_page(client, town):
    client.force_login(town.aunt)
    sent = {"parts": ["1-am", "7-eve"], "command_id": "a"}

    answer = client.post("/me/times/keep_times", sent)

    assert answer.headers["Location"] == "/me/times"
    assert Availability.objects.get().free == [[1, 480, 720], [7, 1080, 1260]]
    page = client.get("/me/times").text
    assert page.count(" checked") == 3  # the two, and the usual week of a pause
    assert "已保存，只有您自己看得到" in page
    assert client.post("/me/times/keep_times", {"parts": ["8-am"]}).status_code == 422
    assert client.post("/me/times/keep_times", {}).status_code == 302
    assert Availability.objects.get().free == []


def test_strangers_sign_in_first(client, town):
    assert client.get("/me/times").status_code == 302
    assert client.post("/me/times/keep_times", {}).status_code == 302
    assert not Availability.objects.exists()


def test_it_is_copied_and_ends_with_the_account(town, at):
    by = actor_for(town.aunt)
    operations.keep_times(person=town.aunt, free=[[1, *MORNING]], by=by, at=at)
    operations.pause(person=town.aunt, days=3, by=by, at=at)
    assert _times(town.aunt) == [
        {"方便的时间": "周一 08:00–12:00"},
        {"暂不打扰到": "2026-11-25 12:00"},
    ]

    operations.pseudonymise(person=town.aunt, by=by, at=at)

    kept = Availability.objects.get()
    assert (kept.free, kept.paused_until) == ([], None)
    assert may_be_asked(kept, at + timedelta(days=1))
