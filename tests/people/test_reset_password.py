"""A new one-time password for somebody else."""

from tests.people.cast import PASSWORD, refused_code
from yizhan.people import operations
from yizhan.people.models import Person


def test_reset_password(town, guard, at):
    new = operations.reset_password(person=town.clerk, by=guard, at=at)
    kept = Person.objects.get(pk=town.clerk.pk)
    assert kept.check_password(new.password)
    assert not kept.check_password(PASSWORD)
    assert kept.has_one_time_password


def test_whose_password_is_not_reset(town, guard, at):
    assert (
        refused_code(lambda: operations.reset_password(person=town.aunt, by=guard, at=at))
        == "no_password"
    )
    assert (
        refused_code(lambda: operations.reset_password(person=town.guard, by=guard, at=at))
        == "own_password"
    )
