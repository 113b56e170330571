"""Two fingers at once: one line in the ledger."""

from tests.orders.test_accept_race import act, at_once, codes
from tests.privacy.papers import PAPER, for_person, give, ward_of, withdraw
from yizhan.privacy import operations, queries
from yizhan.privacy.models import Consent, Ward


def test_eight_taps_agree_once(race_db, at):
    operations.load_reference()
    outcomes = at_once([act(give, world=race_db, at=at) for _ in range(8)])

    assert codes(outcomes) == {"won": 1, "given": 7}
    assert [(one.kind, one.seq) for one in Consent.objects.all()] == [("given", 1)]


def test_agreeing_on_the_page_and_withdrawing_at_the_counter(race_db, at):
    operations.load_reference()
    counter = for_person(race_db.by.sun, race_db.aunt_wang)
    give(race_db, at)
    for _ in range(5):
        outcomes = at_once(
            [
                act(withdraw, world=race_db, at=at),
                act(withdraw, world=race_db, at=at, by=counter, manner=PAPER),
            ]
        )
        assert codes(outcomes) == {"won": 1, "not_given": 1}
        assert not queries.has_consent(race_db.aunt_wang, "public_name", at)
        give(race_db, at)
    seqs = list(Consent.objects.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, 12))


def test_a_ward_ends_once(race_db, at):
    operations.load_reference()
    ward = ward_of(race_db, at)
    by = race_db.by.aunt_wang
    outcomes = at_once([act(operations.end_ward, ward=ward, by=by, at=at) for _ in range(4)])

    assert codes(outcomes) == {"won": 1, "ended": 3}
    assert [one.kind for one in Consent.objects.order_by("seq")] == ["given", "withdrawn"]
    assert Ward.objects.get().version == 2
