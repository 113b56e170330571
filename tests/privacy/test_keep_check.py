"""How each check of the chain came out is kept and cannot be changed."""

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.database import as_superuser
from tests.orders.stories import placed
from yizhan.base import chain
from yizhan.base.verdict import Refused
from yizhan.privacy import jobs, operations
from yizhan.privacy.models import ChainCheck


def test_a_sound_chain(world, at):
    placed(world, at)
    chain.seal_waiting(at=at)

    jobs.check_chain()

    check = ChainCheck.objects.get()
    assert (check.faults, check.findings, check.via) == (0, [], "clock")
    assert check.position > 0


def test_a_fault_is_kept_in_words(world, at):
    order = placed(world, at)
    chain.seal_waiting(at=at)
    connection.check_constraints()
    with as_superuser(), connection.cursor() as cursor:
        cursor.execute("UPDATE base_step SET kind = 'x' WHERE id = %s", [order.steps.get().pk])

    jobs.check_chain()

    check = ChainCheck.objects.get()
    assert check.faults == 1
    assert f"历史记录 {order.steps.get().pk}" in check.findings[0]


def test_only_by_the_clock(world, at):
    with pytest.raises(Refused, match="核验"):
        operations.keep_check(faults=[], by=world.by.sun, at=at)


@pytest.mark.parametrize("statement", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", ["privacy_chaincheck", "privacy_retentionrun"])
def test_what_was_found_stays(world, statement, table):
    jobs.check_chain()
    jobs.end_periods()
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
