"""写进派单目录: a ruling becomes a proposal for the routing table, once."""

import pytest

from tests.disputes.stories import raised, ruled
from tests.orders.traces import last, refused, step
from yizhan.disputes import operations
from yizhan.routing.models import RoutingRule


def test_a_proposal_names_category_community_and_unit(world, at):
    dispute = ruled(world, at)
    dispute = operations.feed_directory(dispute=dispute, by=world.by.zhou, at=at)

    rule = RoutingRule.objects.get(source="disputes.ruling", source_code=dispute.code)
    assert (rule.category, rule.unit, rule.state) == (
        dispute.order.category, world.units["P"], "proposed",
    )  # fmt: skip
    assert dispute.fed_at == at
    assert last(dispute) == step("fed", world.by.zhou, at)


def test_once_by_who_rules_and_only_with_a_unit(world, at):
    dispute = ruled(world, at)
    for one in (ruled(world, at, unit=None), raised(world, at)):
        with refused("no_unit", "指定了承办单位的裁定"):
            operations.feed_directory(dispute=one, by=world.by.zhou, at=at)
    with refused("not_your_post", "由裁定的一方来做"):
        operations.feed_directory(dispute=dispute, by=world.by.sun, at=at)
    operations.feed_directory(dispute=dispute, by=world.by.zhou, at=at)
    with refused("fed", "已经写进"):
        operations.feed_directory(dispute=dispute, by=world.by.zhou, at=at)


def test_the_page(world, at, desk):
    dispute = ruled(world, at)
    assert "写进派单目录" in desk("zhou").get("disputes:show", dispute.code).text
    assert "写进派单目录" not in desk("anju").get("disputes:show", dispute.code).text

    assert desk("zhou").send("disputes:feed_directory", dispute.code).status_code == 302
    assert "已写进派单目录的草稿" in desk("zhou").get("disputes:show", dispute.code).text
    assert desk("zhou").send("disputes:feed_directory", dispute.code).status_code == 409


@pytest.mark.parametrize("who", ["aunt_wang", "chen", "zhao", "feng"])
def test_outside(world, at, desk, who):
    dispute = ruled(world, at)

    assert desk(who).send("disputes:feed_directory", dispute.code).status_code == 404
