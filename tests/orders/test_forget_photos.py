"""删除照片: the pictures of an order that is over are gone, bytes and all; the history says so."""

import pytest
from django.core.files.storage import storages

from tests.orders.stories import accepted, finished
from tests.orders.traces import last, refused, step
from yizhan.base import files
from yizhan.base.actor import CLOCK
from yizhan.base.chain import seal_waiting, verify
from yizhan.base.models import StoredFile
from yizhan.orders import operations
from yizhan.orders.models import Photo


def with_photos(world, at, story, count=2):
    return story(world, at, photos=[b"one", b"two"][:count])


def test_rows_and_bytes_go(world, at):
    order = with_photos(world, at, finished)
    paths = list(StoredFile.objects.values_list("path", flat=True))

    order = operations.forget_photos(order=order, by=CLOCK, at=at)

    assert not Photo.objects.exists()
    assert not StoredFile.objects.exists()
    assert not [path for path in paths if storages["files"].exists(path)]
    assert last(order) == step("photos_forgotten", CLOCK, at, photos=2)
    seal_waiting(at=at)
    assert verify() == []


def test_while_it_is_open_the_photos_are_needed(world, at):
    order = with_photos(world, at, accepted, 1)

    with refused("still_open", "还在办"):
        operations.forget_photos(order=order, by=CLOCK, at=at)
    assert files.read(Photo.objects.get().file) == b"one"


@pytest.mark.parametrize("who", ["chen", "zhao", "feng", "qian"])
def test_not_by_others(world, at, who):
    order = with_photos(world, at, finished)

    with refused("not_your_post", "点单人"):
        operations.forget_photos(order=order, by=getattr(world.by, who), at=at)


def test_bytes_already_gone_are_no_fault(world, at):
    order = with_photos(world, at, finished, 1)
    storages["files"].delete(StoredFile.objects.get().path)

    operations.forget_photos(order=order, by=CLOCK, at=at)

    assert not Photo.objects.exists()
