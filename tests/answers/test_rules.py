"""Every rule of the answers has its cases in the test of its verb."""

from tests import house
from yizhan.answers import rules


def test_every_rule_is_asked_by_an_operation():
    (path,) = [one for one in house.modules("operations") if one.parent.name == "answers"]
    asked = path.read_text("utf-8")
    known = [name for name in dir(rules) if name.startswith("can_")]

    assert known
    assert [name for name in known if f"rules.{name}(" not in asked] == []
