"""The measure of plans: small here, the same code as `make bench`."""

import pytest
from django.utils.timezone import now

from yizhan.bench import plans, report
from yizhan.bench.cast import hire
from yizhan.bench.yardstick import Raw

MACHINE = report.Machine("2026-11-22", "18.6", (1.0, 2.0))


@pytest.fixture
def small(monkeypatch):
    for name, value in {"ORDERS": 40, "PEOPLE": 40, "QUEUE": 6, "MEMBERS": 3, "TURNS": 1}.items():
        monkeypatch.setattr(plans, name, value)


def test_every_line_is_measured_and_stands_in_the_report(world, settings, small):
    settings.STAFF_TOTP_REQUIRED = False
    lines = plans.measured(hire(now()))
    text = report.text(MACHINE, [("before", Raw(2, 900.0, 2.2, 0.5))], [], lines)

    assert lines[0].says.endswith("served, optimum proven")
    assert lines[-1].says == "6 orders, 6 with somebody"
    assert int(lines[-1].sql) < 60
    assert all(line.cpu > 0 and line.wall > 0 for line in lines)
    assert f"| {lines[0].name} |" in text
    assert text.count(" | 100 | ") == 3
