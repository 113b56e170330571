"""Line 13: the filing pack holds everything the rule asks for, from what is installed."""

import pytest
from django.utils.timezone import localdate

from yizhan.portal import filing
from yizhan.portal.modules import MODULES

ASKED = (
    "name", "owner", "purpose", "necessity", "functions", "users", "data", "measures",
    "interfaces", "dependencies", "statement", "assessment",
)  # fmt: skip


@pytest.mark.django_db
def test_everything_that_is_asked_for_is_there(world, at):
    values = filing.pack(localdate(at))

    assert [name for name in ASKED if not values.get(name)] == []
    assert {module.name for module in MODULES} <= {row["name"] for row in values["functions"]}
    contacts = {row["name"] for row in values["owner"]}
    assert {"主办单位", "主办单位联系人", "备案联系人", "备案联系电话"} <= contacts


@pytest.mark.django_db
def test_the_statement_speaks_of_duplication_and_of_one_application(world, at):
    text = "".join(filing.pack(localdate(at))["statement"])

    assert "没有与本平台功能相同的" in text
    assert "街道、社区、村不另建应用" in text
