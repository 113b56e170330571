"""What this package keeps about a person: their copy of it, and how it ends."""

from tests.privacy.papers import give, ward_of
from yizhan.base.actor import CLOCK
from yizhan.privacy import queries
from yizhan.privacy.holdings import HOLDINGS
from yizhan.privacy.models import Consent, Ward


def test_a_person_gets_a_copy_of_ledger_and_wards(published, at):
    give(published, at)
    ward = ward_of(published, at)

    for_ward, by_name = HOLDINGS["consents"].copy(published.aunt_wang)
    assert (by_name["什么"], by_name["怎样"]) == ("公开显示我的名字", "同意")
    assert for_ward["什么"] == "替孩子办事"
    (child,) = HOLDINGS["ward"].copy(published.aunt_wang)
    assert (child["编号"], child["小名"]) == (ward.code, "豆豆")
    assert HOLDINGS["ward"].copy(published.grandpa_li) == []


def test_whoever_is_forgotten_agrees_to_nothing_any_more(published, at):
    aunt = published.aunt_wang
    for number, by in enumerate((published.by.aunt_wang, published.by.sun, CLOCK)):
        give(published, at)
        ward_of(published, at)
        assert HOLDINGS["consents"].forget(aunt, by, at) == 1
        assert HOLDINGS["ward"].forget(aunt, by, at) == 1
        assert HOLDINGS["ward"].forget(aunt, by, at) == 0
        assert not queries.has_consent(aunt, "public_name", at)
        assert Ward.objects.count() == number + 1
    assert not Ward.objects.current().exists()
    assert Consent.objects.filter(kind="withdrawn").count() == 6


def test_the_street_s_desk_ends_what_it_cannot_begin(published, at):
    aunt, desk = published.aunt_wang, published.by.zhou
    give(published, at)
    assert HOLDINGS["consents"].forget(aunt, desk, at) == 1
    line = Consent.objects.latest("pk")
    assert (line.actor_id, line.on_behalf_of) == (desk.person_id, aunt.pk)
