"""What the serving role cannot do, asked of the database itself; and how the roles are made."""

import os

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from tests.database import NAME, administrate, as_superuser
from yizhan.config import checks
from yizhan.config.database import APP, OWNER
from yizhan.config.roles import (
    append_only_tables,
    connected,
    grant,
    owning,
    prepare_roles,
    unreachable,
)

URL = os.environ.get("DATABASE_URL", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE base_step SET kind = 'x'",
        "DELETE FROM base_step",
        "TRUNCATE base_step",
        "UPDATE base_seal SET hash = ''",
        "DELETE FROM base_head",
        "TRUNCATE people_person CASCADE",
        "CREATE TABLE mine (id int)",
        "ALTER TABLE base_step ADD COLUMN mine int",
        "ALTER TABLE base_step DISABLE TRIGGER USER",
        "DROP TABLE base_step",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', now())",
        "SET ROLE NONE; SET ROLE yizhan_app; CREATE TABLE mine (id int)",
    ],
)
def test_the_serving_role_is_refused(statement):
    with (
        pytest.raises(ProgrammingError, match="permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        for part in statement.split(";"):
            cursor.execute(part)


@pytest.mark.django_db
def test_the_serving_role_may_do_its_work():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (APP,)
        for table in ("people_person", "base_notice", "procrastinate_jobs", "cache_row"):
            cursor.execute(
                "SELECT bool_and(has_table_privilege(%s, %s, p))"
                " FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS p",
                [APP, table],
            )
            assert cursor.fetchone() == (True,), table


@pytest.mark.django_db
def test_every_append_only_model_is_covered():
    assert {"base_step", "base_seal", "base_head", "privacy_look"} <= set(append_only_tables())
    assert list(checks.wrong_rights()) == []


@pytest.mark.django_db
def test_a_right_too_many_is_found_and_named():
    with as_superuser(), connection.cursor() as cursor:
        cursor.execute("GRANT UPDATE ON base_step TO yizhan_app")
        cursor.execute("GRANT CREATE ON SCHEMA public TO yizhan_app")

    first, second = checks.wrong_rights()
    assert first == "yizhan_app 对只增表 base_step 有 UPDATE 权，请运行 yizhan migrate"
    assert "能在 public 中建表" in second


def test_a_table_of_a_later_migration_starts_append_only(race_db):
    with owning(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (id int)")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO later VALUES (1)")
        with pytest.raises(ProgrammingError, match="permission denied"):
            cursor.execute("DELETE FROM later")
    with owning():
        grant()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM later")


def test_roles_that_are_there_need_nothing(django_db_setup):
    prepare_roles(URL)


@pytest.fixture
def newcomer(django_db_setup):
    """A login that may do nothing, and its URL."""
    name = f"newcomer_{os.getpid()}"
    administrate("CREATE ROLE {} LOGIN", name)
    yield URL.replace("://postgres@", f"://{name}@").replace("/yizhan?", f"/{NAME}?")
    administrate("DROP ROLE {}", name)


@pytest.mark.skipif("://postgres@" not in URL, reason="needs a server of our own")
def test_a_login_that_may_not_make_roles_gets_the_sql_in_one_sentence(newcomer):
    with pytest.raises(SystemExit) as end:
        prepare_roles(newcomer)

    sentence = str(end.value)
    assert "请数据库管理员执行一次" in sentence
    assert f'GRANT "{OWNER}" TO "newcomer_{os.getpid()}";' in sentence
    assert "\n" not in sentence


@pytest.mark.skipif("://postgres@" not in URL, reason="needs a server of our own")
def test_a_plain_login_in_both_roles_can_prepare_a_database_of_its_own(newcomer):
    name = f"newcomer_{os.getpid()}"
    administrate(f"GRANT {OWNER}, {APP} TO {{}}", name)
    administrate("CREATE DATABASE {} OWNER {}", name, name)
    try:
        url = newcomer.replace(f"/{NAME}?", f"/{name}?")
        prepare_roles(url)
        with psycopg.connect(url, options=f"-c role={OWNER}") as server:
            server.execute("CREATE TABLE mine (id int)")
    finally:
        administrate("DROP DATABASE {} WITH (FORCE)", name)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("postgresql://a@127.0.0.1:9/b", "连不上数据库服务器"),
        ("postgresql://a@/b?host=/nowhere", "连不上数据库服务器"),
        (URL.replace("/yizhan?", "/nowhere?"), "没有这个库"),
        (URL.replace("://postgres@", "://nobody-of-that-name@"), "没有这个用户或角色"),
    ],
)
def test_a_server_that_does_not_let_us_in_is_one_sentence(url, sentence):
    with pytest.raises(SystemExit, match=sentence):
        connected(url)


def test_a_wrong_password_is_said_without_the_password():
    error = psycopg.OperationalError('FATAL:  password authentication failed for user "a"')

    assert unreachable(error) == "数据库不接受这个用户名或密码，请检查 DATABASE_URL"


def test_an_old_server_is_refused(monkeypatch):
    monkeypatch.setattr("yizhan.config.roles.OLDEST", 990_000)

    with pytest.raises(SystemExit, match="本平台需要 15 或更新的版本"):
        connected(URL)
