"""A rating that does not speak of this work: no figure counts it, and it stays as it was given."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.orders.stories import rated
from tests.orders.traces import refused
from yizhan.ratings.models import Rating, SetApart
from yizhan.ratings.operations import set_apart


def test_the_rating_itself_stays(world, at):
    rated(world, at)
    rating = Rating.objects.get()

    kept = set_apart(rating=rating, by=world.by.zhou, at=at)

    assert (kept.rating, kept.at) == (rating, at)
    assert Rating.objects.get().level == rating.level


def test_once_and_for_good(world, at):
    rated(world, at)
    set_apart(rating=Rating.objects.get(), by=world.by.zhou, at=at)

    with pytest.raises(IntegrityError), transaction.atomic():
        set_apart(rating=Rating.objects.get(), by=world.by.zhou, at=at)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ratings_setapart")
    assert SetApart.objects.count() == 1


def test_never_by_who_rated(world, at):
    rated(world, at)
    rating = Rating.objects.get()

    with refused("own_work", "由别人来核实"):
        set_apart(rating=rating, by=world.by.aunt_wang, at=at)
