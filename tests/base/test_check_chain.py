"""The script outside the product, on chains that a superuser or an editor has tampered with."""

import hashlib
import json
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection

from tests.database import ROOT, as_superuser
from yizhan.base import chain
from yizhan.base.models import Head, Remark, Seal, Step
from yizhan.people.models import Person

SCRIPT = ROOT / "tools" / "check_chain.py"


@pytest.fixture
def sealed(lamp, by, at):
    """A chain with a head of the day, and two steps after it; the positions of the lamp's steps."""
    lamp.move("lit", by=by, at=at)
    lamp.note("wished", by=by, at=at, remark="愿亮到天明")
    chain.seal_waiting(at=at)
    chain.keep_head(at=at + timedelta(days=1))
    lamp.move("dark", by=by, at=at)
    lamp.move("lit", by=by, at=at)
    chain.seal_waiting(at=at + timedelta(days=1))
    return [step.seal.position for step in lamp.steps]


@pytest.fixture
def check(tmp_path):
    """Export the chain, let `edit` change the lines, run the script; code and what it says."""

    def run(*heads, edit=lambda rows: rows):
        rows = edit([json.loads(line) for line in chain.exported()])
        file = tmp_path / "chain.jsonl"
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        file.write_text("".join(f"{line}\n" for line in lines))
        marks = [word for head in heads for word in ("--head", head)]
        command = [sys.executable, "-I", str(SCRIPT), str(file), *marks]
        answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert "Traceback" not in answer.stderr
        return answer.returncode, answer.stdout + answer.stderr

    return run


def tamper(statement, *values):
    connection.check_constraints()
    with as_superuser(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def written(position):
    """A head as somebody wrote it down."""
    return f"{position}:{bytes(Seal.objects.get(position=position).hash).hex()}"


def found(check, words, *heads, inside=True, **more):
    code, said = check(*heads, **more)
    assert (code, words in said) == (1, True), said
    assert bool(chain.verify()) == inside


def test_a_sound_chain(sealed, check):
    end = Seal.objects.count()
    code, said = check(written(end), written(2))

    assert code == 0
    assert (
        f"完好：共 {end} 号，与 1 个日链头、2 个记下的链头一致。现在的链头 {written(end)}" in said
    )


def test_an_empty_chain(db, check):
    tamper("DELETE FROM base_seal")
    tamper("DELETE FROM base_head")

    assert check()[0] == 0


def test_the_file_holds_no_content(sealed):
    text = "\n".join(chain.exported())
    keys = {key for line in text.splitlines() for key in json.loads(line)}

    assert keys == {"chain", "district", "digest", "end", "head", "position", "hash", "step"}
    assert "lit" not in text
    assert "actor" not in text
    assert Person.objects.exists()


def test_a_row_edited(sealed, check):
    tamper("UPDATE base_step SET kind = 'x' WHERE id = (%s)", step_at(sealed[1]))

    found(check, f"第 {sealed[1]} 号对不上")


def step_at(position):
    return Seal.objects.get(position=position).step_id


def test_a_row_deleted(sealed, check):
    tamper("DELETE FROM base_step WHERE id = %s", step_at(sealed[1]))

    found(check, f"第 {sealed[1]} 号的历史记录被删除")


def test_a_row_deleted_with_its_seal(sealed, check):
    step = step_at(sealed[1])
    tamper("DELETE FROM base_seal WHERE step_id = %s", step)
    tamper("DELETE FROM base_step WHERE id = %s", step)

    found(check, f"第 {sealed[1]} 号不见了")


def cut(after):
    """The end of the chain taken away, with everything that points to it."""
    steps = list(Seal.objects.filter(position__gt=after).values_list("step_id", flat=True))
    tamper("DELETE FROM base_seal WHERE position > %s", after)
    tamper("DELETE FROM base_step WHERE id = ANY(%s)", steps)


def test_the_chain_cut_before_a_head(sealed, check):
    head = Head.objects.get()
    cut(head.position - 1)

    found(check, f"的链头在第 {head.position} 号，链只到第 {head.position - 1} 号")


def test_the_chain_cut_after_the_last_head_is_found_by_the_head_written_down(sealed, check):
    end = Seal.objects.count()
    mark = written(end)
    cut(end - 1)

    found(check, f"记下的链头在第 {end} 号，链只到第 {end - 1} 号", mark, inside=False)


def test_a_seal_edited(sealed, check):
    tamper("UPDATE base_seal SET hash = %s WHERE position = %s", b"x" * 32, sealed[1])

    found(check, f"第 {sealed[1]} 号对不上")


def test_a_head_edited(sealed, check):
    head = Head.objects.get()
    tamper("UPDATE base_head SET hash = %s", b"x" * 32)

    found(check, f"{head.date} 的链头与第 {head.position} 号对不上")


def test_a_step_and_the_whole_chain_written_anew_are_found_by_the_head_written_down(sealed, check):
    """The superuser changes a step, every later seal and the heads: nothing inside can tell."""
    mark = written(Seal.objects.count())
    tamper("UPDATE base_step SET kind = 'x' WHERE id = %s", step_at(sealed[1]))
    previous = chain.FIRST
    for seal in Seal.objects.order_by("position").select_related("step"):
        previous = chain.link(previous, seal.step)
        tamper("UPDATE base_seal SET hash = %s WHERE position = %s", previous, seal.position)
    head = Head.objects.get()
    value = bytes(Seal.objects.get(position=head.position).hash)
    tamper("UPDATE base_head SET hash = %s", value)

    assert check()[0] == 0
    found(check, "链被重新算过", mark, inside=False)


def set_to(at, **values):
    def edit(rows):
        rows[at] = {**rows[at], **values}
        return rows

    return edit


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (set_to(-1, step="ab" * 32), "对不上"),
        (set_to(-1, hash="ab" * 32), "对不上"),
        (set_to(-1, step=None), "被删除"),
        (set_to(1, hash="ab" * 32), "的链头与第"),
        (set_to(-1, step="zz"), "写法不对"),
        (set_to(0, end=10**6), "不见了"),
        (lambda rows: rows[:-1], "不见了"),
        (lambda rows: [*rows[:-2], rows[-1]], "不见了"),
        (lambda rows: [*rows[:3], "{", *rows[3:]], "读不出来"),
        (lambda rows: [*rows[:-1], {"position": rows[-1]["position"]}], "写法不对"),
    ],
)
def test_the_exported_file_edited(sealed, check, edit, words):
    found(check, words, inside=False, edit=edit)


def test_what_is_no_export_is_not_checked(sealed, check, tmp_path):
    assert check(edit=lambda rows: rows[1:])[0] == 2
    command = [sys.executable, str(SCRIPT), str(tmp_path / "nothing")]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 2


def test_a_head_written_badly_is_told(sealed, check):
    code, said = check("12:xyz")

    assert code == 2
    assert "应为 位置:哈希" in said


def test_without_sm3_the_script_says_so(sealed, tmp_path):
    file = tmp_path / "chain.jsonl"
    file.write_text("".join(f"{line}\n" for line in chain.exported()))
    code = (
        "import hashlib, runpy, sys\n"
        "def none(*_): raise ValueError('unsupported hash type sm3')\n"
        "hashlib.new = none\n"
        f"sys.argv = ['check_chain', {str(file)!r}]\n"
        f"runpy.run_path({str(SCRIPT)!r}, run_name='__main__')\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )

    assert (answer.returncode, "不带 SM3" in answer.stderr) == (2, True)


def test_the_link_is_what_the_script_computes(sealed):
    seals = list(Seal.objects.order_by("position")[:2])
    digest = hashlib.new("sm3", seals[1].step.payload()).digest()

    assert bytes(seals[1].hash) == hashlib.new("sm3", bytes(seals[0].hash) + digest).digest()
    assert Remark.objects.exists()
    assert Step.objects.count() == Seal.objects.count()
