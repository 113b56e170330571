"""Two let it out at once; the asker takes back consent at that moment."""

from datetime import timedelta

from tests.answers.conftest import agrees, written
from tests.orders.test_accept_race import at_once, codes
from tests.privacy.papers import withdraw
from yizhan.answers import operations, queries
from yizhan.answers.models import PURPOSE, Answer

RUNS = 6


def test_one_of_two_lets_it_out(race_db, at):
    for _ in range(RUNS):
        answer = written(race_db, at)
        acts = [
            lambda who=who: operations.publish(answer=answer, by=who, at=at)
            for who in (race_db.by.ma, race_db.by.zhou)
        ]
        assert codes(at_once(acts)) == {"won": 1, "wrong_state": 1}


def test_what_is_taken_back_is_not_shown_whoever_was_first(race_db, at):
    for number in range(RUNS):
        moment = at + timedelta(hours=number)
        agrees(race_db, moment)
        answer = written(race_db, moment, "story")
        outcomes = codes(
            at_once(
                [
                    lambda: operations.publish(answer=answer, by=race_db.by.ma, at=moment),
                    lambda: withdraw(race_db, moment, purpose=PURPOSE),
                ]
            )
        )
        assert outcomes["won"] + outcomes["no_consent"] == 2
        assert not queries.public(moment).filter(pk=answer.pk).exists()
        assert not queries.public(moment + timedelta(days=1)).filter(kind=Answer.Kind.STORY)
