"""The same switch by many at once: it is made once, the others hear that it is so already."""

from typing import Any

from tests.orders.test_accept_race import at_once
from tests.portal.admin import administrator
from yizhan.base.models import Step, Switch
from yizhan.base.verdict import Refused
from yizhan.portal import operations


def test_many_switch_the_same(race_db: Any, at: Any) -> None:
    by = administrator(race_db)
    outcomes = at_once(
        [
            lambda: operations.switch(
                module="orders", region_code="610302002", on=False, by=by, at=at
            )
        ]
        * 8
    )

    refused = [one for one in outcomes if isinstance(one, Refused)]
    assert {one.code for one in refused} == {"same"}
    assert len(refused) == 7
    assert (Switch.objects.count(), Step.objects.count()) == (1, 1)
