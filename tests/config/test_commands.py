"""The short commands, in the test database."""

from argparse import Namespace
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from tests.database import as_superuser
from yizhan.base import chain, crypto
from yizhan.base.models import Remark, Seal
from yizhan.base.verdict import Refused
from yizhan.config import checks, commands
from yizhan.people.models import Person
from yizhan.privacy.models import ChainCheck
from yizhan.regions.models import Region

pytestmark = pytest.mark.django_db
NOTHING = Namespace()


@pytest.fixture(autouse=True)
def here(monkeypatch, world):
    """The database of the test is the one that is ready."""
    monkeypatch.setattr(commands, "ready", nullcontext)


@pytest.fixture
def staff(world):
    """What `createstaff` is told."""
    unit = world.units["C"].code
    return Namespace(name="周海燕", username="zhouhy", role="clerk", unit=unit, phone="")


def test_createstaff_shows_a_password_once(capsys, client, staff):
    assert commands.createstaff(staff) == 0

    out = capsys.readouterr().out
    password = out.split("一次性密码：")[1].split("（")[0]
    person = Person.objects.get(username="zhouhy")
    assert person.check_password(password)
    assert person.posts.get().role == "clerk"
    assert chain.verify() == []


def test_createstaff_with_an_unknown_unit(staff):
    staff.unit = "nowhere"

    with pytest.raises(SystemExit, match="没有代码为 nowhere 的单位"):
        commands.createstaff(staff)


def test_createstaff_with_a_name_that_is_taken(staff):
    commands.createstaff(staff)

    with pytest.raises(Refused):
        commands.createstaff(staff)


def test_verify_passes_and_then_names_the_row_a_superuser_edited(capsys, staff, at):
    commands.createstaff(staff)
    chain.seal_waiting(at=at)
    assert commands.verify(NOTHING) == 0
    assert "历史记录完好" in capsys.readouterr().out

    step = Person.objects.get(username="zhouhy").steps.get()
    connection.check_constraints()
    with as_superuser(), connection.cursor() as cursor:
        cursor.execute("UPDATE base_step SET kind = 'x' WHERE id = %s", [step.pk])

    assert commands.verify(NOTHING) == 1
    assert f"历史记录 {step.pk}（people.person:" in capsys.readouterr().out


def test_verify_keeps_how_it_came_out(capsys):
    commands.verify(NOTHING)

    check = ChainCheck.objects.get()
    assert (check.faults, check.findings, check.via) == (0, [], "command")


def test_the_chain_is_exported_and_its_head_is_shown(capsys, tmp_path, staff, at):
    assert commands.head(NOTHING) == 0
    commands.createstaff(staff)
    chain.seal_waiting(at=at)
    chain.keep_head(at=at + timedelta(days=1))
    capsys.readouterr()

    assert commands.head(NOTHING) == 0
    last = Seal.objects.order_by("position").last()
    head = f"{last.position}:{bytes(last.hash).hex()}"
    assert capsys.readouterr().out == f"2026-11-22 {head}\n现在 {head}\n"
    file = tmp_path / "chain.jsonl"
    assert commands.export_chain(Namespace(file=file)) == 0
    assert len(file.read_text().splitlines()) == 2 + last.position


def test_rekey_says_what_it_did(capsys, settings):
    crypto._key.cache_clear()
    remark = Remark.objects.create(text="一句话", salt=b"1")
    settings.SEAL_KEYS = {**settings.SEAL_KEYS, 9: "99" * 32}

    assert commands.rekey(NOTHING) == 0
    assert "base.remark.text：1" in capsys.readouterr().out
    remark.refresh_from_db()
    assert crypto.key_of(remark.text.raw) == 9
    crypto._key.cache_clear()


def test_a_key_that_is_gone_is_named(settings):
    Remark.objects.create(text="一句话", salt=b"1")
    settings.SEAL_KEYS = {9: "99" * 32}

    assert "base.remark.text 中有用密钥 1 加密的数据，而 SEAL_KEYS 里没有这个密钥" in set(
        checks.missing_keys()
    )


def test_regions_from_the_pack_then_unchanged(capsys):
    Region.objects.all().update(valid_to=None)
    commands.regions(Namespace(file=None))
    capsys.readouterr()
    commands.regions(Namespace(file=None))

    assert "新增 0，变更 0，不变 139" in capsys.readouterr().out


def test_regions_names_every_bad_row(capsys, tmp_path):
    file = tmp_path / "regions.csv"
    file.write_text(
        "code,name,kind,parent_code,administered_by\n610302001,,street,610302,\n61,x,town,,\n"
    )
    before = Region.objects.count()

    with pytest.raises(SystemExit, match="什么都没有导入"):
        commands.regions(Namespace(file=Path(file)))
    out = capsys.readouterr().out
    assert "2" in out
    assert "3" in out
    assert Region.objects.count() == before


def test_trigrams_see_chinese_where_they_are_used():
    with as_superuser(), connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")

    assert list(checks.blind_trigrams()) == []


def test_an_installation_in_order_has_no_faults():
    assert list(checks.faults()) == []


def test_filing_writes_the_papers_and_says_what_is_open(capsys, tmp_path):
    assert commands.filing(Namespace(folder=tmp_path / "papers")) == 0

    out = capsys.readouterr().out
    assert sorted(path.name for path in (tmp_path / "papers").iterdir()) == [
        "filing.docx",
        "filing.json",
    ]
    assert "待填写" in out
