from datetime import timedelta

import pytest
from django.db import connection

from tests.database import as_superuser
from yizhan.base import chain
from yizhan.base.models import Follower, Head, Remark, Seal, Step, Unsealed


@pytest.fixture
def sealed(lamp, by, at):
    """Four steps of one lamp, in the chain."""
    lamp.move("lit", by=by, at=at)
    lamp.note("wished", by=by, at=at, remark="愿亮到天明")
    lamp.move("dark", by=by, at=at)
    chain.seal_waiting(at=at)
    return list(lamp.steps)


def tamper(statement, *values):
    connection.check_constraints()  # what waits for the commit is checked before, as it was in life
    with as_superuser(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def sentences():
    return [fault.sentence for fault in chain.verify()]


def test_each_step_waits_and_is_sealed_once_without_gaps(lamp, by, at):
    chain.seal_waiting(at=at)
    lamp.move("lit", by=by, at=at)
    assert Unsealed.objects.count() == 1

    assert chain.seal_waiting(at=at) == 1
    assert chain.seal_waiting(at=at) == 0
    positions = list(Seal.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, Step.objects.count() + 1))


def test_sealing_in_small_batches_gives_the_same_chain(lamp, by, at):
    for state in ("lit", "dark", "lit"):
        lamp.move(state, by=by, at=at)
    while chain.seal_waiting(at=at, limit=2):
        pass

    assert chain.verify() == []
    assert not Unsealed.objects.exists()


def test_an_untouched_chain_is_clean(sealed):
    assert chain.verify() == []


def test_a_changed_step_is_found_and_named(sealed):
    step = sealed[1]
    tamper("UPDATE base_step SET actor_id = NULL WHERE id = %s", step.pk)

    [sentence] = sentences()
    assert f"历史记录 {step.pk}（base.lamp:{step.subject_id} 第 2 步）" in sentence


@pytest.mark.parametrize(
    "change", ["at = at + interval '1 second'", "facts = '{}'", "kind = 'hung'", "recorded_at = at"]
)
def test_every_column_is_covered(sealed, change):
    tamper(f"UPDATE base_step SET {change} WHERE id = %s", sealed[1].pk)

    assert len(sentences()) == 1


def test_a_deleted_step_is_found(sealed):
    tamper("DELETE FROM base_step WHERE id = %s", sealed[1].pk)

    assert any(f"历史记录 {sealed[1].pk} 被删除" in sentence for sentence in sentences())


def test_a_step_taken_out_with_its_seal_is_found(sealed):
    position = sealed[1].seal.position
    tamper("DELETE FROM base_seal WHERE step_id = %s", sealed[1].pk)
    tamper("DELETE FROM base_step WHERE id = %s", sealed[1].pk)

    assert f"第 {position} 号封存记录不见了" in sentences()


def test_a_step_that_was_slipped_past_the_chain_is_found(sealed, lamp, by, at):
    step = lamp.move("lit", by=by, at=at)
    Unsealed.objects.filter(pk=step.pk).delete()

    assert sentences() == [f"历史记录 {step.pk} 既未封存也不在待封存之列"]


def test_a_chain_cut_short_is_found_by_the_head_of_the_day(sealed, at):
    head = chain.keep_head(at=at + timedelta(days=1))
    assert head == chain.keep_head(at=at + timedelta(days=1))
    assert (head.position, bytes(head.hash)) == (
        sealed[-1].seal.position,
        bytes(sealed[-1].seal.hash),
    )
    assert chain.verify() == []

    tamper("DELETE FROM base_seal WHERE step_id = %s", sealed[-1].pk)
    tamper("DELETE FROM base_step WHERE id = %s", sealed[-1].pk)

    [sentence] = sentences()
    assert f"{head.date} 的链头在第 {head.position} 号" in sentence


def test_a_chain_computed_anew_does_not_match_the_head(sealed, at):
    head = chain.keep_head(at=at + timedelta(days=1))
    tamper("UPDATE base_head SET hash = %s", b"x" * 32)

    assert sentences() == [f"{head.date} 的链头与链上第 {head.position} 号不一致"]


def test_no_head_before_the_first_seal(db, at):
    tamper("DELETE FROM base_seal")

    assert chain.keep_head(at=at) is None
    assert not Head.objects.exists()


def test_a_changed_remark_is_found_and_an_erased_one_is_not_a_fault(sealed, at):
    remark = Remark.objects.get(step=sealed[2])
    remark.text = "别的话"
    remark.save()
    assert sentences() == [f"历史记录 {sealed[2].pk} 的附言与当时的摘要不一致"]

    remark.text, remark.erased_at = None, at
    remark.save()
    assert sentences() == []


def test_a_follower_reads_each_step_once_by_position(sealed):
    read = []
    while steps := chain.read_on("test", limit=2):
        read += steps

    assert read[-len(sealed) :] == sealed
    assert chain.read_on("test") == []
    assert Follower.objects.get(name="test").position == Seal.objects.count()


def test_a_step_committed_late_is_still_read(sealed, lamp, by, at):
    """Ids say nothing: the late step gets the next position whatever its id."""
    early, late = lamp.move("lit", by=by, at=at), lamp.move("dark", by=by, at=at)
    Unsealed.objects.filter(pk=early.pk).delete()
    chain.seal_waiting(at=at)
    while chain.read_on("test"):
        pass
    Unsealed.objects.create(step=early)
    chain.seal_waiting(at=at)

    assert late.pk > early.pk
    assert chain.read_on("test") == [early]


def test_followers_do_not_disturb_each_other(sealed):
    chain.read_on("one")

    assert len(chain.read_on("two")) == Seal.objects.count()
