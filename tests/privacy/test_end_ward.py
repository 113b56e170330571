"""When the guardian agrees no longer, the child's name goes and the number of children stays."""

from tests.people.cast import refused_code
from tests.privacy.papers import SAID, browser, for_person, ward_of
from yizhan.privacy.models import Consent, Ward
from yizhan.privacy.operations import end_ward


def test_the_guardian_ends_it(published, at):
    ward = end_ward(ward=ward_of(published, at), by=published.by.aunt_wang, at=at)

    assert (ward.short_name, ward.ended_at, ward.age_band) == (None, at, "8_13")
    gone = Consent.objects.latest("pk")
    assert (gone.kind, gone.seq, gone.ward_code) == ("withdrawn", 2, ward.code)
    registered, ended = ward.steps
    assert (registered.kind, ended.kind) == ("registered", "ended")
    assert ended.facts == {"consent": gone.pk}


def test_a_telephone_call_is_enough(published, counter, at):
    ward = end_ward(ward=ward_of(published, at), by=counter, at=at, manner=SAID)
    assert ward.ended_at == at
    assert Consent.objects.latest("pk").channel == "phone"


def test_refusals(published, at):
    world = published
    ward = ward_of(world, at)
    outside = for_person(world.by.feng, world.aunt_wang)
    wrong = (("not_self", world.by.sun), ("not_self", world.by.grandpa_li), ("outside", outside))
    for code, by in wrong:
        assert refused_code(lambda by=by: end_ward(ward=ward, by=by, at=at)) == code
    end_ward(ward=ward, by=world.by.aunt_wang, at=at)
    assert refused_code(lambda: end_ward(ward=ward, by=world.by.aunt_wang, at=at)) == "ended"


def test_the_page_of_the_guardian_and_of_the_counter(published, at):
    first, second = ward_of(published, at), ward_of(published, at, "苗苗")
    path = f"/me/wards/{first.code}/end_ward"
    assert browser(published.grandpa_li).post(path).status_code == 404
    client = browser(published.aunt_wang)
    assert client.post(path).status_code == 302
    assert client.post(path).status_code == 409
    assert "豆豆" not in client.get("/me/wards/").text

    path = f"/counter/{published.aunt_wang.code}/{second.code}/end_ward"
    assert browser(published.feng).post(path, {"channel": "phone"}).status_code == 404
    staff = browser(published.sun)
    assert staff.post(path).status_code == 422
    assert staff.post(path, {"channel": "phone"}).status_code == 302
    assert not Ward.objects.current().exists()
