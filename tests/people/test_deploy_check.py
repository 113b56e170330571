"""Django's own deployment check, with the settings of a real installation."""

import os
import subprocess
import sys

PRODUCTION = {
    "YIZHAN_DEMO": "0",
    "DEBUG": "0",
    "PLAIN_HTTP": "0",
    "BEHIND_PROXY": "1",
    "ALLOWED_HOSTS": "yizhan.example.gov.cn",
    "CSRF_TRUSTED_ORIGINS": "https://yizhan.example.gov.cn",
    "SECRET_KEY": "k7" * 20 + "abcdefghijklmnopqrstuvwxyz-0123456789",
    "SMS_SENDER": "aliyun",
}


def test_the_deployment_check_is_clean():
    command = [sys.executable, "-W", "ignore", "-m", "django", "check", "--deploy"]
    answer = subprocess.run(
        [*command, "--fail-level", "WARNING"],
        env={**os.environ, **PRODUCTION, "DJANGO_SETTINGS_MODULE": "yizhan.config.settings"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "no issues" in answer.stdout


def test_cookies_are_for_https_only(settings):
    code = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,"
        " s.STAFF_TOTP_REQUIRED, s.PASSWORD_HASHERS[0].rsplit('.')[-1])"
    )
    answer = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        env={**os.environ, **PRODUCTION, "DJANGO_SETTINGS_MODULE": "yizhan.config.settings"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert answer.stdout.split() == ["True"] * 4 + ["Argon2PasswordHasher"], answer.stderr
