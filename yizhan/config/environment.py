"""The environment before Django reads it: files of variables, secrets, what is missing."""

import os
import re
import secrets
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEEDED = {
    "SECRET_KEY": "一串至少 50 个字符的随机文字",
    "SEAL_KEYS": "加密密钥，形如 1:64 个十六进制字符",
    "INDEX_KEY": "检索密钥，64 个十六进制字符",
}
SEAL_KEYS = re.compile(r"\s*[1-9]\d*:[0-9a-fA-F]{64}\s*(,\s*[1-9]\d*:[0-9a-fA-F]{64}\s*)*")
INDEX_KEY = re.compile(r"[0-9a-fA-F]{64}")
LEAST_SPACE = 300 * 2**20


def data_folder() -> Path:
    """The folder that holds everything this installation keeps."""
    return Path(os.environ.get("YIZHAN_DATA", ROOT / "data")).resolve()


def read_files() -> None:
    """Add what `.env` says and, where no secrets are given at all, those a demo made for itself."""
    _read(ROOT / ".env")
    if not os.environ.get("SECRET_KEY"):
        _read(data_folder() / "secrets.env")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yizhan.config.settings")


def _read(path: Path) -> None:
    try:
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
    except OSError as error:
        raise SystemExit(f"读不了 {path}：{error.strerror}") from None
    for line in lines:
        name, given, value = line.partition("=")
        kept = value.strip().strip("'\"")
        if given and kept and not line.lstrip().startswith("#"):
            os.environ.setdefault(name.strip(), kept)


def require() -> None:
    """Raise SystemExit with one sentence when a needed variable is missing or malformed."""
    for name, meaning in NEEDED.items():
        if not os.environ.get(name):
            raise SystemExit(f"缺少环境变量 {name}（{meaning}），写法见 .env.example")
    if not SEAL_KEYS.fullmatch(os.environ["SEAL_KEYS"]):
        raise SystemExit(f"环境变量 SEAL_KEYS 写得不对：应为{NEEDED['SEAL_KEYS']}，多个用逗号隔开")
    if not INDEX_KEY.fullmatch(os.environ["INDEX_KEY"]):
        raise SystemExit(f"环境变量 INDEX_KEY 写得不对：应为{NEEDED['INDEX_KEY']}")


def make_secrets(data: Path) -> None:
    """Write the demo's own secrets once, readable by nobody else, and take them up.

    Whatever else is configured, it is a demo from here on: every page says so.
    """
    os.environ["YIZHAN_DEMO"] = "1"
    path = data / "secrets.env"
    if not path.exists():
        lines = (
            f"SECRET_KEY={secrets.token_urlsafe(50)}",
            f"SEAL_KEYS=1:{secrets.token_hex(32)}",
            f"INDEX_KEY={secrets.token_hex(32)}",
            "YIZHAN_DEMO=1",
        )
        half = path.with_suffix(".half")
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write("\n".join(lines) + "\n")
        half.rename(path)
    _read(path)


def set_apart(data: Path, **variables: str) -> None:
    """Leave this installation alone: another data folder, its own server, no real text messages.

    What is set here wins over `.env`, for this process and its children.
    """
    for name in ("DATABASE_URL", "OWNER_DATABASE_URL", *NEEDED):
        os.environ.pop(name, None)
    os.environ.update(variables, YIZHAN_DATA=str(data), SMS_SENDER="demo")
    os.environ["DJANGO_SETTINGS_MODULE"] = "yizhan.config.settings"
    make_secrets(data)


def writable(data: Path) -> Path:
    """The data folder, made if need be. Raises SystemExit when it cannot be written or is full."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        probe = data / f".probe-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise SystemExit(
            f"数据目录 {data} 不能写：{reason(error)}。可用 YIZHAN_DATA 换一个"
        ) from None
    free = shutil.disk_usage(data).free
    if free < LEAST_SPACE:
        raise SystemExit(
            f"磁盘空间不足：{data} 所在的磁盘只剩 {free // 2**20} MB，"
            f"至少需要 {LEAST_SPACE // 2**20} MB"
        )
    return data


def reason(error: OSError) -> str:
    """The system's error in Chinese where it is a usual one."""
    usual = {
        2: "没有这个文件",
        13: "没有权限",
        28: "磁盘已满",
        30: "磁盘是只读的",
        20: "路径中有一段是文件",
        17: "已有同名文件",
    }
    return usual.get(error.errno or 0, error.strerror or str(error))
