"""Text messages: what is sent, what is kept, and what happens when the carrier refuses."""

import json
from types import SimpleNamespace

import pytest

from yizhan.base import sms
from yizhan.base.aliyun import AliyunSender
from yizhan.base.models import TextMessage

PHONE = "13900010001"


def test_the_console_shows_the_text_but_not_the_number(town, at, settings, capsys):
    settings.SMS_SENDER = "console"
    row = sms.send(PHONE, "验证码 123456", kind="k", at=at)
    out = capsys.readouterr().out
    assert "123456" in out
    assert PHONE not in out
    assert "139****0001" in out
    assert (row.sender, row.outcome, row.is_sent, row.text) == ("console", "printed", True, None)


def test_the_demo_keeps_the_text_sealed(town, at, settings):
    settings.SMS_SENDER = "demo"
    sms.send(PHONE, "验证码 123456", kind="k", at=at)
    row = TextMessage.objects.get()
    assert (row.phone.open(), row.text.open()) == (PHONE, "验证码 123456")
    assert (row.kind, row.at, row.sender) == ("k", at, "demo")
    assert "123456" not in repr(row.text)


@pytest.fixture
def aliyun(settings):
    settings.ALIYUN_SMS_SIGN = "渭滨驿站"
    settings.ALIYUN_SMS_TEMPLATES = {"people.sign_in_code": "SMS_1", "*": "SMS_9"}


def carrier(calls, code="OK"):
    def call(request):
        calls.append(request)
        return SimpleNamespace(code=code, biz_id="b-7")

    return AliyunSender(call)


def test_aliyun_gets_signature_template_and_values(aliyun):
    calls: list[dict[str, str]] = []
    outcome = carrier(calls).send(PHONE, "…", kind="people.sign_in_code", values={"code": "123456"})
    [request] = calls
    assert outcome == "b-7"
    assert request["template_param"] == json.dumps({"code": "123456"})
    assert (request["phone_numbers"], request["sign_name"]) == (PHONE, "渭滨驿站")
    assert request["template_code"] == "SMS_1"


def test_aliyun_other_kinds_use_the_common_template(aliyun):
    calls: list[dict[str, str]] = []
    carrier(calls).send(PHONE, "…", kind="orders.accepted", values={})
    assert calls[0]["template_code"] == "SMS_9"


@pytest.mark.parametrize(
    ("code", "lasting"),
    [("isv.BUSINESS_LIMIT_CONTROL", False), ("isv.MOBILE_NUMBER_ILLEGAL", True)],
)
def test_aliyun_refusals(aliyun, code, lasting):
    with pytest.raises(sms.NotSent) as refused:
        carrier([], code).send(PHONE, "…", kind="x", values={})
    assert (refused.value.outcome, refused.value.lasting) == (code, lasting)


def test_aliyun_without_template(settings):
    settings.ALIYUN_SMS_TEMPLATES = {}
    with pytest.raises(sms.NotSent, match="no_template") as refused:
        carrier([]).send(PHONE, "…", kind="x", values={})
    assert refused.value.lasting


class Refusing:
    name = "refusing"
    keeps_text = False
    lasting = True

    def send(self, phone, text, *, kind, values):
        raise sms.NotSent("no", lasting=self.lasting)


class Failing(Refusing):
    lasting = False


def test_a_lasting_refusal_is_kept_as_a_row(town, at, settings, caplog):
    settings.SMS_SENDER = f"{__name__}.Refusing"
    row = sms.send(PHONE, "text", kind="k", at=at)
    assert (row.outcome, row.is_sent) == ("no", False)
    assert PHONE not in caplog.text
    assert "k: not sent by refusing: no" in caplog.text


def test_a_passing_failure_is_raised(town, at, settings):
    settings.SMS_SENDER = f"{__name__}.Failing"
    with pytest.raises(sms.NotSent):
        sms.send(PHONE, "text", kind="k", at=at)
    assert not TextMessage.objects.exists()
