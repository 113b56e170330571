"""Two let it out at once; the asker takes back consent at that moment."""

from datetime import timedelta
from functools import partial

from tests.answers.conftest import agrees, written
from tests.orders.test_accept_race import at_once, codes
from tests.privacy.papers import withdraw
from yizhan.answers import operations, queries
from yizhan.answers.models import PURPOSE, Answer

RUNS = 6


def publish(answer, by, at):
    return partial(operations.publish, answer=answer, by=by, at=at)


def test_one_of_two_lets_it_out(race_db, at):
    for _ in range(RUNS):
        answer = written(race_db, at)
        acts = [publish(answer, by, at) for by in (race_db.by.ma, race_db.by.zhou)]

        assert codes(at_once(acts)) == {"won": 1, "wrong_state": 1}


def test_what_is_taken_back_is_not_shown_whoever_was_first(race_db, at):
    for number in range(RUNS):
        moment = at + timedelta(hours=number)
        agrees(race_db, moment)
        answer = written(race_db, moment, "story")
        takes_back = partial(withdraw, race_db, moment, purpose=PURPOSE)

        came = codes(at_once([publish(answer, race_db.by.ma, moment), takes_back]))

        assert came["won"] + came["no_consent"] == 2
        assert not queries.public(moment).filter(kind=Answer.Kind.STORY).exists()
