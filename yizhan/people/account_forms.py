"""The forms of the sign-in pages: allauth's, in our words."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    ConfirmLoginCodeForm,
    LoginForm,
    ReauthenticateForm,
    RequestLoginCodeForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as MfaReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms

from yizhan.base.phones import plain
from yizhan.people.models import Person

DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 12}


def worded(field: forms.Field, label: str, hint: str = "", **attrs: Any) -> None:
    """Give a field our label and hint, and attributes in place of allauth's placeholder."""
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)
    field.error_messages["required"] = f"请填写{label}"


class StaffLogin(LoginForm):
    """User name and password. allauth drops the password when residents sign up without one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"})
        self.fields["login"] = forms.CharField(max_length=40, widget=names)
        worded(self.fields["login"], "用户名")
        worded(self.fields["password"], "密码")

    def _setup_password_field(self) -> None:
        """Keep it."""

    def user_credentials(self) -> dict[str, str]:
        """A telephone number is never a user name here."""
        return {
            "username": self.cleaned_data["login"],
            "password": self.cleaned_data.get("password", ""),
        }


class OneDoor(RequestLoginCodeForm):
    """One form to sign in or join: an unknown phone becomes a person once its code is given."""

    _user: Person | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self.fields["phone"], "手机号")

    def clean_phone(self) -> str:
        """The eleven digits; afterwards the person is there, known before or not."""
        phone: str = super().clean_phone()
        if phone and self._user is None:
            newcomer = Person()
            newcomer.set_phone(phone)
            newcomer.set_unusable_password()
            newcomer.save()
            self._user = newcomer
        return phone


class ConfirmCode(ConfirmLoginCodeForm):
    """The six digits from the text message."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self.fields["code"], "验证码", "短信里的 6 位数字", **DIGITS)

    def clean_code(self) -> str:
        """The code, also when it was typed with spaces or full-width digits."""
        self.cleaned_data["code"] = plain(self.cleaned_data["code"])
        return str(super().clean_code())


class Authenticate(AuthenticateForm):
    """The second factor at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self.fields["code"], "动态码", "手机上的 6 位动态码，或一个 8 位备用码", **DIGITS)


class ReauthenticateByCode(MfaReauthenticateForm):
    """The second factor again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self.fields["code"], "动态码", "手机上的 6 位动态码，或一个 8 位备用码", **DIGITS)


class ActivateTotp(ActivateTOTPForm):
    """The first code of a new second factor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self.fields["code"], "动态码", "扫码后手机上出现的 6 位数字", **DIGITS)


class Reauthenticate(ReauthenticateForm):
    """The password again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self.fields["password"], "密码")


class ChangePassword(ChangePasswordForm):
    """A password of one's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self.fields["oldpassword"], "现在的密码")
        worded(self.fields["password1"], "新密码", "至少 10 个字符，不能全是数字，不要用常见的密码")
        worded(self.fields["password2"], "再输一遍新密码")
