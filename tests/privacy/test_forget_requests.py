"""The words of what was asked go with the person; that it was asked stays."""

from dataclasses import replace

from tests.orders.traces import refused
from yizhan.base.models import Remark
from yizhan.privacy import operations
from yizhan.privacy.models import DataRequest


def test_words_and_answers_go(world, at, case):
    mine, other = case("explain").asked, case("explain", who="grandpa_li").asked
    for asked in (mine, other):
        operations.answer_request(asked=asked, words="那天师傅请假了", by=world.by.ma, at=at)

    assert operations.forget_requests(person=world.aunt_wang, by=world.by.aunt_wang, at=at) == 1

    kept = DataRequest.objects.get(pk=mine.pk)
    assert (kept.words, kept.state, kept.kind) == (None, "done", "explain")
    assert DataRequest.objects.get(pk=other.pk).words
    assert [one.text is None for one in Remark.objects.order_by("pk")] == [True, False]


def test_only_ones_own(world, at, case):
    case("explain")
    for by in (world.by.grandpa_li, world.by.sun):
        with refused("not_self", "只有本人"):
            operations.forget_requests(person=world.aunt_wang, by=by, at=at)
    by = replace(world.by.sun, on_behalf_of=world.aunt_wang.pk)
    assert operations.forget_requests(person=world.aunt_wang, by=by, at=at) == 1
