"""The acts on orders as JSON: the same rules, answers and history as on the pages."""

import pytest

from tests.orders import stories
from tests.orders.stories import accepted, dispatched, finished, invited, placed
from tests.orders.traces import last, traces
from yizhan.orders import operations
from yizhan.orders.models import Invitation


def received(world, at):
    return operations.admit(order=placed(world, at), by=world.by.sun, at=at)


def extension_asked(world, at):
    order, why = accepted(world, at), "等零件"
    return operations.ask_extension(order=order, days=2, reason=why, by=world.by.chen, at=at)


# For each act: an order it fits, who does it, what is sent, and the state afterwards.
ACTS = {
    "admit": (placed, "sun", {}, "received"),
    "ask": (placed, "sun", {"words": "住几楼？"}, "asking"),
    "answer": (stories.asked, "aunt_wang", {"words": "住二楼"}, "received"),
    "amend": (
        placed,
        "sun",
        {"category": "wish_small", "brief": "换灯泡", "version": 1},
        "placed",
    ),
    "turn_away": (placed, "sun", {"words": "请到政务大厅"}, "turned_away"),
    "dispatch": (placed, "sun", {"unit": "B1", "pool": True}, "dispatched"),
    "invite": (dispatched, "liu", {"people": ["chen"]}, "dispatched"),
    "accept": (dispatched, "chen", {}, "accepted"),
    "decline": (invited, "chen", {}, "dispatched"),
    "send_back": (accepted, "chen", {"words": "没有梯子"}, "dispatched"),
    "hand_over": (accepted, "chen", {"to": "he"}, "accepted"),
    "finish": (accepted, "chen", {"words": "换好了"}, "finished"),
    "rate": (finished, "aunt_wang", {"level": 2, "solved": "partly", "words": "还有点暗"}, "rated"),
    "reopen": (finished, "aunt_wang", {"words": "又坏了"}, "received"),
    "undo": (received, "sun", {}, "placed"),
    "escalate": (received, "ma", {"words": "要挖路"}, "escalated"),
    "send_down": (stories.escalated, "zhou", {"words": "物业能办"}, "received"),
    "call_in": (dispatched, "sun", {}, "received"),
    "contact": (accepted, "chen", {"how": "phone"}, "accepted"),
    "ask_extension": (accepted, "chen", {"days": 2, "words": "等零件"}, "accepted"),
    "grant_extension": (extension_asked, "sun", {"words": "零件后天到"}, "accepted"),
    "refuse_extension": (extension_asked, "sun", {"words": "换人来办"}, "accepted"),
    "withdraw": (placed, "aunt_wang", {"words": "不用了"}, "withdrawn"),
}
SILENT = ("decline", "send_back")
OUTSIDERS = ("grandpa_li", "zhao", "feng", "anju", "qian")


def body(world, sent):
    """What is sent, with persons' codes for the names in the table."""
    sent = dict(sent)
    if "people" in sent:
        sent["people"] = [getattr(world, key).code for key in sent["people"]]
    if "to" in sent:
        sent["to"] = getattr(world, sent["to"]).code
    return sent


def test_every_act_is_in_the_table():
    new = {"place", "enter", "call_back"}
    shown_to_people_only = {"reveal", "keep_filter", "drop_filter", "hand_paper"}
    by_a_desk_or_the_clock = {
        "forget_asker", "forget_photos", "erase_words", "forget_filters", "recompute_provisional",
        "open_pool",
    }  # fmt: skip
    inside_others = {
        "answer_folded", "turn_folded_away", "release_folded", "part", "dispute", "settle",
        "set_aside", "take_up", "conclude", "fold_in", "fold_out",
    }  # fmt: skip

    assert set(ACTS) == set(operations.__all__) - (
        new | shown_to_people_only | by_a_desk_or_the_clock | inside_others
    )


@pytest.mark.parametrize("verb", ACTS)
def test_an_act(world, at, machine, verb):
    story, who, sent, state = ACTS[verb]
    order = story(world, at)
    answer = machine(who).send(f"/{order.code}/{verb}", **body(world, sent))

    order.refresh_from_db()
    assert order.state == state
    if verb in SILENT:
        assert (answer.status_code, answer.content) == (204, b"")
    else:
        told = answer.json()
        assert answer.status_code == 200
        assert (told["code"], told["state"], told["version"]) == (order.code, state, order.version)
    subject = Invitation.objects.get() if verb in ("invite", "decline", "hand_over") else order
    assert last(subject)["actor"] == getattr(world, who).pk
    assert subject.steps.last().via == "api"


@pytest.mark.parametrize("verb", ACTS)
def test_without_a_key_nobody_acts(world, at, machine, verb):
    story, _, sent, _ = ACTS[verb]
    order = story(world, at)
    before = traces()

    assert machine().send(f"/{order.code}/{verb}", **body(world, sent)).status_code == 401
    assert traces() == before


@pytest.mark.parametrize("verb", ACTS)
def test_outsiders_learn_nothing(world, at, machine, verb):
    story, _, sent, _ = ACTS[verb]
    order = story(world, at)
    before = traces()

    for who in OUTSIDERS:
        answer = machine(who).send(f"/{order.code}/{verb}", **body(world, sent))
        assert (answer.status_code, order.code in answer.text) == (404, False), who
    assert traces() == before


LATE = {
    "admit": (dispatched, "wrong_state", "这张单子已经受理"),
    "ask": (dispatched, "wrong_state", "现在不用再请点单人补充"),
    "answer": (placed, "wrong_state", "现在没有要补充的问题"),
    "amend": (finished, "wrong_state", "已经办结，不能再改分类"),
    "turn_away": (dispatched, "wrong_state", "这张单子已经派出，不能再告知去处"),
    "dispatch": (dispatched, "wrong_state", "这张单子已经派出"),
    "invite": (accepted, "wrong_state", "派单之后、有人接单之前，才能发出邀请"),
    "send_back": (finished, "wrong_state", "这张单子已不在您手上"),
    "hand_over": (finished, "wrong_state", "这张单子已不在办理中"),
    "finish": (finished, "wrong_state", "这张单子不在办理中"),
    "rate": (stories.rated, "wrong_state", "办结后才能评单"),
    "reopen": (placed, "wrong_state", "办结之后才能要求再办"),
    "withdraw": (accepted, "too_late", "已经有人在办，不能撤回了"),
}


@pytest.mark.parametrize("verb", LATE)
def test_too_late_is_409_with_code_and_reason(world, at, machine, verb):
    story, code, reason = LATE[verb]
    _, who, sent, _ = ACTS[verb]
    order = story(world, at)
    before = traces()
    answer = machine(who).send(f"/{order.code}/{verb}", **body(world, sent))

    assert (answer.status_code, answer.json()) == (409, {"code": code, "reason": reason})
    assert traces() == before


@pytest.mark.parametrize(("verb", "code"), [("accept", "taken"), ("decline", "not_invited")])
def test_who_was_asked_hears_that_another_was_quicker(world, at, machine, verb, code):
    order = invited(world, at, world.chen, world.he)
    operations.accept(order=order, by=world.by.he, at=at)

    answer = machine("chen").send(f"/{order.code}/{verb}")
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert machine("chen").get(f"/{order.code}").status_code == 404


def test_what_invited_people_read_is_asked_about(world, at, machine):
    order, sent = placed(world, at), {**ACTS["amend"][2], "brief": "换灯泡，打13800001234"}
    answer = machine("sun").send(f"/{order.code}/amend", **sent)

    assert (answer.status_code, answer.json()["code"]) == (409, "personal_data")
    sent["kept"] = {"13800001234": "office"}
    assert machine("sun").send(f"/{order.code}/amend", **sent).status_code == 200
    order.refresh_from_db()
    assert last(order)["facts"]["kept"] == ["phone:office"]


def test_a_stale_amendment_names_both_values(world, at, machine):
    order = operations.admit(order=placed(world, at), by=world.by.sun, at=at)
    answer = machine("sun").send(f"/{order.code}/amend", **ACTS["amend"][2])

    assert (answer.status_code, answer.json()["code"]) == (409, "stale")
    assert "「家庭小修，家庭小修」" in answer.json()["reason"]
    assert "「微心愿，换灯泡」" in answer.json()["reason"]


@pytest.mark.parametrize(
    ("verb", "sent"),
    [
        ("ask", {"words": ""}),
        ("ask", {}),
        ("amend", {"category": "legal", "brief": "x", "version": 1}),
        ("amend", {"category": "wish_small", "brief": "", "version": 1}),
        ("amend", {"category": "wish_small", "brief": "换灯", "version": 0}),
        ("amend", {"category": "wish_small", "brief": "换\x00灯", "version": 1}),
        ("amend", {"category": "wish_small", "brief": "   ", "version": 1}),
        ("dispatch", {"unit": "nowhere"}),
        ("invite", {"people": []}),
        ("invite", {"people": ["ZZZZZZZZZZ"]}),
        ("hand_over", {"to": "ZZZZZZZZZZ"}),
        ("rate", {"level": 6, "solved": "yes"}),
        ("rate", {"level": 5, "solved": "maybe"}),
        ("rate", {"level": 5}),
    ],
)
def test_a_wrong_body_is_422(world, at, machine, verb, sent):
    order = placed(world, at)
    before = traces()

    assert machine("sun").send(f"/{order.code}/{verb}", **sent).status_code == 422
    assert traces() == before
