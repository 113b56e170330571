"""The acts on orders as JSON: the same rules, answers and history as on the pages."""

import pytest

from tests.orders import stories
from tests.orders.stories import accepted, anonymous, dispatched, finished, invited, placed
from tests.orders.traces import kinds, last, step, traces
from yizhan.base.codes import is_receipt
from yizhan.base.models import Notice
from yizhan.orders import operations
from yizhan.orders.models import Invitation, Order
from yizhan.people.models import Token
from yizhan.privacy.models import Look
from yizhan.ratings.models import Rating

WISH = {"words": "三单元的楼道灯不亮", "region": "610302002002", "category": "daily_repair"}
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
    shown_to_people_only = {"reveal"}

    assert set(ACTS) == set(operations.__all__) - new - shown_to_people_only


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


def test_a_stale_amendment_names_both_values(world, at, machine):
    order = operations.admit(order=placed(world, at), by=world.by.sun, at=at)
    answer = machine("sun").send(f"/{order.code}/amend", **ACTS["amend"][2])

    assert (answer.status_code, answer.json()["code"]) == (409, "stale")
    assert "「家庭小修，家庭小修」" in answer.json()["reason"]
    assert "「微心愿，换灯泡」" in answer.json()["reason"]


# Placing


def test_placing_as_a_resident(world, at, machine):
    answer = machine("aunt_wang").send("", **WISH, contact_phone="13800000001", place="三单元")

    order = Order.objects.get()
    told = answer.json()
    assert answer.status_code == 201
    assert is_receipt(told["receipt"])
    assert told["receipt"] == order.receipt_code
    assert (told["state"], told["state_name"], told["words"]) == ("placed", "待受理", WISH["words"])
    assert (order.author, order.place.open(), order.placed_at) == (world.aunt_wang, "三单元", at)
    facts = {"source": "phone_page", "category": "daily_repair", "station": "", "photos": 0}
    assert last(order) == step("placed", world.by.aunt_wang, at, **facts)
    assert "withdraw" in told["may"]
    assert "13800000001" not in answer.text


def test_entering_as_staff(world, machine):
    answer = machine("qian").send("/enter", **WISH, source="caller")

    order = Order.objects.get()
    assert answer.status_code == 201
    assert (order.source, order.entered_by, order.author) == ("caller", world.qian, None)


def test_entering_is_refused_with_code_and_reason(machine):
    answer = machine("feng").send("/enter", **WISH, source="caller")

    told = {"code": "outside", "reason": "这个地方不在您的辖区"}
    assert (answer.status_code, answer.json()) == (409, told)
    assert not Order.objects.exists()


def test_asking_for_a_call(world, machine):
    answer = machine("aunt_wang").send("/call_back", phone="13800000001", region="610302002002")

    order = Order.objects.get()
    assert (answer.status_code, order.source, order.author) == (201, "call_back", world.aunt_wang)


def test_an_exit_is_409_and_says_where_to_go(machine):
    answer = machine("aunt_wang").send("", **{**WISH, "category": "emergency"})

    assert (answer.status_code, answer.json()["code"]) == (409, "exit_emergency")
    assert "马上拨打" in answer.json()["reason"]


@pytest.mark.parametrize("path", ["", "/enter", "/call_back"])
def test_placing_needs_a_key(machine, path):
    sent = {**WISH, "source": "caller", "phone": "13800000001"}

    assert machine().send(path, **sent).status_code == 401
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"words": "灯"},
        {"words": "长" * 1001},
        {"region": None},
        {"region": "610302999999"},
        {"region": "610302100001"},
        {"category": "nothing"},
        {"station": "NONE"},
        {"contact_phone": "12"},
        {"contact_phone": "13800000001\n"},
        {"words": "三单元\x00的灯不亮"},
        {"place": "\x00"},
    ],
)
def test_what_is_wrong_is_422(machine, fields):
    answer = machine("aunt_wang").send("", **{**WISH, **fields})

    assert (answer.status_code, list(answer.json())) == (422, ["detail"])
    assert not Order.objects.exists()


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


# Idempotency


def test_the_same_key_gives_the_same_order(machine):
    system = machine("qian")
    first, second = (system.send("/enter", once="k1", **WISH, source="caller") for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert Order.objects.count() == 1


def test_the_same_key_with_other_words_is_refused(machine):
    system = machine("qian")
    system.send("/enter", once="k1", **WISH, source="caller")
    answer = system.send("/enter", once="k1", **WISH, source="walk_in")

    assert (answer.status_code, answer.json()["code"]) == (409, "command_reused")
    assert Order.objects.count() == 1


def test_the_same_key_on_another_order_is_refused(world, at, machine):
    one, two = placed(world, at), placed(world, at)
    system = machine("sun")
    system.send(f"/{one.code}/admit", once="k1")

    assert system.send(f"/{two.code}/admit", once="k1").json()["code"] == "command_reused"
    two.refresh_from_db()
    assert two.state == "placed"


def test_a_repeated_act_is_done_once(world, at, machine):
    order, system = placed(world, at), machine("sun")
    sent = [system.send(f"/{order.code}/admit", once="k1").status_code for _ in range(2)]

    assert sent == [200, 200]
    assert kinds(order) == ["placed", "admitted"]
    assert Notice.objects.filter(kind="order_admitted").count() == 1


def test_a_refusal_is_repeated_too(world, at, machine):
    order, system = dispatched(world, at), machine("sun")
    first = system.send(f"/{order.code}/admit", once="k1")

    assert first.status_code == 409
    assert system.send(f"/{order.code}/admit", once="k1").json() == first.json()


def test_two_systems_may_use_the_same_key(machine):
    for who in ("qian", "sun"):
        assert machine(who).send("/enter", once="k1", **WISH, source="caller").status_code == 201

    assert Order.objects.count() == 2


# Reading


def test_the_list_shows_what_the_post_sees(world, at, machine):
    mine, other = placed(world, at), anonymous(world, at)

    def codes(who):
        return [row["code"] for row in machine(who).get("").json()]

    assert codes("sun") == [other.code, mine.code]
    assert codes("aunt_wang") == [mine.code]
    assert codes("feng") == codes("chen") == []
    assert [row["code"] for row in machine("sun").get(f"?before={other.pk}").json()] == [mine.code]
    assert machine().get("").status_code == 401


def test_an_order_says_what_may_be_done_and_is_looked_at(world, at, machine):
    order = placed(world, at)
    told = machine("sun").get(f"/{order.code}").json()

    assert set(told["may"]) == {"admit", "ask", "amend", "turn_away", "dispatch", "reveal"}
    assert list(Look.objects.values_list("kind", "actor", "via")) == [("open", world.sun.pk, "api")]
    assert "13800000001" not in str(told)
    assert "receipt" not in told


def test_an_order_without_a_key_or_from_outside(world, at, machine):
    order = accepted(world, at)

    assert machine().get(f"/{order.code}").status_code == 401
    for who in OUTSIDERS:
        assert machine(who).get(f"/{order.code}").status_code == 404
    assert not Look.objects.exists()


def test_a_receipt_code_is_no_key_of_the_api(world, at, machine):
    order = placed(world, at)

    assert machine("grandpa_li").get(f"/{order.receipt_code}").status_code == 404
    assert machine().get(f"/{order.receipt_code}").status_code == 401


def test_offers_say_no_more_than_the_page(world, at, machine):
    order = dispatched(world, at)
    operations.invite(order=order, people=[world.he], by=world.by.sun, at=at)

    [offer] = machine("chen").get("/offers").json()
    assert offer == {
        "code": order.code,
        "brief": "家庭小修",
        "rough_area": "渭工路一带",
        "skill": "水电维修",
        "finish_by": "2026-11-27T10:00:00Z",
        "invited": False,
    }
    assert machine("he").get("/offers").json()[0]["invited"] is True
    for who in ("zhao", "sun", "aunt_wang"):
        assert machine(who).get("/offers").json() == []


def test_a_demonstration_says_so(world, at, machine, settings):
    order = placed(world, at)
    assert machine("sun").get(f"/{order.code}").json()["data"] is None

    settings.DEMO = True
    assert machine("sun").get(f"/{order.code}").json()["data"] == "演示数据"
    assert machine("sun").get("").json()[0]["data"] == "演示数据"


def test_ratings_are_kept_and_not_told(world, at, machine):
    order = finished(world, at)
    machine("aunt_wang").send(f"/{order.code}/rate", level=1, solved="no", words="没修好")

    assert Rating.objects.get().level == 1
    told = machine("chen").get(f"/{order.code}").text
    assert not [word for word in ("level", "solved", "没修好", "非常不满意") if word in told]


def test_a_retired_key_is_401(world, at, machine):
    system = machine("sun")

    Token.objects.update(ends_at=at.replace(year=2020))
    assert system.get("").status_code == 401
