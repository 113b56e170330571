import threading

import pytest
from django.db import connections

from yizhan.base.actor import ANONYMOUS, holder_of
from yizhan.base.models import Command, Switch
from yizhan.base.once import once
from yizhan.base.verdict import Refused


@pytest.fixture
def runs():
    return []


@pytest.fixture
def act(runs, db):
    def create():
        runs.append(1)
        return Switch.objects.create(module=f"f{len(runs)}", region_code="", is_on=True)

    return create


def test_the_second_time_gives_the_first_answer(by, at, act):
    command = {"key": "k", "fingerprint": "f", "by": by, "at": at, "act": act}
    first = once(**command)

    assert once(**command) == first
    assert Switch.objects.filter(module__startswith="f").count() == 1
    assert Command.objects.get().owner == f"person:{by.person_id}"


def test_another_person_may_use_the_same_key(by, other, at, act):
    first = once(key="k", fingerprint="f", by=by, at=at, act=act)

    assert once(key="k", fingerprint="f", by=other, at=at, act=act) != first


def test_the_same_key_with_another_content_is_refused(by, at, act):
    once(key="k", fingerprint="f", by=by, at=at, act=act)

    with pytest.raises(Refused) as refused:
        once(key="k", fingerprint="g", by=by, at=at, act=act)
    assert refused.value.code == "command_reused"
    assert Switch.objects.filter(module__startswith="f").count() == 1


def test_a_refusal_is_an_answer_too(by, at, runs, db):
    def refuse():
        runs.append(1)
        Switch.objects.create(module="lost", region_code="", is_on=True)
        raise Refused("late", "已经有人接单了") if len(runs) == 1 else Refused("other", "别的")

    for _ in range(2):
        with pytest.raises(Refused, match="已经有人接单了") as refused:
            once(key="k", fingerprint="f", by=by, at=at, act=refuse)
        assert refused.value.code == "late"
    assert not Switch.objects.filter(module="lost").exists()


def test_an_error_is_no_answer(by, at, db):
    def fail():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        once(key="k", fingerprint="f", by=by, at=at, act=fail)
    assert not Command.objects.exists()


def test_holders_of_receipts_and_strangers_have_names_of_their_own(at, act):
    once(key="k", fingerprint="f", by=holder_of("orders.order", 7), at=at, act=act)
    once(key="k", fingerprint="f", by=ANONYMOUS, at=at, act=act)

    owners = set(Command.objects.values_list("owner", flat=True))
    assert owners == {"receipt:orders.order:7", "anonymous"}


def test_eight_threads_with_one_key_do_it_once(race_db, at):
    answers = []
    start = threading.Barrier(8)

    def send(number):
        start.wait()
        try:
            made = once(
                key="k",
                fingerprint="f",
                by=ANONYMOUS,
                at=at,
                act=lambda: Switch.objects.create(
                    module=f"thread {number}", region_code="", is_on=True
                ),
            )
            answers.append(made.pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 8
    assert len(set(answers)) == 1
    assert Switch.objects.filter(module__startswith="thread").count() == 1
