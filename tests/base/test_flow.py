import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.database import as_superuser
from yizhan.base.models import Remark, Step
from yizhan.base.verdict import Refused


def test_a_move_changes_the_state_and_leaves_a_step(lamp, by, at):
    step = lamp.move("lit", by=by, at=at, brightness=3)

    lamp.refresh_from_db()
    assert (lamp.state, lamp.version) == ("lit", 2)
    step = Step.objects.get(pk=step.pk)
    assert (step.subject_type, step.subject_id, step.seq, step.kind) == (
        "base.lamp",
        lamp.pk,
        2,
        "lit",
    )
    assert (step.actor_id, step.actor_kind, step.at, step.via) == (
        by.person_id,
        "person",
        at,
        "page",
    )
    assert step.facts == {"from": "dark", "to": "lit", "brightness": 3}
    assert (step.district, step.region_code) == ("610302", "610302002002")
    assert step.recorded_at != at


def test_a_move_the_flow_does_not_know_is_refused_and_changes_nothing(lamp, by, at):
    with pytest.raises(Refused) as refused:
        lamp.move("broken", by=by, at=at)

    assert refused.value.code == "wrong_state"
    lamp.refresh_from_db()
    assert (lamp.state, lamp.version, lamp.steps.count()) == ("dark", 1, 1)


def test_only_the_named_fields_are_saved(lamps, lamp, by, at):
    lamp.colour = "red"
    lamp.move("lit", by=by, at=at)
    assert lamps.objects.get(pk=lamp.pk).colour == ""

    lamp.move("dark", by=by, at=at, saving=("colour",))
    assert lamps.objects.get(pk=lamp.pk).colour == "red"


def test_versions_count_without_gaps(lamp, by, at):
    lamp.move("lit", by=by, at=at)
    lamp.note("wished", by=by, at=at)
    lamp.move("broken", by=by, at=at)

    kinds = list(lamp.steps.values_list("seq", "kind"))
    assert kinds == [(1, "hung"), (2, "lit"), (3, "wished"), (4, "broken")]


def test_a_kind_that_is_not_registered_fails_at_once(lamp, by, at):
    with pytest.raises(KeyError, match="polished"):
        lamp.note("polished", by=by, at=at)


def test_a_remark_lies_beside_the_step_and_its_salted_digest_in_it(lamp, by, at):
    step = lamp.note("wished", by=by, at=at, remark="愿亮到天明")

    remark = Remark.objects.get(step=step)
    assert remark.text.open() == "愿亮到天明"
    assert step.facts["remark"] == Remark.digest_of("愿亮到天明", remark.salt)
    assert "愿亮" not in str(step.facts)


def test_a_private_kind_is_read_by_its_actor_alone(lamp, by, other, at):
    lamp.note("wished", by=by, at=at)

    assert [step.kind for step in lamp.steps_for(by)] == ["hung", "wished"]
    assert [step.kind for step in lamp.steps_for(other)] == ["hung"]


def test_two_steps_cannot_have_one_number(lamp, by, at):
    lamp.note("wished", by=by, at=at)
    lamp.version = 1
    with pytest.raises(IntegrityError, match="step_once_per_seq"), transaction.atomic():
        lamp.note("wished", by=by, at=at)


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM base_step", "UPDATE base_step SET kind = ''", "TRUNCATE base_step CASCADE"],
)
def test_even_a_superuser_meets_the_triggers_unless_they_are_switched_off(lamp, statement):
    connection.check_constraints()
    with (
        pytest.raises(ProgrammingError, match="append-only|Cannot update or delete"),
        as_superuser(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute(statement)
