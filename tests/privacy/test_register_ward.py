"""A child is known only through a guardian who agreed, and only by what is needed."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.people.cast import refused_code
from tests.privacy.papers import PAPER, browser, for_person, give, publish, ward_of, withdraw
from yizhan.base.actor import ANONYMOUS, CLOCK
from yizhan.people.models import Person
from yizhan.privacy import queries, rules
from yizhan.privacy.models import AgeBand, Consent, Ward

FORM = {"short_name": "豆豆", "age_band": "8_13", "is_guardian": "on", "number": 1}


def test_the_guardian_registers_a_child_with_the_consent_for_it(published, at):
    ward = ward_of(published, at)

    consent = Consent.objects.get()
    assert (consent.purpose, consent.ward_code, consent.kind) == ("ward", ward.code, "given")
    assert (ward.consent, ward.guardian, ward.age_band, ward.at) == (
        consent,
        published.aunt_wang,
        "8_13",
        at,
    )
    assert ward.short_name.open() == "豆豆"
    assert (ward.ended_at, len(ward.code)) == (None, 10)
    step = ward.steps.get()
    assert (step.kind, step.region_code) == ("registered", "610302002002")
    assert step.facts == {"consent": consent.pk, "age_band": "8_13"}


def test_a_child_has_no_number_no_photo_no_birthday_and_no_account(published, at):
    kept = {field.name for field in Ward._meta.concrete_fields}
    assert kept == {
        "id", "version", "code", "short_name", "age_band", "guardian", "consent", "at", "ended_at",
    }  # fmt: skip
    before = Person.objects.count()
    ward_of(published, at)
    assert Person.objects.count() == before
    assert set(AgeBand.values) == {"under_8", "8_13", "14_17"}


def test_two_children_are_agreed_to_one_by_one(published, at):
    first, second = ward_of(published, at), ward_of(published, at, "苗苗", "under_8")
    withdraw(published, at, "ward", ward_code=first.code)

    aunt = published.aunt_wang
    assert not queries.has_consent(aunt, "ward", at, ward_code=first.code)
    assert queries.has_consent(aunt, "ward", at, ward_code=second.code)
    assert not queries.has_consent(aunt, "ward", at)


def test_the_counter_registers_for_a_guardian_who_signed(published, counter, at):
    ward = ward_of(published, at, by=counter, manner=PAPER)

    assert (ward.guardian, ward.consent.paper) == (published.aunt_wang, "同意书 2026-017")
    assert ward.steps.get().on_behalf_of == published.aunt_wang.pk


def test_refusals(published, counter, at):
    world = published
    Person.objects.filter(pk=world.grandpa_li.pk).update(phone_verified_at=None)
    wrong = {
        "no_phone": {"guardian": world.grandpa_li, "by": world.by.grandpa_li},
        "paper": {"by": counter, "manner": rules.Manner(channel="counter")},
        "channel": {"by": counter},
        "text_changed": {"number": 0},
        "outside": {"by": for_person(world.by.feng, world.aunt_wang), "manner": PAPER},
        "no_power": {"by": for_person(world.by.qian, world.aunt_wang), "manner": PAPER},
    }
    for code, values in wrong.items():
        assert refused_code(lambda values=values: ward_of(world, at, **values)) == code
    for by in (world.by.sun, world.by.grandpa_li, ANONYMOUS, CLOCK):
        assert refused_code(lambda by=by: ward_of(world, at, by=by, manner=PAPER)) == "not_self"
    assert not Ward.objects.exists()
    assert not Consent.objects.exists()


def test_the_database_knows_no_ward_without_its_guardian_s_consent(published, at):
    world = published
    other = give(world, at)
    ward = ward_of(world, at)
    gone = withdraw(world, at, "ward", ward_code=ward.code)
    values = {"short_name": "豆豆", "age_band": "8_13", "at": at}
    impossible = [
        {"guardian": world.aunt_wang},
        {"guardian": world.aunt_wang, "consent": other},
        {"guardian": world.grandpa_li, "consent": ward.consent, "code": ward.code},
        {"guardian": world.aunt_wang, "consent": gone, "code": ward.code},
        {"guardian": world.aunt_wang, "consent": ward.consent, "code": "ANOTHER"},
    ]
    for one in impossible:
        with pytest.raises(IntegrityError), transaction.atomic():
            Ward.objects.create(**values, **one)
    for change in ({"guardian": world.grandpa_li}, {"code": "ANOTHER"}, {"consent": other}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Ward.objects.filter(pk=ward.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ward.objects.filter(pk=ward.pk).update(ended_at=None)


def test_a_guardian_without_a_verified_number_is_none_for_the_database_either(published, at):
    ward = ward_of(published, at)
    consent = ward.consent
    Person.objects.filter(pk=published.aunt_wang.pk).update(phone_verified_at=None)
    with pytest.raises(IntegrityError, match="verified"), transaction.atomic():
        Ward.objects.create(
            code=consent.ward_code,
            short_name="豆豆",
            age_band="8_13",
            guardian=published.aunt_wang,
            consent=consent,
            at=at,
        )


def test_nothing_is_recorded_for_a_ward_without_the_guardian(published, counter, at):
    ward = ward_of(published, at)

    def may(by, when=at):
        ward.refresh_from_db()
        agreed = queries.has_consent(published.aunt_wang, "ward", when, ward_code=ward.code)
        return rules.can_act_for_ward(ward, by, agreed=agreed)

    assert may(published.by.aunt_wang)
    assert may(counter)
    assert may(published.by.sun).code == "not_self"
    assert may(published.by.grandpa_li).code == "not_self"
    publish("ward", "标题\n多记一样", at, asks_again=True)
    assert may(published.by.aunt_wang).code == "no_consent"
    give(published, at, "ward", ward_code=ward.code)
    assert may(published.by.aunt_wang)
    withdraw(published, at, "ward", ward_code=ward.code)
    assert may(published.by.aunt_wang).code == "ended"


# The page


def test_the_guardian_registers_on_the_own_page(published):
    client = browser(published.aunt_wang)
    assert "还没有登记孩子" in client.get("/me/wards/").text
    answer = client.post("/me/wards/register_ward", {**FORM, "command_id": "w"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me/wards/")
    client.post("/me/wards/register_ward", {**FORM, "command_id": "w"})
    ward = Ward.objects.get()
    page = client.get("/me/wards/").text
    assert "豆豆" in page
    assert ward.code in page
    assert "没有工作人员看过" in page
    assert "豆豆" not in browser(published.grandpa_li).get("/me/wards/").text


@pytest.mark.parametrize("missing", ["short_name", "age_band", "is_guardian"])
def test_the_page_says_what_is_missing(published, missing):
    fields = {name: value for name, value in FORM.items() if name != missing}
    answer = browser(published.aunt_wang).post("/me/wards/register_ward", fields)
    assert answer.status_code == 422
    assert "有内容需要修改" in answer.text
    assert not Ward.objects.exists()


def test_new_words_are_agreed_to_for_each_child(published, at):
    ward = ward_of(published, at)
    publish("ward", "标题\n多记一样", at, asks_again=True)
    client = browser(published.aunt_wang)
    assert "要您重新同意" in client.get("/me/wards/").text
    path = f"/me/wards/{ward.code}/give_consent"
    assert browser(published.grandpa_li).post(path, {"number": 2}).status_code == 404
    assert client.post(path, {"number": 1}).status_code == 409
    assert client.post(path, {"number": 2}).status_code == 302
    assert "要您重新同意" not in client.get("/me/wards/").text


def test_the_counter_s_page_keeps_the_name_of_a_child_to_itself(published, at):
    ward = ward_of(published, at)
    client = browser(published.sun)
    path = f"/counter/{published.aunt_wang.code}"
    page = client.get(f"{path}/consents").text
    assert ward.code in page
    assert "豆豆" not in page

    fields = {**FORM, "short_name": "苗苗", "channel": "paper", "paper": "纸 3"}
    assert client.post(f"{path}/register_ward", fields).status_code == 302
    assert client.post(f"{path}/register_ward", {**fields, "paper": ""}).status_code == 409
    assert client.post(f"{path}/register_ward", {**fields, "channel": ""}).status_code == 422
    assert [one.short_name.open() for one in Ward.objects.order_by("pk")] == ["豆豆", "苗苗"]
    assert browser(published.feng).post(f"{path}/register_ward", fields).status_code == 404
