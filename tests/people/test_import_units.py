"""The table of units."""

import pytest

from yizhan.base.tables import BadRows
from yizhan.people.models import Unit
from yizhan.people.units import import_units


def row(code, **changes):
    wanted = {
        "code": code,
        "kind": "branch",
        "name": f"支部 {code}",
        "parent_code": "t-first",
        "region_code": "619901001001",
        "phone": "",
    }
    return {**wanted, **changes}


def test_import_units(town):
    rows = [row("n1", phone="0917-1111111"), row("n2", parent_code="n1", kind="team")]
    assert import_units(rows=rows) == 2
    first, second = Unit.objects.get(code="n1"), Unit.objects.get(code="n2")
    assert first.path == f"{town.community.path}{first.pk}."
    assert second.path == f"{first.path}{second.pk}."
    assert (second.parent, second.kind, first.phone) == (first, "team", "0917-1111111")


def test_the_same_table_again_changes_nothing(town):
    import_units(rows=[row("n1")])
    before = list(Unit.objects.order_by("pk").values())
    import_units(rows=[row("n1")])
    assert list(Unit.objects.order_by("pk").values()) == before


def test_a_unit_moves_with_everything_below_it(town):
    import_units(rows=[row("n1"), row("n2", parent_code="n1"), row("n3", parent_code="n2")])
    import_units(rows=[row("n1", parent_code="t-office")])
    first, third = Unit.objects.get(code="n1"), Unit.objects.get(code="n3")
    assert first.path == f"{town.office.path}{first.pk}."
    assert third.path.startswith(first.path)
    assert third.path.endswith(f".{third.pk}.")


def test_every_bad_row_is_said_and_nothing_changes(town):
    rows = [
        row("n1"),
        row("n2", kind="castle"),
        row("n3", region_code="999"),
        row("n4", parent_code="n9"),
        row("n1"),
        row("", name=""),
    ]
    with pytest.raises(BadRows) as bad:
        import_units(rows=rows)
    assert [(fault.line, fault.reason) for fault in bad.value.errors] == [
        (2, "单位类型「castle」不认识"),
        (3, "没有编码为「999」的区划"),
        (4, "上级单位「n9」不存在，上级要排在下级前面"),
        (5, "编码 n1 在表里出现了两次"),
        (6, "编码和名称都要填写"),
    ]
    assert not Unit.objects.filter(code="n1").exists()


def test_a_unit_is_not_below_itself(town):
    import_units(rows=[row("n1"), row("n2", parent_code="n1")])
    with pytest.raises(BadRows, match="不能是它自己或它的下级"):
        import_units(rows=[row("n1", parent_code="n2")])
