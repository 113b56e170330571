"""The rules alone, with the database blocked."""

import pytest

from yizhan.base.actor import ANONYMOUS, Actor, Kind
from yizhan.feedback import rules
from yizhan.feedback.models import Feedback

COMMUNITY, STREET, DISTRICT = "610302002002", "610302002", "610302"


def desk(area):
    return Actor(kind=Kind.PERSON, person_id=7, powers=frozenset({"feedback.answer"}), area=area)


@pytest.mark.parametrize(
    ("kind", "region", "area", "answers"),
    [
        ("suggestion", COMMUNITY, COMMUNITY, True),
        ("suggestion", COMMUNITY, STREET, True),
        ("suggestion", COMMUNITY, DISTRICT, True),
        ("suggestion", COMMUNITY, "610302005", False),
        ("complaint", COMMUNITY, COMMUNITY, False),
        ("complaint", COMMUNITY, STREET, True),
        ("complaint", COMMUNITY, DISTRICT, True),
        ("suggestion", "", COMMUNITY, False),
        ("suggestion", "", STREET, True),
        ("complaint", "", STREET, True),
        ("complaint", "", DISTRICT, True),
        ("praise", COMMUNITY, "", False),
    ],
)
def test_whose_desk(kind, region, area, answers):
    one = Feedback(kind=kind, region_id=1 if region else None, region_code=region or DISTRICT)

    assert rules.answers_for(one, desk(area)) is answers
    assert bool(rules.can_answer_feedback(one, desk(area))) is answers
    assert bool(rules.can_pass_on_feedback(one, desk(area))) is answers
    assert not rules.answers_for(one, ANONYMOUS)


def test_anybody_may_leave_some():
    assert rules.can_leave_feedback(rules.OFTEN - 1)
    assert rules.can_leave_feedback(rules.OFTEN).code == "too_many"
