import pytest

from tests.documents.exports import asked
from tests.orders import stories
from tests.portal.admin import browser
from yizhan.base.actor import CLOCK
from yizhan.base.verdict import Refused
from yizhan.documents import operations

pytestmark = pytest.mark.django_db


def test_it_is_given_up_once_and_said(world, at):
    stories.placed(world, at)
    export = asked(world.by.sun, at)
    with pytest.raises(Refused) as refused:
        operations.fail_export(export=export, by=world.by.ma, at=at)
    assert refused.value.code == "no_power"
    done = operations.fail_export(export=export, by=CLOCK, at=at)

    assert (done.state, done.steps.last().kind) == ("failed", "failed")
    assert "再导出一次" in browser(world.sun).get(export.get_absolute_url()).text
    with pytest.raises(Refused) as refused:
        operations.fail_export(export=export, by=CLOCK, at=at)
    assert refused.value.code == "wrong_state"
