"""确认到场: the street has seen the unit there. Nobody has to."""

from tests.orders.traces import last, refused, step
from tests.whistles.stories import blown, call_of, there
from yizhan.whistles import operations


def confirm(world, at, whistle, who="zhou"):
    by = getattr(world.by, who)
    return operations.confirm_arrival(call=call_of(whistle, "P"), by=by, at=at)


def test_once_and_only_who_is_there(world, at):
    waiting, whistle = blown(world, at), there(world, at)
    call = confirm(world, at, whistle)

    assert (call.state, call.confirmed_at) == ("arrived", at)
    assert last(call) == step("confirmed", world.by.zhou, at)
    for one in (waiting, whistle):
        with refused("wrong_state", "还没有报到，或者已经确认过"):
            confirm(world, at, one)
    with refused("not_your_post", "由吹哨的街道来做"):
        confirm(world, at, whistle, "anju")


def test_the_page(world, at, desk):
    whistle = there(world, at)
    assert desk("zhou").send("whistles:confirm_arrival", whistle.code, "P").status_code == 302
    assert "街道确认到场" in desk("anju").get("whistles:show", whistle.code).text
    assert desk("zhou").send("whistles:confirm_arrival", whistle.code, "P").status_code == 409
