"""A full number is shown with a reason, and written down."""

import pytest

from yizhan.base.actor import Actor, Kind
from yizhan.base.verdict import Refused
from yizhan.privacy import operations, rules
from yizhan.privacy.models import Look


def test_unmask_with_a_reason(town, at):
    by = Actor(kind=Kind.PERSON, person_id=town.clerk.pk, powers=frozenset({"phone.reason"}))
    look = operations.unmask(
        subject=town.aunt, accepted=False, purpose=" 电话回访核实 ", by=by, at=at
    )
    assert (look.kind, look.purpose) == ("unmask", "电话回访核实")
    with pytest.raises(Refused) as refused:
        operations.unmask(subject=town.aunt, accepted=False, purpose="看", by=by, at=at)
    assert refused.value.code == "purpose"
    assert Look.objects.count() == 1


@pytest.mark.parametrize("power", ["phone.masked", "phone.never", "phone.accepted"])
def test_who_cannot_unmask(town, at, power):
    by = Actor(kind=Kind.PERSON, person_id=town.clerk.pk, powers=frozenset({power}))
    with pytest.raises(Refused) as refused:
        operations.unmask(subject=town.aunt, accepted=False, purpose="很好的理由", by=by, at=at)
    assert refused.value.code == "no_power"


def test_who_accepted_may_read():
    by = Actor(kind=Kind.PERSON, person_id=1, powers=frozenset({"phone.accepted"}))
    assert rules.can_unmask(by, accepted=True, purpose="")
