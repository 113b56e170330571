"""备案材料: what is filed is what is installed, on paper as in the data, and holds no secret."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from django.utils.timezone import localdate
from docx import Document

from tests.world import SINCE
from yizhan.base import crypto
from yizhan.base.actor import CLOCK
from yizhan.people.models import Person, Post
from yizhan.people.roles import ROLES
from yizhan.portal import filing, operations
from yizhan.portal.filing import holds
from yizhan.portal.modules import MODULES
from yizhan.privacy.holdings import HOLDINGS, Holding
from yizhan.regions.district import Filing, profile

pytestmark = pytest.mark.django_db
SECRETS = ("5a" * 32, "c3" * 32, "only-for-tests", "postgresql://")


@pytest.fixture
def pack(world, at):
    """The pack of the small world, as often as it is asked for."""
    return lambda: filing.pack(localdate(at))


def words(data):
    document = Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def values_in(value):
    """Every text and number of a pack."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [one for row in value for one in values_in(row)]
    return [str(value)]


def written(values, folder):
    as_json, as_docx = filing.write(folder, values)
    return json.loads(as_json.read_text("utf-8")), as_docx.read_bytes()


def named(rows, name, key="name"):
    (row,) = [row for row in rows if row[key] == name]
    return row


def test_both_files_say_the_same(pack, tmp_path):
    data, document = written(pack(), tmp_path / "new" / "folder")

    assert data == pack()
    text = words(document)
    assert [one for one in values_in(data) if one not in text] == []
    assert not [mark for mark in ("{{", "{%", "}}", "%}") if mark in text]


def test_the_same_installation_gives_the_same_bytes(pack, tmp_path):
    for name in ("one", "two"):
        filing.write(tmp_path / name, pack())

    for name in ("filing.json", "filing.docx"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_functions_follow_the_switches(pack, at):
    assert [row["state"] for row in pack()["functions"]] == ["启用"] * len(MODULES) + ["一直启用"]
    operations.switch(module="orders", region_code="610302", on=False, by=CLOCK, at=at)
    operations.switch(module="orders", region_code="610302005", on=True, by=CLOCK, at=at)
    operations.switch(module="places", region_code="610302002", on=False, by=CLOCK, at=at)

    functions = pack()["functions"]
    assert named(functions, "点单")["state"] == "停用；桥南街道启用"
    assert named(functions, "驿站")["state"] == "启用；经二路街道停用"
    assert named(functions, "消息")["state"] == "启用"


def test_users_are_the_posts_of_the_day(pack, world, at):
    clerks = ROLES["clerk"].name
    assert [row["role"] for row in pack()["users"]] == [role.name for role in ROLES.values()]
    before = named(pack()["users"], clerks, "role")["posts"]
    Post.objects.create(person=world.chen, role="clerk", unit=world.units["C"], since_date=SINCE)

    assert before == 2
    assert named(pack()["users"], clerks, "role")["posts"] == 3


def test_every_sealed_column_is_registered_or_named_loudly(pack, monkeypatch):
    columns = holds.sealed()
    for known in ("people.person.phone", "orders.order.words", "base.remark.text"):
        assert known in columns
    phone = ("people.person.phone",)
    holding = Holding("t", "电话", "登录", "duty", "账号注销", phone, lambda _: [])
    monkeypatch.setitem(HOLDINGS, "t", holding)
    filed = {column for row in pack()["data"] for column in row["columns"].split("、")}
    loud = {row["column"] for row in pack()["unregistered"]}

    assert set(columns) == (filed & set(columns)) | loud
    assert filed & loud == set()
    assert {row["purpose"] for row in pack()["unregistered"]} <= {"未登记用途"}
    assert named(pack()["data"], "电话")["basis"] == "履行法定职责"


@pytest.mark.parametrize(
    ("setting", "value", "measure", "says"),
    [
        ("STAFF_TOTP_REQUIRED", True, "工作人员登录", "动态码（TOTP）"),
        ("STAFF_TOTP_REQUIRED", False, "工作人员登录", "没有启用"),
        ("SECURE_HSTS_SECONDS", 0, "强制 HTTPS（HSTS）", "没有启用"),
        ("SECURE_HSTS_SECONDS", 31_536_000, "强制 HTTPS（HSTS）", "31536000 秒"),
        ("CSP", "default-src 'none'", "内容安全策略（CSP）", "default-src 'none'"),
        ("STAFF_IDLE_SECONDS", 1200, "无操作退出", "20 分钟"),
        ("SEAL_ALGORITHM", "aes", "字段加密", "AES-256-GCM"),
    ],
)
def test_measures_are_the_settings(pack, settings, setting, value, measure, says):
    setattr(settings, setting, value)

    assert says in named(pack()["measures"], measure)["value"]


def test_measures_name_length_lockout_key_and_ledgers(pack, settings):
    measures = pack()["measures"]

    assert "至少 10 位" in named(measures, "密码长度")["value"]
    lock = settings.ACCOUNT_RATE_LIMITS["login_failed"]
    assert named(measures, "登录失败锁定")["value"] == lock
    assert f"密钥编号 {crypto.newest_key()}" in named(measures, "字段加密")["value"]
    assert "base_step" in named(measures, "只增的表")["value"]


def test_dependencies_are_what_is_installed(pack):
    rows = pack()["dependencies"]
    django = named(rows, "django")

    assert len(rows) > 30
    assert django["installed"] == django["locked"]


def test_nothing_secret_and_nobody_is_in_it(pack, settings, tmp_path):
    settings.ALIYUN_SMS_KEY_SECRET = "carrier-secret"
    settings.SOCIALACCOUNT_PROVIDERS = {"weixin": {"APPS": [{"secret": "weixin-secret"}]}}
    data, document = written(pack(), tmp_path)
    text = json.dumps(data) + words(document)

    for secret in (*SECRETS, "carrier-secret", "weixin-secret", settings.SECRET_KEY):
        assert secret not in text
    for person in Person.objects.all():
        assert person.full_name not in text
        assert person.phone.open() not in text
    assert named(data["interfaces"], "微信登录")["value"] == "已配置"


def test_what_the_owner_has_not_said_is_named(pack, monkeypatch):
    owner = {row["name"]: row["value"] for row in pack()["owner"]}
    assert owner["主办单位"] == "（待填写：主办单位）"
    before = len(filing.still_open(pack()))
    answers = ["某某区委", "甲", "0999-1", "乙", "0999-2"]
    said = Filing(*answers, purpose="为了方便", necessity="很必要")
    monkeypatch.setattr(filing, "profile", lambda: replace(profile(), filing=said))

    values = pack()
    assert [row["value"] for row in values["owner"]] == answers
    assert (values["purpose"], values["necessity"]) == ("为了方便", "很必要")
    assert len(filing.still_open(values)) == before - len(owner)


def test_the_assessment_has_every_activity(pack, tmp_path):
    values = pack()
    _, document = written(values, tmp_path)
    table = Document(BytesIO(document)).tables[-1]

    assert [cell.text for cell in table.rows[0].cells][-1] == "风险和措施"
    activities = [row.cells[0].text for row in table.rows[1:]]
    assert activities == [row["name"] for row in values["data"]]
    assert values["data"]


def test_a_demo_says_so(pack, settings, tmp_path):
    settings.DEMO = True
    data, document = written(pack(), tmp_path)

    assert data["mark"] == "演示数据"
    assert "演示数据" in words(document)
    settings.DEMO = False
    assert "演示数据" not in words(written(pack(), tmp_path)[1])
