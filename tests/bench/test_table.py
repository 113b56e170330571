import re

from django.utils.timezone import now

from yizhan.bench import report, rows
from yizhan.bench.acts import ACTS, cases
from yizhan.bench.cast import hire
from yizhan.bench.measure import Measured, Stage
from yizhan.bench.meter import Spent, between
from yizhan.bench.statements import counted, of_every_act
from yizhan.bench.yardstick import Raw

MACHINE = report.Machine("2026-11-22", "18.6", (1.0, 2.0))


def measured(act, sent):
    statements, savepoints = counted(sent)
    spent = Spent(application=6.0, database=2.5, worker=1.0)
    return Measured(act, 10, 100.0, 8.0, 20.0, spent, statements, savepoints, 1234)


def test_every_act_goes_through_and_has_its_line(world, settings):
    settings.STAFF_TOTP_REQUIRED = False
    lanes = hire(now())
    rows.fill(lanes, 20, now())

    sent = of_every_act(cases(lanes, 1))
    stage = Stage(20, 10, [measured(act, sent[act.name]) for act in ACTS], sent)
    text = report.text(MACHINE, [("before", Raw(2, 900.0, 2.2, 0.5))], [stage])

    lines = {line.split(" | ")[0].removeprefix("| "): line for line in text.splitlines()}
    assert set(sent) == {act.name for act in ACTS}
    for act in ACTS:
        assert lines[act.name].count("|") == len(report.HEAD) + 1
        assert " 8.5 | 6.0 | 2.5 | 17 |" in lines[act.name]
    assert re.search(r"20 orders, 10 of them on the board", text)


def test_begin_and_commit_are_no_statements_and_savepoints_stand_apart():
    sent = ["BEGIN", "SELECT 1", 'SAVEPOINT "a"', "UPDATE x", 'ROLLBACK TO SAVEPOINT "a"', "COMMIT"]

    assert counted(sent) == (2, 2)


def test_a_process_that_came_counts_whole_and_one_that_went_counts_nothing():
    before = {"application": {1: 1.0, 2: 5.0}, "database": {}, "worker": {}}
    after = {"application": {1: 1.5, 3: 0.25}, "database": {4: 0.1}, "worker": {}}

    spent = between(before, after, 10)

    assert (spent.application, spent.database, spent.worker) == (75.0, 10.0, 0.0)
