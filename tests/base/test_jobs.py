"""Holding jobs back while a history is told."""

import pytest
from django.db import connection

from yizhan.base import jobs
from yizhan.base.outbox import DELIVER

pytestmark = pytest.mark.django_db


def queued():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [DELIVER])
        return cursor.fetchone()[0]


def test_nothing_is_queued_while_jobs_are_held(world):
    before = queued()

    with jobs.held():
        jobs.defer(DELIVER, notices=[1])
    assert queued() == before

    jobs.defer(DELIVER, notices=[1])
    assert queued() == before + 1


def test_a_fault_lets_jobs_go_again(world):
    before = queued()

    with pytest.raises(ZeroDivisionError), jobs.held():
        raise ZeroDivisionError
    jobs.defer(DELIVER, notices=[1])

    assert queued() == before + 1
