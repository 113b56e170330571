import pytest

from tests.documents.exports import asked
from tests.orders import stories
from yizhan.base import files
from yizhan.base.actor import CLOCK
from yizhan.base.verdict import Refused
from yizhan.documents import operations

pytestmark = pytest.mark.django_db


def test_the_file_is_kept_once(world, at):
    stories.placed(world, at)
    export = asked(world.by.sun, at)
    done = operations.keep_export(export=export, data=b"PK", by=CLOCK, at=at)

    assert (done.state, done.done, files.read(done.file)) == ("ready", 1, b"PK")
    assert done.steps.last().facts == {"from": "waiting", "to": "ready"}
    with pytest.raises(Refused) as refused:
        operations.keep_export(export=export, data=b"PK", by=CLOCK, at=at)
    assert refused.value.code == "wrong_state"


def test_nobody_puts_a_file_under_anothers_name(world, at):
    stories.placed(world, at)
    with pytest.raises(Refused) as refused:
        operations.keep_export(export=asked(world.by.sun, at), data=b"PK", by=world.by.ma, at=at)
    assert refused.value.code == "no_power"
