"""What can be wrong with an installation, each told in one sentence."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.utils.timezone import localdate

from yizhan.base import rekey
from yizhan.config.database import APP, OWNER
from yizhan.config.prepare import waiting_migrations
from yizhan.config.roles import append_only_tables
from yizhan.people import rekey as people
from yizhan.routing.queries import broken_now

RIGHTS = """
SELECT table_name, privilege FROM unnest(%s::text[]) AS table_name,
  unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS privilege
WHERE has_table_privilege(%s, quote_ident(table_name), privilege)
"""


def faults() -> Iterator[str]:
    """Every fault of this installation that the platform itself can see."""
    waiting = waiting_migrations()
    if waiting:
        yield f"数据库有 {waiting} 个迁移没有执行，请运行 yizhan migrate"
        return
    yield from wrong_rights()
    yield from missing_keys()
    yield from blind_trigrams()
    yield from broken_now(localdate())


def wrong_rights() -> Iterator[str]:
    """The serving role may not change shapes, nor rewrite what is written once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (serving,) = cursor.fetchone()
        if serving != APP:
            yield f"平台以 {serving} 的身份连接数据库，应为 {APP}"
        cursor.execute(RIGHTS, [append_only_tables(), APP])
        for table, privilege in cursor.fetchall():
            yield f"{APP} 对只增表 {table} 有 {privilege} 权，请运行 yizhan migrate"
        cursor.execute("SELECT has_schema_privilege(%s, 'public', 'CREATE')", [APP])
        if cursor.fetchone() == (True,):
            yield f"{APP} 能在 public 中建表，请执行 REVOKE CREATE ON SCHEMA public FROM PUBLIC"
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR pg_has_role(rolname, %s, 'MEMBER')"
            " FROM pg_roles WHERE rolname = %s",
            [OWNER, APP],
        )
        if cursor.fetchone() == (True,):
            yield f"{APP} 是超级用户或属于 {OWNER}，请收回"


def missing_keys() -> Iterator[str]:
    """Every key that a value was sealed with is still configured."""
    for column, keys in {**rekey.key_ids(), **people.key_ids()}.items():
        for key in sorted(keys - set(settings.SEAL_KEYS)):
            yield f"{column} 中有用密钥 {key} 加密的数据，而 SEAL_KEYS 里没有这个密钥"


def blind_trigrams() -> Iterator[str]:
    """Where trigrams are used, they must see Chinese: a plain C locale yields none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone() is None:
            return
        cursor.execute("SELECT cardinality(show_trgm('社区'))")
        if cursor.fetchone() == (0,):
            yield "数据库的排序规则使中文检索无效，请以 C.UTF-8 建库"
