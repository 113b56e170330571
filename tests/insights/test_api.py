"""The metrics for other systems: who gets them, and the same hiding as on the page."""

import pytest
from django.test import Client

from tests.api.conftest import key_for
from tests.orders.stories import placed, rated
from tests.world import QIAONAN, WEIGONG
from yizhan.base.metrics import REGISTRY


@pytest.fixture
def ask(world, at, monkeypatch):
    monkeypatch.setattr("yizhan.insights.api.now", lambda: at)

    def asked(who, **query):
        key = key_for(getattr(world.by, who).post_id)
        return Client().get("/api/metrics", query, headers={"Authorization": f"Bearer {key}"})

    return asked


def test_every_metric_of_the_own_area(world, at, ask):
    placed(world, at)
    rated(world, at)
    told = ask("sun").json()
    found = {one["code"]: one for one in told["metrics"]}

    assert (told["region"], told["first"], told["last"]) == (WEIGONG, "2026-11-01", "2026-11-30")
    assert list(found) == list(REGISTRY)
    assert found["orders_placed"]["numerator"] == "2"
    assert (found["active_rating_rate"]["words"], found["active_rating_rate"]["denominator"]) == (
        "",
        1,
    )
    satisfied = found["satisfaction_good_rate"]
    assert (satisfied["numerator"], satisfied["denominator"]) == (None, None)


@pytest.mark.parametrize(
    ("who", "query", "status"),
    [
        ("sun", {}, 200),
        ("zhou", {"region": WEIGONG, "period": "week"}, 200),
        ("zhou", {"region": QIAONAN}, 404),
        ("sun", {"region": "610302"}, 404),
        ("zhou", {"region": "610302002999"}, 404),
        ("liu", {}, 404),
        ("chen", {}, 404),
        ("sun", {"period": "day"}, 422),
        ("sun", {"region": "x"}, 422),
        ("sun", {"of": "9999-12-31"}, 200),
        ("sun", {"of": "0001-01-01"}, 422),
    ],
)
def test_who_gets_them(ask, who, query, status):
    assert ask(who, **query).status_code == status


@pytest.mark.django_db
def test_nobody_without_a_key():
    assert Client().get("/api/metrics").status_code == 401
