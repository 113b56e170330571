"""What the API shows of orders, and to whom."""

from tests.orders.stories import accepted, anonymous, dispatched, finished, placed
from yizhan.orders import operations
from yizhan.people.models import Token
from yizhan.privacy.models import Look
from yizhan.ratings.models import Rating

OUTSIDERS = ("grandpa_li", "zhao", "feng", "anju", "qian")


def test_the_list_shows_what_the_post_sees(world, at, machine):
    mine, other = placed(world, at), anonymous(world, at)

    def codes(who):
        return [row["code"] for row in machine(who).get("").json()]

    assert codes("sun") == [other.code, mine.code]
    assert codes("aunt_wang") == [mine.code]
    assert codes("feng") == codes("chen") == []
    assert [row["code"] for row in machine("sun").get(f"?before={other.code}").json()] == [
        mine.code
    ]
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
        "data": None,
    }
    assert machine("he").get("/offers").json()[0]["invited"] is True
    for who in ("zhao", "sun", "aunt_wang"):
        assert machine(who).get("/offers").json() == []


def test_a_demonstration_says_so(world, at, machine, settings):
    dispatched(world, at)
    order = placed(world, at)
    assert machine("sun").get(f"/{order.code}").json()["data"] is None

    settings.DEMO = True
    assert machine("sun").get(f"/{order.code}").json()["data"] == "演示数据"
    assert machine("sun").get("").json()[0]["data"] == "演示数据"
    assert machine("chen").get("/offers").json()[0]["data"] == "演示数据"


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
