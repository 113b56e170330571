"""Staff merge orders about the same, and take it back."""

from typing import Any

import pytest

from tests.duplicates.alike import LIGHT_TOO, RUBBISH, brought, caught_up
from tests.duplicates.door import Open
from tests.orders.stories import entered_for, holder, registered
from yizhan.base.outbox import Notice
from yizhan.base.verdict import Refused
from yizhan.duplicates import operations
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.orders.states import State
from yizhan.privacy.models import Look
from yizhan.ratings.models import Level, Solved


def merged(world: Any, at: Any, main: Order, *others: Order, by: str = "sun") -> Order:
    return operations.merge(main=main, others=others, by=getattr(world.by, by), at=at)


def states(*some: Order) -> list[tuple[str, int | None, int]]:
    rows = [Order.objects.get(pk=one.pk) for one in some]
    return [(row.state, row.main_id, row.joined) for row in rows]


def test_several_go_into_one(world: Any, at: Any) -> None:
    one, two, three = (brought(world, at) for _ in range(3))

    main = merged(world, at, two, one, three)

    assert main.pk == two.pk
    assert states(one, two, three) == [
        (State.MERGED, two.pk, 0), (State.PLACED, None, 2), (State.MERGED, two.pk, 0),
    ]  # fmt: skip
    assert [step.kind for step in main.steps] == ["placed", "joined", "joined"]


def test_all_or_none(world: Any, at: Any) -> None:
    one, two, three = (brought(world, at) for _ in range(3))
    orders.withdraw(order=three, reason="", by=holder(three), at=at)

    with pytest.raises(Refused) as refused:
        merged(world, at, two, one, three)

    assert refused.value.code == "wrong_state"
    assert states(one, two) == [(State.PLACED, None, 0), (State.PLACED, None, 0)]


@pytest.mark.parametrize("by", ["aunt_wang", "chen", "liu", "feng", "qian", "anju"])
def test_only_who_triages_all_of_them(world: Any, at: Any, by: str) -> None:
    with pytest.raises(Refused) as refused:
        merged(world, at, brought(world, at), brought(world, at), by=by)

    assert refused.value.code == "outside"


def test_the_street_merges_across_its_communities(world: Any, at: Any) -> None:
    one = brought(world, at)
    two = brought(world, at, region=world.regions["610302002008"])

    with pytest.raises(Refused) as refused:
        merged(world, at, one, two)
    assert refused.value.code == "outside"

    merged(world, at, one, two, by="zhou")
    assert states(two)[0] == (State.MERGED, one.pk, 0)


def test_nothing_chosen(world: Any, at: Any) -> None:
    main = brought(world, at)

    for others in ((), (main,)):
        with pytest.raises(Refused) as refused:
            merged(world, at, main, *others)
        assert refused.value.code == "nothing"


def test_a_main_order_is_never_merged(world: Any, at: Any) -> None:
    one, two, three = (brought(world, at) for _ in range(3))
    merged(world, at, two, one)

    with pytest.raises(Refused) as refused:
        merged(world, at, three, two)
    assert refused.value.code == "has_joined"
    with pytest.raises(Refused) as refused:
        merged(world, at, one, three)
    assert refused.value.code == "no_main"


def test_what_is_over_takes_nobody_in(world: Any, at: Any) -> None:
    one, two = brought(world, at), brought(world, at)
    orders.withdraw(order=one, reason="", by=holder(one), at=at)

    with pytest.raises(Refused) as refused:
        merged(world, at, one, two)
    assert refused.value.code == "no_main"


def rate(order: Order, by: Any, at: Any) -> Order:
    return orders.rate(order=order, level=Level.GOOD, solved=Solved.YES, words="", by=by, at=at)


def test_everybody_is_answered_and_rates(world: Any, at: Any) -> None:
    """With an account, with a receipt only, and at the counter without a telephone."""
    main = brought(world, at, by=world.by.aunt_wang)
    account = brought(world, at, by=world.by.grandpa_li)
    receipt = brought(world, at)
    person = registered(world, at)
    counter = entered_for(world, person, at)
    merged(world, at, main, account, receipt, counter)
    orders.dispatch(order=main, unit=world.units["B1"], pool=True, by=world.by.sun, at=at)
    orders.accept(order=main, by=world.by.chen, at=at)
    orders.finish(order=main, result="换了灯泡", by=world.by.chen, at=at)

    for order in (account, receipt, counter):
        told = Notice.objects.filter(subject_id=order.pk, kind="order_finished")
        assert told.count() == 1
    rate(account, world.by.grandpa_li, at)
    rate(receipt, holder(receipt), at)
    rate(counter, holder(counter), at)
    rate(main, world.by.aunt_wang, at)
    assert [state for state, _, _ in states(main, account, receipt, counter)] == ["rated"] * 4


def test_the_order_page_tells_of_likely_ones(world: Any, at: Any, door: Open) -> None:
    brought(world, at)
    newer = brought(world, at, LIGHT_TOO)
    other = brought(world, at, RUBBISH, category="environment_rubbish")
    caught_up(at)
    sun = door("sun")

    page = sun.get("orders:show", newer.code).text
    assert "可能有人提过同一件事" in page
    assert f"/duplicates/{newer.code}/compare" in page
    assert "可能有人提过" not in sun.get("orders:show", other.code).text
    assert "可能有人提过" not in door("liu").get("orders:pool").text


def test_side_by_side_and_back(world: Any, at: Any, door: Open) -> None:
    older, newer = brought(world, at), brought(world, at, LIGHT_TOO)
    caught_up(at)
    sun = door("sun")

    page = sun.get("duplicates:compare", newer.code).text
    assert older.words.open() in page
    assert newer.words.open() in page
    assert f'name="main" value="{older.code}" checked' in page
    assert Look.objects.filter(subject_id__in=[older.pk, newer.pk]).count() == 2

    done = sun.send("duplicates:merge", newer.code, main=older.code, others=[newer.code])
    assert done.headers["Location"] == f"/duplicates/{older.code}/compare"
    assert "已经并进来的" in sun.get("duplicates:compare", older.code).text
    assert "已经并入" in sun.get("duplicates:compare", newer.code).text
    assert "一起办的单子" in sun.get("orders:show", older.code).text
    assert "已并入同一件事的单子" in sun.get("orders:show", newer.code).text

    back = sun.send("duplicates:fold_out", newer.code)
    assert back.status_code == 302
    assert states(older, newer) == [(State.PLACED, None, 0), (State.PLACED, None, 0)]


def test_a_refusal_is_said_on_the_page(world: Any, at: Any, door: Open) -> None:
    older, newer = brought(world, at), brought(world, at, LIGHT_TOO)
    caught_up(at)
    sun = door("sun")

    answer = sun.send("duplicates:merge", newer.code, main=older.code)
    assert answer.status_code == 409
    assert "请勾选要并进去的单子" in answer.text
    orders.withdraw(order=newer, reason="", by=holder(newer), at=at)
    answer = sun.send("duplicates:merge", newer.code, main=older.code, others=[newer.code])
    assert answer.status_code == 409
    assert sun.send("duplicates:fold_out", newer.code).status_code == 409


def test_by_its_number(world: Any, at: Any, door: Open) -> None:
    order, other = brought(world, at), brought(world, at, RUBBISH)
    far = brought(world, at, region=world.regions["610302005013"])
    sun = door("sun")

    assert other.words.open() in sun.get("duplicates:compare", order.code, code=other.code).text
    for code in (far.code, "ZZZZZZZZZZ", "\0"):
        page = sun.get("duplicates:compare", order.code, code=code).text
        assert far.words.open() not in page or code != far.code
        assert page.count("作主单") == 0


@pytest.mark.parametrize("verb", ["compare", "merge", "fold_out", "tell_apart", "attach"])
@pytest.mark.parametrize("who", ["grandpa_li", "zhao", "feng", "anju", "qian", "liu"])
def test_nobody_else_learns_of_it(world: Any, at: Any, door: Open, who: str, verb: str) -> None:
    order = brought(world, at, by=world.by.aunt_wang)
    visitor = door(who)
    name = f"duplicates:{verb}"
    answer = visitor.get(name, order.code) if verb == "compare" else visitor.send(name, order.code)

    assert answer.status_code == 404


def test_strangers_sign_in(world: Any, at: Any, door: Open) -> None:
    order = brought(world, at)
    for name in ("compare", "attach"):
        answer = door().get(f"duplicates:{name}", order.code)
        assert answer.headers["Location"].startswith("/accounts/")
    assert door().get("duplicates:pairs").status_code == 302
