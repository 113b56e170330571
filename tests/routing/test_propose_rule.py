"""按裁定提出一条: a decision elsewhere puts a proposal into the draft."""

import pytest

from tests.orders.traces import last, refused
from tests.routing.conftest import step
from yizhan.routing.models import RoutingTable
from yizhan.routing.operations import propose_rule

pytestmark = pytest.mark.django_db
SOURCE = {"source": "disputes.ruling", "source_code": "48271K3QX9"}


def propose(line, by, at, **more):
    values = {"line": line("facility", unit="P"), "reason": "裁定由物业承办"} | SOURCE
    return propose_rule(by=by, at=at, **(values | more))


def test_a_draft_is_begun_for_it_and_it_decides_nothing_yet(world, line, at):
    row = propose(line, world.by.zhou, at)

    table = RoutingTable.objects.draft()
    assert (row.table, row.state, row.source, row.source_code) == (
        table, "proposed", "disputes.ruling", "48271K3QX9",
    )  # fmt: skip
    assert not table.rules.active().exists()
    assert last(table) == step(
        "rule_proposed", world.by.zhou, at, remark="裁定由物业承办", rule=row.pk, **SOURCE
    )


def test_once_for_each_ruling(world, draft, line, at):
    first = propose(line, world.by.zhou, at)

    assert propose(line, world.by.zhou, at) == first
    assert propose(line, world.by.zhou, at, source_code="48271K3QX8") != first
    assert draft.rules.proposed().count() == 2


def test_it_says_what_decided_so(world, line, at):
    with refused("no_source", "要写明是哪一份裁定提出的"):
        propose(line, world.by.zhou, at, source_code="")
