"""Many upload the same template at once: each becomes a version, none is lost."""

from tests.orders.test_accept_race import at_once
from tests.world import SINCE
from yizhan.demo import ledger_sample
from yizhan.documents import operations
from yizhan.documents.ledgers import LEDGERS
from yizhan.documents.models import LedgerTemplate
from yizhan.documents.operations.templates import Upload

MANY = 6


def test_every_upload_is_a_version_of_its_own(race_db, at):
    world, upload = race_db, Upload("社区台账", SINCE, ledger_sample.workbook())

    def act():
        return operations.upload_template(
            ledger=LEDGERS["orders"], region=world.weigong, upload=upload, by=world.by.ma, at=at
        )

    assert len(at_once([act] * MANY)) == MANY
    kept = LedgerTemplate.objects.order_by("number")
    assert [one.number for one in kept] == list(range(1, MANY + 1))
