"""Withdrawing is as easy as agreeing, and the ledger keeps both."""

import re

from tests.people.cast import refused_code
from tests.privacy.papers import SAID, browser, for_person, give, ward_of, withdraw
from yizhan.privacy import queries
from yizhan.privacy.models import Consent, Ward


def test_one_withdraws_without_a_reason(published, at):
    given = give(published, at)
    withdrawn = withdraw(published, at)

    assert (withdrawn.kind, withdrawn.seq) == ("withdrawn", 2)
    assert (withdrawn.text, bytes(withdrawn.text_hash)) == (given.text, bytes(given.text_hash))
    assert withdrawn.steps.get().kind == "withdrawn"
    assert not queries.has_consent(published.aunt_wang, "public_name", at)
    assert list(queries.history(published.aunt_wang)) == [withdrawn, given]

    assert give(published, at).seq == 3
    assert queries.has_consent(published.aunt_wang, "public_name", at)


def test_a_telephone_call_is_enough_to_withdraw(published, counter, at):
    give(published, at)
    withdrawn = withdraw(published, at, by=counter, manner=SAID)

    assert (withdrawn.channel, withdrawn.paper) == ("phone", "")
    assert (withdrawn.actor, withdrawn.on_behalf_of) == (published.sun, published.aunt_wang.pk)


def test_refusals(published, at):
    world = published
    assert refused_code(lambda: withdraw(world, at)) == "not_given"
    give(world, at)
    assert refused_code(lambda: withdraw(world, at, by=world.by.sun)) == "not_self"
    outside = for_person(world.by.feng, world.aunt_wang)
    assert refused_code(lambda: withdraw(world, at, by=outside, manner=SAID)) == "outside"
    no_power = for_person(world.by.qian, world.aunt_wang)
    assert refused_code(lambda: withdraw(world, at, by=no_power, manner=SAID)) == "no_power"
    assert Consent.objects.count() == 1


def test_withdrawing_for_a_ward_ends_it(published, at):
    ward = ward_of(published, at)
    withdraw(published, at, "ward", ward_code=ward.code)

    ward = Ward.objects.get()
    assert (ward.ended_at, ward.short_name) == (at, None)
    assert [step.kind for step in ward.steps] == ["registered", "ended"]


def test_the_page_takes_as_many_taps_as_agreeing(published, at):
    client = browser(published.aunt_wang)
    before = client.get("/me/privacy/").text
    give(published, at)
    after = client.get("/me/privacy/").text

    def forms(page, act):
        return re.findall(
            rf'<form method="post" action="/me/privacy/public_name/{act}".*?</form>', page, re.S
        )

    (giving,), (withdrawing,) = forms(before, "give_consent"), forms(after, "withdraw_consent")
    assert [giving.count(part) for part in ("<button", "<textarea", "<select")] == [1, 0, 0]
    assert [withdrawing.count(part) for part in ("<button", "<textarea", "<select")] == [1, 0, 0]

    answer = client.post("/me/privacy/public_name/withdraw_consent", {"command_id": "b"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me/privacy/")
    assert Consent.objects.latest("pk").kind == "withdrawn"
    assert client.post("/me/privacy/public_name/withdraw_consent").status_code == 409
    page = client.get("/me/privacy/").text
    assert "以前同意和撤回的" in page
