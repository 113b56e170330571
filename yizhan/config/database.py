"""From one URL to Django's connection settings. The role, not the login, says what is allowed."""

from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

OWNER = "yizhan_owner"
APP = "yizhan_app"
EXAMPLE = "postgresql://用户:密码@主机:5432/库名"
TIMEOUTS = "-c lock_timeout=4s -c statement_timeout=5s"


def connection_settings(url: str, role: str) -> dict[str, Any]:
    """Django's settings for the database at `url`, acting as `role` whoever logs in.

    The owner's connection, which migrates, gives up after 4 s of waiting for a lock and 5 s in one
    statement. Raises SystemExit with one sentence when the URL cannot be read.
    """
    parts = parsed(url)
    query = dict(parse_qsl(parts.query))
    login = unquote(parts.username or "")
    startup = [query.pop("options", "")]
    if login != role:
        startup.append(f"-c role={role}")
    if role == OWNER:
        startup.append(TIMEOUTS)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": login,
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": query.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **query,
            "options": " ".join(filter(None, startup)),
            "server_side_binding": True,
            "prepare_threshold": 2,
        },
    }


def parsed(url: str) -> SplitResult:
    """The parts of a database URL. Raises SystemExit with one sentence when it is malformed."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise malformed("端口或主机写得不对") from None
    if not url.startswith(("postgresql://", "postgres://")):
        raise malformed("开头不是 postgresql://")
    if not parts.path.strip("/") or "/" in parts.path.strip("/"):
        raise malformed("最后要有一个库名")
    if port == 0:
        raise malformed("端口或主机写得不对")
    return parts


def malformed(why: str) -> SystemExit:
    """The sentence for a URL that cannot be read. It never repeats the URL: it holds a password."""
    return SystemExit(f"DATABASE_URL 写得不对：{why}。应形如 {EXAMPLE}")
