"""What the serving role cannot do, asked of the database itself."""

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.database import as_superuser


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE base_step SET kind = 'x'",
        "DELETE FROM base_step",
        "TRUNCATE base_step",
        "UPDATE base_seal SET hash = ''",
        "CREATE TABLE mine (id int)",
        "ALTER TABLE base_step ADD COLUMN mine int",
        "ALTER TABLE base_step DISABLE TRIGGER USER",
        "DROP TABLE base_step",
        "DELETE FROM django_migrations",
    ],
)
def test_the_serving_role_is_refused(statement):
    with pytest.raises(ProgrammingError, match="permission denied|must be owner"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.django_db
def test_x():
    with as_superuser(), connection.cursor() as cursor:
        cursor.execute("UPDATE base_step SET kind = 'x'")


def test_race(race_db):
    from yizhan.base.models import Follower
    Follower.objects.create(name="x")
