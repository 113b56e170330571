"""The first version, from the pack of a district."""

import pytest

from tests.orders.traces import last
from tests.routing.conftest import step
from yizhan.base.actor import CLOCK
from yizhan.base.tables import BadRows
from yizhan.routing.models import RoutingTable
from yizhan.routing.operations import load_table
from yizhan.routing.queries import in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path):
    def write(text):
        file = tmp_path / "routing.toml"
        file.write_text(text, "utf-8")
        return file

    return write


def test_it_is_published_from_today_and_loaded_once(world, path, at):
    file = path(
        '[[rule]]\ncategory = "facility"\nlevel = "urgent"\nneeds_visit = false\n'
        'words = ["电梯"]\ntarget = "P"\n[[rule]]\ntarget = "branch"\n'
    )

    table = load_table(path=file, by=CLOCK, at=at)

    assert (table.number, table.state, in_force(at.date()).table) == (1, "published", table)
    assert last(table) == step("loaded", CLOCK, at, rules=2)
    assert in_force(at.date()).rules[0].said == (
        "「物业与公共设施」，全区，级别是急，不用上门，原话里有「电梯」，派给安居物业"
    )
    assert load_table(path=file, by=CLOCK, at=at) is None
    assert RoutingTable.objects.count() == 1


def test_a_pack_without_one(world, tmp_path, at):
    assert load_table(path=tmp_path / "routing.toml", by=CLOCK, at=at) is None


def test_a_broken_rule_is_loud_and_nothing_is_loaded(world, path, at):
    file = path('[[rule]]\ncategory = "facility"\ntarget = "nobody"\n')

    with pytest.raises(BadRows, match="第 2 行：没有代码是「nobody」的单位"):
        load_table(path=file, by=CLOCK, at=at)
    assert not RoutingTable.objects.exists()
