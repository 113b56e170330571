"""好差评: kept once a round, for good."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.orders.stories import placed
from yizhan.base.actor import ANONYMOUS
from yizhan.base.models import Remark
from yizhan.ratings import queries
from yizhan.ratings.models import Level, Rating, Solved
from yizhan.ratings.operations import record


@pytest.fixture
def order(world, at):
    return placed(world, at)


def rate(order, at, **more):
    given = {
        "number": 1,
        "level": Level.FAIR,
        "solved": Solved.PARTLY,
        "words": "",
        "by": ANONYMOUS,
    }
    return record(subject=order, at=at, **(given | more))


def test_what_was_said_is_kept(world, at, order):
    kept = rate(order, at, by=world.by.aunt_wang, words="来得很快")

    rating = Rating.objects.get()
    assert rating == kept
    assert (rating.subject_type, rating.subject_id, rating.round) == ("orders.order", order.pk, 1)
    assert (rating.level, rating.solved, rating.at) == (3, "partly", at)
    assert (rating.person, rating.words.text.open()) == (world.aunt_wang, "来得很快")


def test_words_lie_sealed_and_can_be_erased_alone(at, order):
    rating = rate(order, at, words="来得很快")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM base_remark WHERE id = %s", [rating.words_id])
        [raw] = cursor.fetchone()

    assert "来得很快".encode() not in bytes(raw)
    remark = rating.words
    remark.text, remark.erased_at = None, at
    remark.save()
    assert (queries.latest(order).level, queries.latest(order).words.text) == (3, None)


def test_without_words_there_is_no_remark(at, order):
    before = Remark.objects.count()

    assert rate(order, at).words is None
    assert Remark.objects.count() == before


def test_who_has_no_account_stays_unnamed(at, order):
    assert rate(order, at).person is None


def test_once_a_round(at, order):
    rate(order, at)

    with pytest.raises(IntegrityError, match="rating_once_per_round"), transaction.atomic():
        rate(order, at, level=Level.VERY_GOOD)
    assert [rating.level for rating in Rating.objects.all()] == [3]


def test_each_round_has_its_own_and_the_last_is_shown(world, at, order):
    rate(order, at, level=Level.VERY_BAD)
    second = rate(order, at, number=2, level=Level.GOOD)
    rate(placed(world, at), at, number=3, level=Level.BAD)

    assert queries.latest(order) == second
    assert Rating.objects.count() == 3


def test_nothing_rated_gives_nothing(order):
    assert queries.latest(order) is None


@pytest.mark.parametrize("level", [0, 6])
def test_there_are_five_levels(at, order, level):
    with pytest.raises(IntegrityError, match="rating_level_one_to_five"), transaction.atomic():
        rate(order, at, level=level)


def test_the_five_words_of_the_national_scale():
    assert dict(Level.choices) == {
        5: "非常满意",
        4: "满意",
        3: "基本满意",
        2: "不满意",
        1: "非常不满意",
    }


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ratings_rating SET level = 5",
        "DELETE FROM ratings_rating",
        "TRUNCATE ratings_rating CASCADE",
    ],
)
def test_nobody_changes_a_rating(at, order, statement):
    rate(order, at)

    refused = pytest.raises(ProgrammingError, match="permission denied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Rating.objects.get().level == 3


@pytest.mark.parametrize("change", ["update", "delete"])
def test_not_even_the_owner_does(at, order, change):
    """The triggers stand behind the missing rights."""
    rate(order, at)
    statement = {
        "update": "UPDATE ratings_rating SET level = 5",
        "delete": "DELETE FROM ratings_rating",
    }[change]

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE NONE")
            with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
                cursor.execute(statement)
        transaction.set_rollback(True)
