"""The two roles of the database: one owns and migrates, one serves.

The serving role cannot change the shape of anything, and cannot change or remove a row of an
append-only table: those are the models that subclass `base.steps.AppendOnly`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection, connections, transaction
from psycopg import sql

from yizhan.config.database import APP, OWNER, connection_settings, parsed

OLDEST = 150_000
GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {app}",
    "REVOKE ALL ON {all} FROM {app}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON {all} TO {app}",
    "REVOKE UPDATE, DELETE ON {narrow} FROM {app}",
    "REVOKE INSERT ON django_migrations FROM {app}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
    " GRANT SELECT, INSERT ON TABLES TO {app}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
    " GRANT USAGE, SELECT ON SEQUENCES TO {app}",
)


def prepare_roles(url: str, *needed: str) -> None:
    """Make the two roles, and let this login take those `needed` (both, unless told).

    Raises SystemExit with one sentence: server not reachable, too old, or the login may not make
    roles, with the SQL that an administrator runs once.
    """
    with connected(url) as server:
        missing = _missing(server, needed or (OWNER, APP))
        try:
            for statement in missing:
                server.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            script = " ".join(f"{statement.as_string(server)};" for statement in missing)
            raise SystemExit(
                f"这个数据库登录不能建立角色，请数据库管理员执行一次：{script}"
            ) from None


def connected(url: str) -> psycopg.Connection:
    """A connection as the login itself. Raises SystemExit with one sentence."""
    parsed(url)
    try:
        server = psycopg.connect(url, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as error:
        raise SystemExit(unreachable(error)) from None
    if server.info.server_version < OLDEST:
        version = server.info.server_version // 10_000
        server.close()
        raise SystemExit(f"数据库是 PostgreSQL {version}，本平台需要 15 或更新的版本")
    return server


def unreachable(error: Exception) -> str:
    """One sentence for a connection that failed, told from the server's own words."""
    words = str(error)
    if "password authentication failed" in words or "no password supplied" in words:
        return "数据库不接受这个用户名或密码，请检查 DATABASE_URL"
    if "database" in words and "does not exist" in words:
        return "数据库服务器上没有这个库，请先建库，或检查 DATABASE_URL"
    if "role" in words and "does not exist" in words:
        return "数据库里没有这个用户或角色，请检查 DATABASE_URL，再运行 yizhan migrate"
    if "permission denied to set role" in words:
        return "这个数据库登录不能使用平台的角色，请运行 yizhan migrate"
    return "连不上数据库服务器，请检查 DATABASE_URL 中的主机和端口，以及服务器是否在运行"


def _missing(server: psycopg.Connection, needed: tuple[str, ...]) -> list[sql.Composed]:
    """The statements that are still needed, in order."""
    known = {name for (name,) in server.execute("SELECT rolname FROM pg_roles")}
    database, login = server.info.dbname, server.info.user
    missing = [
        sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role))
        for role in (OWNER, APP)
        if role not in known
    ]
    missing += [
        sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(login))
        for role in needed
        if role not in known or not _may_take(server, role)
    ]
    if OWNER not in known or not _owner_may_create(server):
        owner = sql.Identifier(OWNER)
        missing += [
            sql.SQL("GRANT CREATE ON DATABASE {} TO {}").format(sql.Identifier(database), owner),
            sql.SQL("GRANT USAGE, CREATE ON SCHEMA public TO {}").format(owner),
        ]
    return missing


def _may_take(server: psycopg.Connection, role: str) -> bool:
    return bool(server.execute("SELECT pg_has_role(%s, 'MEMBER')", [role]).fetchone() == (True,))


def _owner_may_create(server: psycopg.Connection) -> bool:
    answer = server.execute(
        "SELECT has_schema_privilege(%(owner)s, 'public', 'CREATE')"
        " AND has_database_privilege(%(owner)s, current_database(), 'CREATE')",
        {"owner": OWNER},
    )
    return bool(answer.fetchone() == (True,))


@contextmanager
def owning() -> Iterator[None]:
    """Run what follows as the owner, over the owner's URL; then serve again as before."""
    serving = connection.settings_dict
    owner = connection_settings(settings.OWNER_DATABASE_URL, OWNER)
    changed = {**owner, "NAME": serving["NAME"], "CONN_MAX_AGE": 0}
    before = {key: serving[key] for key in changed}
    connections.close_all()
    serving.update(changed)
    try:
        yield
    finally:
        connections.close_all()
        serving.update(before)


def append_only_tables() -> list[str]:
    """The tables whose rows are written once, from the models that say so."""
    from yizhan.base.steps import AppendOnly

    return sorted(
        model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)
    )


def grant() -> None:
    """Give the serving role what it needs and no more. Run as the owner, after each migration.

    A table of a later migration starts append-only until `grant` has run again.
    """
    app, owner = sql.Identifier(APP), sql.Identifier(OWNER)
    with transaction.atomic(), connection.cursor() as cursor:
        tables = _owned(cursor)
        written_once = {*append_only_tables(), "django_migrations"}
        names = {
            "app": app,
            "owner": owner,
            "all": _listed(tables),
            "narrow": _listed(table for table in tables if table in written_once),
        }
        for statement in GRANTS:
            cursor.execute(sql.SQL(statement).format(**names))


def _owned(cursor: Any) -> list[str]:
    cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = %s", [OWNER]
    )
    return [name for (name,) in cursor.fetchall()]


def _listed(tables: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier("public", table) for table in tables)
