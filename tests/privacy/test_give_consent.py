"""What somebody agrees to is kept with its words, and stays."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.people.cast import refused_code
from tests.privacy.papers import PAPER, SAID, browser, for_person, give, newest, publish, withdraw
from yizhan.base.actor import ANONYMOUS, CLOCK
from yizhan.privacy import queries
from yizhan.privacy.models import Consent, Text
from yizhan.privacy.purposes import ASKED, TOLD
from yizhan.privacy.rules import Manner


def test_one_agrees_on_the_own_page(published, at):
    consent = give(published, at)

    kept, text = Consent.objects.get(), Text.objects.get(purpose="public_name")
    assert kept == consent
    assert (kept.kind, kept.purpose, kept.seq, kept.channel) == ("given", "public_name", 1, "page")
    assert (kept.text, kept.text_number, bytes(kept.text_hash)) == (text, 1, bytes(text.hash))
    assert (kept.person, kept.actor, kept.on_behalf_of) == (
        published.aunt_wang,
        published.aunt_wang,
        None,
    )
    assert (kept.at, kept.paper) == (at, "")
    assert kept.recorded_at is not None
    step = kept.steps.get()
    assert (step.kind, step.actor_id) == ("given", published.aunt_wang.pk)
    assert step.facts == {
        "person": published.aunt_wang.pk,
        "purpose": "public_name",
        "ward": "",
        "text": 1,
        "hash": text.hash_hex,
        "channel": "page",
    }
    assert queries.has_consent(published.aunt_wang, "public_name", at)


def test_one_consent_counts_for_one_purpose_and_one_person(published, at):
    give(published, at)

    for purpose in (*ASKED, *TOLD):
        held = queries.has_consent(published.aunt_wang, purpose.code, at)
        assert held == (purpose.code == "public_name"), purpose.code
    assert not queries.has_consent(published.grandpa_li, "public_name", at)


def test_the_counter_writes_down_what_somebody_says(published, counter, at):
    consent = give(published, at, by=counter, manner=PAPER)

    assert (consent.channel, consent.paper) == ("counter", "同意书 2026-017")
    assert (consent.actor, consent.post_id) == (published.sun, counter.post_id)
    assert (consent.person, consent.on_behalf_of) == (published.aunt_wang, published.aunt_wang.pk)
    step = consent.steps.get()
    assert (step.actor_id, step.on_behalf_of) == (published.sun.pk, published.aunt_wang.pk)
    assert "2026-017" not in str(step.facts)


@pytest.mark.parametrize("purpose", [one.code for one in TOLD])
def test_what_is_a_duty_is_never_asked(published, at, purpose):
    assert refused_code(lambda: give(published, at, purpose)) == "not_asked"
    assert not Consent.objects.exists()


def test_refusals(published, counter, at):
    world = published
    aunt, sun = world.aunt_wang, world.by.sun
    wrong = {
        "not_asked": {"purpose": "unheard_of", "number": 1},
        "text_changed": {"number": 2},
        "paper": {"by": counter, "manner": Manner(channel="paper", paper=" ")},
        "channel": {"manner": PAPER},
        "outside": {"by": for_person(world.by.feng, aunt), "manner": PAPER},
        "no_power": {"by": for_person(world.by.qian, aunt), "manner": PAPER},
        "not_self": {"by": world.by.grandpa_li},
    }
    for code, values in wrong.items():
        assert refused_code(lambda values=values: give(world, at, **values)) == code
    for by in (sun, ANONYMOUS, CLOCK, for_person(sun, world.grandpa_li)):
        assert refused_code(lambda by=by: give(world, at, by=by, manner=PAPER)) == "not_self"
    assert refused_code(lambda: give(world, at, by=counter)) == "channel"
    own = for_person(sun, world.sun)
    assert (
        refused_code(lambda: give(world, at, person=world.sun, by=own, manner=SAID)) == "not_self"
    )
    assert not Consent.objects.exists()


def test_a_consent_without_its_child_is_none(published, at):
    assert refused_code(lambda: give(published, at, "ward")) == "ward"
    assert refused_code(lambda: give(published, at, ward_code="ABC")) == "ward"


def test_the_same_words_are_agreed_to_once(published, at):
    give(published, at)
    assert refused_code(lambda: give(published, at)) == "given"
    assert Consent.objects.count() == 1


def test_words_that_are_not_yet_in_force_cannot_be_agreed_to(published, at):
    publish("public_name", "标题\n新的", at + timedelta(days=3))
    assert refused_code(lambda: give(published, at)) == "text_changed"
    give(published, at, number=1)
    assert queries.has_consent(published.aunt_wang, "public_name", at + timedelta(days=9))


def test_an_older_consent_counts_until_the_words_ask_again(published, at):
    give(published, at)
    publish("public_name", "标题\n改了一个字", at)
    assert queries.has_consent(published.aunt_wang, "public_name", at)

    later = at + timedelta(days=5)
    publish("public_name", "标题\n用处多了一样", later, asks_again=True)
    assert queries.has_consent(published.aunt_wang, "public_name", at)
    assert not queries.has_consent(published.aunt_wang, "public_name", later)
    (line,) = [
        one
        for one in queries.agreements(published.aunt_wang, later)
        if one.purpose.code == "public_name"
    ]
    assert (line.is_on, line.is_asked_again) == (False, True)

    again = give(published, later)
    assert (again.seq, again.text_number) == (2, 3)
    assert queries.has_consent(published.aunt_wang, "public_name", later)
    publish("public_name", "标题\n又改了一个字", later)
    assert queries.has_consent(published.aunt_wang, "public_name", later)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE privacy_consent SET kind = 'withdrawn'",
        "DELETE FROM privacy_consent",
        "TRUNCATE privacy_consent CASCADE",
    ],
)
def test_the_ledger_is_append_only(published, at, statement):
    give(published, at)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Consent.objects.get().kind == "given"


@pytest.mark.parametrize(
    "change",
    [
        {"purpose": "public_photo"},
        {"text_number": 2},
        {"text_hash": b"\0" * 32},
        {"seq": 1},
        {"ward_code": "ABC"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_database_itself_keeps_words_and_order(published, at, change):
    consent = give(published, at)
    values = {"seq": 2} | change
    for name in ("kind", "person", "purpose", "text", "text_number", "text_hash", "channel", "at"):
        values.setdefault(name, getattr(consent, name))
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(**values)


# The page


def test_one_tap_on_the_own_page(published, at):
    client = browser(published.aunt_wang)
    answer = client.post(
        "/me/privacy/public_name/give_consent", {"number": newest("public_name"), "command_id": "a"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me/privacy/")
    consent = Consent.objects.get()
    assert (consent.person, consent.channel) == (published.aunt_wang, "page")

    page = client.get("/me/privacy/").text
    assert "撤回" in page
    assert 'href="/privacy/public_name/text/1"' in page


def test_a_late_tap_is_answered_with_the_page_and_the_reason(published, at):
    give(published, at)
    answer = browser(published.aunt_wang).post(
        "/me/privacy/public_name/give_consent", {"number": 1}
    )
    assert answer.status_code == 409
    assert "已经同意过了" in answer.text


def test_the_tap_without_a_version_agrees_to_nothing(published):
    client = browser(published.aunt_wang)
    assert client.post("/me/privacy/public_name/give_consent").status_code == 409
    assert client.post("/me/privacy/orders/give_consent", {"number": 1}).status_code == 409
    assert client.post("/me/privacy/unheard/give_consent", {"number": 1}).status_code == 404
    assert browser().post("/me/privacy/public_name/give_consent").status_code == 302
    assert not Consent.objects.exists()


def test_staff_in_a_post_still_agree_for_themselves(published, at):
    client = browser(published.sun)
    client.post("/me/privacy/public_name/give_consent", {"number": 1})
    consent = Consent.objects.get()
    assert (consent.person, consent.actor, consent.on_behalf_of) == (
        published.sun,
        published.sun,
        None,
    )


def test_the_page_asks_a_constant_number_of_times(published, at, django_assert_max_num_queries):
    client = browser(published.aunt_wang)
    client.get("/me/privacy/")
    for purpose in ("public_name", "news_text", "auto_match"):
        give(published, at, purpose)
        withdraw(published, at, purpose)
    with django_assert_max_num_queries(14):
        assert client.get("/me/privacy/").status_code == 200
