"""Templates in use, and the people who keep them."""

import pytest

from tests.world import SINCE
from yizhan.demo import ledger_sample
from yizhan.documents import operations
from yizhan.documents.ledgers import LEDGERS
from yizhan.documents.operations.templates import Upload
from yizhan.people.acting import actor_for
from yizhan.people.models import Post


@pytest.fixture(autouse=True)
def one_factor(settings):
    """No second factor in these tests."""
    settings.STAFF_TOTP_REQUIRED = False


@pytest.fixture
def ledger():
    return LEDGERS["orders"]


@pytest.fixture
def upload():
    return Upload("社区台账", SINCE, ledger_sample.workbook())


@pytest.fixture
def draft(world, at, ledger, upload):
    """The community's own, just uploaded by its secretary."""
    return operations.upload_template(
        ledger=ledger, region=world.weigong, upload=upload, by=world.by.ma, at=at
    )


@pytest.fixture
def in_use(world, at, draft):
    return operations.map_template(
        template=draft, layout=draft.mapping, version=draft.version, by=world.by.ma, at=at
    )


@pytest.fixture
def department(world):
    """The organisation department of the district: keeps templates, reads no orders."""
    Post.objects.filter(person=world.anju).delete()
    post = Post.objects.create(
        person=world.anju, role="organisation_department", unit=world.units["D"], since_date=SINCE
    )
    return actor_for(world.anju, post)
