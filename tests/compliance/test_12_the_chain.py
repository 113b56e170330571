"""Line 12: the chain verifies, and whatever a superuser does to it is found."""

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.database import as_superuser
from tests.orders import stories
from yizhan.base import chain
from yizhan.base.models import Seal, Step

TAMPERING = {
    "an edited step": "UPDATE base_step SET facts = '{}' WHERE id = %s",
    "another actor": "UPDATE base_step SET actor_id = NULL WHERE id = %s",
    "another moment": "UPDATE base_step SET at = at - interval '1 day' WHERE id = %s",
    "a deleted step": "DELETE FROM base_step WHERE id = %s",
    "a cut chain": "DELETE FROM base_seal WHERE step_id >= %s",
    "an edited seal": "UPDATE base_seal SET hash = sha256('x') WHERE step_id = %s",
}


@pytest.fixture
def history(world, at):
    """An order from end to end, sealed, with the day's end kept."""
    order = stories.rated(world, at)
    while chain.seal_waiting(at=at):
        pass
    chain.keep_head(at=at.replace(day=at.day + 1))
    connection.check_constraints()
    return list(order.steps)


def test_an_untouched_history_verifies(history):
    assert chain.verify() == []
    assert Seal.objects.count() >= len(history)


@pytest.mark.parametrize("act", TAMPERING, ids=lambda act: act)
def test_tampering_is_found(history, act):
    with as_superuser(), connection.cursor() as cursor:
        cursor.execute(TAMPERING[act], [history[1].pk])
        assert cursor.rowcount

    assert chain.verify() != []


def test_the_serving_role_cannot_tamper_at_all(history):
    for statement in ("UPDATE base_step SET via = 'x'", "DELETE FROM base_seal"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Step.objects.filter(via="x").count() == 0
