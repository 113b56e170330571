"""What allauth asks of us: where the phone is kept, how a code is sent, what the forms accept."""

from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate, now
from typing_extensions import override

from yizhan.base import crypto, sms
from yizhan.base.fields import MobileField
from yizhan.base.phones import digits
from yizhan.base.switches import runs
from yizhan.people.acting import current_posts
from yizhan.people.masking import polite_name
from yizhan.people.models import Person, Post
from yizhan.people.roles import ROLES
from yizhan.regions.district import profile

CODE_KIND = "people.sign_in_code"
WEIXIN_WAITING = "weixin_waiting"
TOTP_USE = "person.totp"
SIGNED_IN_AT = "signed_in_at"
FRESH_MINUTES = 15
MINUTES = 5
STRONG = ("password", "mfa")


def shown_name(person: Person) -> str:
    """How a page addresses the person signed in."""
    return polite_name(person.full_name)


def code_text(code: str) -> str:
    """The text message with a code."""
    return f"【{profile().brand}】验证码 {code}，{MINUTES} 分钟内有效。工作人员不会向您索要验证码。"


class Adapter(DefaultAccountAdapter):
    """Accounts: phones are sealed, nobody signs up by a form, codes go through `base.sms`."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": "验证码不对，请核对后再输",
        "incorrect_password": "密码不对",
        "username_password_mismatch": "用户名或密码不对",
        "phone_password_mismatch": "用户名或密码不对",
        "too_many_login_attempts": "试的次数太多了，请过几分钟再试",
        "rate_limited": "操作太频繁了，请过一会儿再试",
        "enter_current_password": "请输入现在的密码",
    }

    @override
    def phone_form_field(self, **kwargs: Any) -> forms.Field:
        return MobileField(**{"label": "手机号", **kwargs})

    @override
    def is_open_for_signup(self, request: Any) -> bool:
        return False

    @override
    def populate_username(self, request: Any, user: Any) -> None:
        """Residents have no user name; NULL keeps the unique constraint out of the way."""

    @override
    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        return (user.phone.open(), user.phone_verified_at is not None) if user.phone else None

    @override
    def set_phone(self, user: Any, phone: str, verified: bool) -> None:
        user.set_phone(phone)
        user.phone_verified_at = now() if verified else None
        user.save()

    @override
    def set_phone_verified(self, user: Any, phone: str) -> None:
        user.phone_verified_at = now()
        user.save(update_fields=["phone_verified_at"])

    @override
    def get_user_by_phone(self, phone: str) -> Person | None:
        return Person.objects.with_phone(digits(phone))

    @override
    def send_verification_code_sms(self, user: Any, phone: str, code: str, **kwargs: Any) -> None:
        try:
            sms.send(phone, code_text(code), kind=CODE_KIND, at=now(), values={"code": code})
        except sms.NotSent:
            messages.error(self.request, "短信没有发出去，请过一会儿点「重新发送」")

    @override
    def get_login_redirect_url(self, request: Any) -> str:
        """Staff begin at the page of their post, everybody else at the home page."""
        posts = current_posts(request.user, localdate(now()))
        role = ROLES[posts[0].role] if posts else None
        if role and role.staff:
            area = posts[0].unit.region.code if role.reach == "region" else ""
            for power, name in settings.STAFF_HOMES:
                if power in role.powers and runs(power.partition(".")[0], area):
                    return reverse(name)
        return str(super().get_login_redirect_url(request))

    @override
    def get_password_change_redirect_url(self, request: Any) -> str:
        return str(self.get_login_redirect_url(request))

    @override
    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within minutes of a password or second factor; allauth asks even then."""
        oldest = now().timestamp() - MINUTES * 60
        return not any(
            record["method"] in STRONG and record["at"] > oldest
            for record in get_authentication_records(self.request, self.request.user)
        )

    @override
    def get_client_ip(self, request: Any) -> str:
        """Servers behind a local socket see no address; they count as one visitor."""
        return (
            str(super().get_client_ip(request)) if request.META.get("REMOTE_ADDR") else "127.0.0.1"
        )


class MfaAdapter(DefaultMFAAdapter):
    """The second factor: secrets are sealed at rest, staff cannot switch it off."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "动态码不对。请看手机时间是否准确，等下一个码再输",
        "cannot_delete_authenticator": "工作人员账号必须保留动态码",
    }

    @override
    def encrypt(self, text: str) -> str:
        return crypto.seal(text, use=TOTP_USE).hex()

    @override
    def decrypt(self, encrypted_text: str) -> str:
        return crypto.opened(bytes.fromhex(encrypted_text), use=TOTP_USE)

    @override
    def get_totp_issuer(self) -> str:
        return f"{profile().name}{profile().brand}"

    @override
    def get_totp_label(self, user: Any) -> str:
        return str(user.username or user.code)

    @override
    def build_totp_svg(self, url: str) -> str:
        picture = BytesIO()
        segno.make(url, error="m").save(picture, kind="svg", scale=5, border=4, light="#fff")
        return picture.getvalue().decode()

    @override
    def can_delete_authenticator(self, authenticator: Any) -> bool:
        return not (settings.STAFF_TOTP_REQUIRED and is_staff(authenticator.user))


class SocialAdapter(DefaultSocialAccountAdapter):
    """WeChat: someone new gives a phone number once, and their WeChat is remembered with it."""

    @override
    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        return False

    @override
    def pre_social_login(self, request: Any, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            return
        request.session[WEIXIN_WAITING] = sociallogin.account.uid
        messages.info(request, "第一次用微信登录，请验证一次手机号，以后一点就进")
        raise ImmediateHttpResponse(redirect("account_request_login_code"))


def remember_weixin(request: Any, person: Person) -> None:
    """Join the WeChat account that waited in the session to the person now signed in."""
    uid = request.session.pop(WEIXIN_WAITING, "")
    if uid:
        SocialAccount.objects.get_or_create(
            provider="weixin", uid=uid, defaults={"user": person, "extra_data": {}}
        )


def is_fresh(request: Any) -> bool:
    """Whether this session was opened at most a quarter of an hour ago."""
    opened = int(request.session.get(SIGNED_IN_AT, 0))
    return now().timestamp() - opened <= FRESH_MINUTES * 60


def is_staff(person: Person) -> bool:
    """Whether a person holds a post today that asks for a second factor."""
    staff = [role.code for role in ROLES.values() if role.staff]
    return Post.objects.on(localdate(now())).filter(person=person, role__in=staff).exists()
