"""The names a person gave to filters go with the person."""

from dataclasses import replace

from tests.orders.traces import refused
from yizhan.orders import operations
from yizhan.orders.models import SavedFilter


def test_names_and_words_of_all_go(world, at):
    for name in ("王阿姨的", "超期的"):
        operations.keep_filter(name=name, query="due=late", by=world.by.sun, at=at)
    operations.keep_filter(name="我的", query="due=late", by=world.by.ma, at=at)

    assert operations.forget_filters(person=world.sun, by=world.by.sun, at=at) == 2

    kept = SavedFilter.objects.order_by("pk").values_list("person", "name", "query", "ended_at")
    assert list(kept) == [
        (world.sun.pk, "", "", at),
        (world.sun.pk, "", "", at),
        (world.ma.pk, "我的", "due=late", None),
    ]
    by = replace(world.by.zhou, on_behalf_of=world.ma.pk)
    assert operations.forget_filters(person=world.ma, by=by, at=at) == 1


def test_nobody_else_may(world, at):
    operations.keep_filter(name="超期的", query="due=late", by=world.by.sun, at=at)

    with refused("not_yours", "自己存的"):
        operations.forget_filters(person=world.sun, by=world.by.ma, at=at)
