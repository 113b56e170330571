import json

import pytest
from django.test import RequestFactory

from yizhan.base.verdict import Refused
from yizhan.base.web import RefusalMiddleware, fingerprint


@pytest.fixture
def post():
    def send(path="/x", content=None, **more):
        return RequestFactory().post(path, content or {}, **more)

    return send


def test_the_fingerprint_is_of_path_and_content_without_the_command(post):
    base = fingerprint(post(content={"a": "1", "command_id": "k", "csrfmiddlewaretoken": "t"}))

    assert base == fingerprint(post(content={"a": "1", "command_id": "other"}))
    assert base != fingerprint(post(content={"a": "2"}))
    assert base != fingerprint(post(path="/y", content={"a": "1"}))


def test_json_counts_as_it_was_sent(post):
    def of(content):
        return fingerprint(post(content=json.dumps(content), content_type="application/json"))

    assert of({"a": 1}) == of({"a": 1})
    assert of({"a": 1}) != of({"a": 2})


def test_a_refusal_is_409_for_machines(post):
    answer = RefusalMiddleware(lambda request: None).process_exception(
        post(path="/api/orders/1/accept"), Refused("late", "已经有人接单了")
    )

    assert answer.status_code == 409
    assert json.loads(answer.content) == {"code": "late", "reason": "已经有人接单了"}


def test_other_errors_are_left_alone(post):
    middleware = RefusalMiddleware(lambda request: None)

    assert middleware.process_exception(post(), ValueError()) is None
