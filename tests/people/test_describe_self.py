"""One's own name and community."""

import pytest

from yizhan.base.verdict import Refused
from yizhan.people import operations
from yizhan.people.acting import actor_for
from yizhan.people.models import Person


def test_describe_self(town, at):
    by = actor_for(town.aunt)
    person = operations.describe_self(
        person=town.aunt, name="欧阳兰", home=town.second, by=by, at=at
    )
    kept = Person.objects.get(pk=person.pk)
    assert (kept.full_name, kept.home_id) == ("欧阳兰", town.second.pk)
    [step] = kept.steps
    assert (step.kind, step.seq, step.at) == ("described", 2, at)
    assert step.facts == {"home": "619901001002", "named": True}


def test_nobody_describes_another(town, at):
    with pytest.raises(Refused) as refused:
        operations.describe_self(
            person=town.aunt, name="x", home=None, by=actor_for(town.clerk), at=at
        )
    assert refused.value.code == "not_self"


def test_the_page(client, town):
    client.force_login(town.aunt)
    page = client.get("/me/")
    assert "139****0001" in page.text
    assert "欧阳阿姨" in page.text
    typed = {"name": " 欧阳  兰 ", "home": "619901001001", "command_id": "a"}
    answer = client.post("/me/describe_self", typed)
    assert answer.headers["Location"] == "/me/"
    assert client.post("/me/describe_self", typed).status_code == 302
    kept = Person.objects.get(pk=town.aunt.pk)
    assert (kept.full_name, kept.home_id, kept.version) == ("欧阳 兰", town.first.pk, 2)
    assert "已保存" in client.get("/me/").text


def test_what_was_typed_stays_when_it_is_wrong(client, town):
    client.force_login(town.aunt)
    answer = client.post("/me/describe_self", {"name": "长" * 21, "home": ""})
    assert answer.status_code == 422
    assert "长" * 21 in answer.text


def test_visitors_are_asked_to_sign_in(client, town):
    assert client.get("/me/").headers["Location"].startswith("/accounts/login/code/")
    assert client.post("/me/describe_self", {"name": "x"}).status_code == 302
