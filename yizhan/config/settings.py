"""Every setting, read from the environment once. No other module reads the environment."""

import os
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from yizhan.config.database import connection_settings

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("YIZHAN_DATA", ROOT / "data")).resolve()
PACKS = Path(os.environ.get("YIZHAN_DISTRICTS", ROOT / "districts")).resolve()
DISTRICT = os.environ.get("YIZHAN_DISTRICT", "610302")


def flag(name: str, default: bool) -> bool:
    """A yes-or-no variable: 1 or 0."""
    return os.environ.get(name, str(int(default))) == "1"


def words(name: str, default: str = "") -> list[str]:
    """A list variable, separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def never_guessed(headers: MutableMapping[str, str], *_: object) -> None:
    """What a static file says of its type: that it is not to be guessed."""
    headers["X-Content-Type-Options"] = "nosniff"


DEMO = flag("YIZHAN_DEMO", False)
DEBUG = flag("DEBUG", False)
SECRET_KEY = os.environ["SECRET_KEY"]
SEAL_KEYS = {
    int(number): key for number, _, key in (pair.partition(":") for pair in words("SEAL_KEYS"))
}
SEAL_ALGORITHM = os.environ.get("SEAL_ALGORITHM", "sm4")
INDEX_KEY = os.environ["INDEX_KEY"]
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
DATABASES = {"default": connection_settings(os.environ["DATABASE_URL"], role="yizhan_app")}
OWNER_DATABASE_URL = os.environ.get("OWNER_DATABASE_URL", os.environ["DATABASE_URL"])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "django_htmx",
    "procrastinate.contrib.django",
    "yizhan.people",  # before allauth: its pages are ours
    "yizhan.people.weixin",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "yizhan.base",
    "yizhan.regions",
    "yizhan.clocks",
    "yizhan.privacy",
    "yizhan.documents",
    "yizhan.notices",
    "yizhan.ratings",
    "yizhan.feedback",
    "yizhan.places",
    "yizhan.routing",
    "yizhan.orders",
    "yizhan.disputes",
    "yizhan.whistles",
    "yizhan.duplicates",
    "yizhan.pendings",
    "yizhan.callbacks",
    "yizhan.answers",
    "yizhan.conduct",
    "yizhan.dispatch",
    "yizhan.ladder",
    "yizhan.insights",
    "yizhan.portal",
    "yizhan.demo",
]
MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "yizhan.base.web.ContentSecurityPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "yizhan.base.web.BodyLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "yizhan.portal.switching.SwitchMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yizhan.people.acting.ActorMiddleware",
    "yizhan.people.guard.StaffMiddleware",
    "yizhan.base.web.PreferencesMiddleware",
    "yizhan.base.web.RefusalMiddleware",
]
ROOT_URLCONF = "yizhan.config.urls"
WSGI_APPLICATION = "yizhan.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.static",
                "django_htmx.templatetags.django_htmx",
                "yizhan.base.templatetags.ui",
                "yizhan.base.templatetags.modules",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yizhan.portal.context.surroundings",
            ],
        },
    }
]

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "files": {
        "BACKEND": os.environ.get("FILE_STORAGE", "django.core.files.storage.FileSystemStorage"),
        "OPTIONS": {"location": str(DATA / "files")},
    },
    "staticfiles": {"BACKEND": "yizhan.base.bundles.BundledStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 2**20
MOST_BODY_BYTES = 48 * 2**20  # three photos of the largest kind

# Static files go out before the other middleware: few headers, but never a guessed type.
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ADD_HEADERS_FUNCTION = never_guessed

SESSION_ENGINE = "yizhan.people.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = not DEBUG and not DEMO and not flag("PLAIN_HTTP", False)
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SESSION_COOKIE_SECURE
SECURE_HSTS_PRELOAD = SESSION_COOKIE_SECURE
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if flag("BEHIND_PROXY", False) else None
)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_row",
    }
}
CSRF_FAILURE_VIEW = "yizhan.base.web.csrf_failed"
CSP = (
    "default-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
)
PERMISSIONS_POLICY = "geolocation=(self), camera=(), microphone=(), payment=()"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Sign-in: see yizhan/people/sign_in.py
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username"]},
    },
]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "/"
STAFF_HOMES = (  # where staff begin: the first page that their post has the power for
    ("orders.read", "portal:today"),
    ("orders.read_open", "portal:today"),
    ("orders.enter", "orders:enter"),
    ("places.keep", "places:kept"),
    ("orders.stats", "portal:summary"),
    ("insights.baseline", "insights:baselines"),
    ("system.settings", "portal:modules"),
    ("system.accounts", "people:accounts"),
    ("system.audit", "privacy:audit:looks"),
)
STAFF_TOTP_REQUIRED = flag("STAFF_TOTP_REQUIRED", not DEMO)
STAFF_IDLE_SECONDS = int(os.environ.get("STAFF_IDLE_MINUTES", "30")) * 60
ALLAUTH_TRUSTED_PROXY_COUNT = int(flag("BEHIND_PROXY", False))
ACCOUNT_ADAPTER = "yizhan.people.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"phone", "username"}
ACCOUNT_SIGNUP_FIELDS = ["phone"]  # required would lock out staff without a phone
SILENCED_SYSTEM_CHECKS = ["account.W001"]  # nobody signs up through allauth's own page
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PHONE_VERIFICATION_ENABLED = False  # staff come in by password; a code verifies by itself
ACCOUNT_FORMS = {
    "login": "yizhan.people.account_forms.StaffLogin",
    "request_login_code": "yizhan.people.account_forms.OneDoor",
    "confirm_login_code": "yizhan.people.account_forms.ConfirmCode",
    "reauthenticate": "yizhan.people.account_forms.Reauthenticate",
    "change_password": "yizhan.people.account_forms.ChangePassword",
}
ACCOUNT_SESSION_REMEMBER = (
    False  # by password: until the browser closes; by phone: SESSION_COOKIE_AGE
)
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_USER_DISPLAY = "yizhan.people.sign_in.shown_name"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SESSION_COOKIE_SECURE else "http"
ACCOUNT_RATE_LIMITS = {
    "place": "300/10m/ip",
    "suggest_same": "600/10m/ip",
    "look_up": "30/m/ip",
    "suggest": "600/10m/ip",
    "feedback": "60/10m/ip",
    "card": "10/10m/user",
    "take_on": "10/10m/user",
    "wrong_receipt": "20/10m/ip",  # wrong ones with a right check character: nobody mistypes those
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
MFA_ADAPTER = "yizhan.people.sign_in.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "yizhan.people.account_forms.Authenticate",
    "reauthenticate": "yizhan.people.account_forms.ReauthenticateByCode",
    "activate_totp": "yizhan.people.account_forms.ActivateTotp",
}
SOCIALACCOUNT_ADAPTER = "yizhan.people.sign_in.SocialAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that ends at another site is stopped by form-action
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {
    "weixin": {
        "APPS": [{"client_id": os.environ["WEIXIN_APP_ID"], "secret": os.environ["WEIXIN_SECRET"]}]
        if os.environ.get("WEIXIN_APP_ID")
        else [],
        "AUTHORIZE_URL": "https://open.weixin.qq.com/connect/oauth2/authorize",
        "SCOPE": ["snsapi_userinfo"],
    }
}

SMS_SENDER = os.environ.get("SMS_SENDER", "demo" if DEMO else "console")
ALIYUN_SMS_KEY_ID = os.environ.get("ALIYUN_SMS_KEY_ID", "")
ALIYUN_SMS_KEY_SECRET = os.environ.get("ALIYUN_SMS_KEY_SECRET", "")
ALIYUN_SMS_SIGN = os.environ.get("ALIYUN_SMS_SIGN", "")
ALIYUN_SMS_TEMPLATES = {
    kind: template
    for kind, _, template in (pair.partition(":") for pair in words("ALIYUN_SMS_TEMPLATES"))
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
