import pytest

from tests.portal.admin import browser, send
from yizhan.base.verdict import Refused
from yizhan.documents import operations
from yizhan.documents.models import LedgerTemplate
from yizhan.documents.queries import usable

pytestmark = pytest.mark.django_db


def test_it_is_not_used_any_more_and_stays(world, at, ledger, in_use):
    day = at.date()
    assert usable(ledger, world.by.sun, day) == [in_use]
    done = operations.retire_template(template=in_use, by=world.by.ma, at=at)

    assert (done.state, done.steps.last().kind) == ("retired", "retired")
    assert usable(ledger, world.by.sun, day) == []
    assert LedgerTemplate.objects.count() == 1


def test_what_is_refused(world, at, in_use):
    for by, code in ((world.by.sun, "no_power"), (world.by.zhou, "outside")):
        with pytest.raises(Refused) as refused:
            operations.retire_template(template=in_use, by=by, at=at)
        assert refused.value.code == code
    operations.retire_template(template=in_use, by=world.by.ma, at=at)
    with pytest.raises(Refused) as refused:
        operations.retire_template(template=in_use, by=world.by.ma, at=at)
    assert refused.value.code == "wrong_state"


def test_the_page_outside_and_late(world, in_use):
    path = f"/ledgers/templates/{in_use.code}/retire_template"

    assert send(browser(world.zhou), path).status_code == 404
    assert send(browser(world.ma), path).status_code == 302
    assert send(browser(world.ma), path).status_code == 409
    assert "已停用" in browser(world.ma).get("/ledgers/templates").text
