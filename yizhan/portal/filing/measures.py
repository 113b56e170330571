"""The security measures as the settings make them, never a secret among them."""

from django.apps import apps
from django.conf import settings

from yizhan.base import crypto
from yizhan.base.steps import AppendOnly

OFF = "没有启用"
HASHES = {"Argon2PasswordHasher": "Argon2"}
LIMITS = {
    "place": "点单",
    "feedback": "投诉建议",
    "look_up": "查回执",
    "request_login_code": "发验证码",
    "login": "登录",
    "login_failed": "登录失败",
    "reauthenticate": "再次确认身份",
    "change_password": "改密码",
}
ALGORITHMS = {"sm4": "SM4-GCM（国密）", "aes": "AES-256-GCM"}


def measures() -> list[dict[str, str]]:
    """One line a measure: its name and what it is here."""
    return [
        {"name": name, "value": value}
        for part in (_sign_in(), _web(), _keeping())
        for name, value in part.items()
    ]


def _sign_in() -> dict[str, str]:
    limits = settings.ACCOUNT_RATE_LIMITS
    idle, kept = settings.STAFF_IDLE_SECONDS // 60, settings.SESSION_COOKIE_AGE // 86_400
    return {
        "工作人员登录": "用户名、密码加动态码（TOTP）"
        if settings.STAFF_TOTP_REQUIRED
        else f"用户名、密码；动态码{OFF}",
        "密码长度": f"至少 {_least()} 位，常见密码、纯数字、像用户名的不能用",
        "密码保存": "、".join(_hash(name) for name in settings.PASSWORD_HASHERS),
        "登录失败锁定": limits["login_failed"],
        "居民登录": f"手机验证码，{settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60} 分钟有效，"
        f"最多试 {settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS} 次，"
        f"发送限制 {limits['request_login_code']}",
        "无操作退出": f"工作人员 {idle} 分钟；居民 {kept} 天",
        "提交限制": "、".join(f"{LIMITS.get(one, one)} {limits[one]}" for one in sorted(limits)),
    }


def _least() -> int:
    rows = [row.get("OPTIONS", {}) for row in settings.AUTH_PASSWORD_VALIDATORS]
    return max((row["min_length"] for row in rows if "min_length" in row), default=0)


def _hash(path: str) -> str:
    name = path.rpartition(".")[2]
    return HASHES.get(name, name)


def _web() -> dict[str, str]:
    hsts = settings.SECURE_HSTS_SECONDS
    return {
        "传输加密": "HTTPS，由前置代理终结" if settings.SECURE_SSL_REDIRECT else OFF,
        "强制 HTTPS（HSTS）": f"{hsts} 秒" if hsts else OFF,
        "Cookie 仅经 HTTPS": "是" if settings.SESSION_COOKIE_SECURE else OFF,
        "内容安全策略（CSP）": settings.CSP,
        "浏览器权限": settings.PERMISSIONS_POLICY,
        "不被别的网页嵌入": settings.X_FRAME_OPTIONS,
        "来源信息": settings.SECURE_REFERRER_POLICY,
    }


def _keeping() -> dict[str, str]:
    written_once = [model for model in apps.get_models() if issubclass(model, AppendOnly)]
    return {
        "字段加密": f"{ALGORITHMS[settings.SEAL_ALGORITHM]}，当前密钥编号 {crypto.newest_key()}，"
        f"共 {len(settings.SEAL_KEYS)} 把密钥，密钥不在数据库里",
        "按号码查找": "HMAC-SM3 盲索引，不解密",
        "历史记录": "只增不改，SM3 链式封存，可用 yizhan verify 核验",
        "只增的表": "、".join(sorted(model._meta.db_table for model in written_once)),
        "数据库角色": "平台以 yizhan_app 运行，不能改表结构，不能改只增的表",
        "会话": "加密保存在数据库里",
    }
