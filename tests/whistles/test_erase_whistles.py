"""What is written on whistles goes with the words of their order."""

from tests.whistles.stories import MATTER, STREET, call_of, closed
from yizhan.base.models import Remark
from yizhan.orders import operations as orders
from yizhan.whistles import operations
from yizhan.whistles.models import Assessment


def test_the_words_go_and_who_was_called_stays(world, at, desk):
    whistle = closed(world, at)
    operations.assess_call(
        call=call_of(whistle, "P"), levels=STREET, words="来得快", by=world.by.zhou, at=at
    )
    order = orders.turn_away(order=whistle.order, words="请到物业办", by=world.by.zhou, at=at)
    before = Remark.objects.filter(erased_at=None).count()

    orders.erase_words(order=order, by=world.by.aunt_wang, at=at)

    whistle.refresh_from_db()
    assert (whistle.matter, whistle.place) == ("", "")
    assert whistle.steps.last().kind == "erased"
    assert Assessment.objects.get().words == ""
    assert Assessment.objects.get().levels == STREET
    assert Remark.objects.filter(erased_at=None).count() < before
    for text in (
        desk("zhou").get("whistles:show", whistle.code).text,
        desk("anju").get("whistles:calls").text,
    ):
        assert "内容已按规定隐去" in text
        for words in (MATTER, "险情排除", "松动的瓷砖都清了", "来得快"):
            assert words not in text
    assert call_of(whistle, "P").state == "done"
