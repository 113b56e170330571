"""Templates that the district edits: filled with values, and able to do nothing else."""

import re
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from docx import Document
from jinja2.exceptions import SecurityError

from yizhan.documents import blank, filling

VALUES = {
    "place": "渭工路社区",
    "period": "2026年11月",
    "sentence": "本期收到点单 <3> 件 & 办结 2 件。",
    "figures": [SimpleNamespace(name="派出", numerator=2, denominator=3, rate="", meaning="已派")],
    "categories": [SimpleNamespace(name="生活帮扶", received=3, finished=2)],
    "made": "2026年11月22日",
    "mark": "演示数据",
}


def words(data):
    document = Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_ours_is_filled_with_values_and_marked():
    text = words(filling.filled("summary", VALUES))

    for word in ("渭工路社区点单工作小结", "2026年11月（演示数据）", "生活帮扶", "主要做法"):
        assert word in text
    assert "<3> 件 & 办结" in text
    assert "{" not in text
    assert "演示数据" not in words(filling.filled("summary", {**VALUES, "mark": ""}))


@pytest.mark.parametrize("name", ["summary", "filing"])
def test_the_template_is_what_the_code_makes(name):
    made = BytesIO()
    getattr(blank, name)().save(made)

    def body(source):
        return ZipFile(source).read("word/document.xml")

    assert body(filling.OURS / f"{name}.docx") == body(made)


def test_settled_documents_of_the_same_content_are_the_same_bytes(monkeypatch):
    first = filling.filled("summary", VALUES)
    again = BytesIO()
    with ZipFile(BytesIO(first)) as source, ZipFile(again, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))

    assert first != again.getvalue()
    assert filling.settled(first) == filling.settled(again.getvalue())
    assert words(filling.settled(first)) == words(first)


def test_the_districts_own_comes_first(tmp_path, monkeypatch):
    monkeypatch.setattr(filling, "pack", lambda: tmp_path)
    own = tmp_path / "documents" / "summary.docx"
    own.parent.mkdir()
    document = Document()
    document.add_paragraph("{{ place }}的格式")
    document.save(str(own))

    assert words(filling.filled("summary", VALUES)) == "渭工路社区的格式"


def test_a_template_can_only_read(tmp_path, monkeypatch):
    monkeypatch.setattr(filling, "pack", lambda: tmp_path)
    (tmp_path / "documents").mkdir()
    document = Document()
    document.add_paragraph("{{ place.__class__.__mro__[1].__subclasses__() }}")
    document.save(str(tmp_path / "documents" / "summary.docx"))

    with pytest.raises(SecurityError):
        filling.filled("summary", VALUES)


@pytest.mark.parametrize("name", ["summary", "filing"])
def test_the_template_names_nobody(name):
    core = ZipFile(filling.OURS / f"{name}.docx").read("docProps/core.xml").decode()

    assert re.findall(r"<dc:creator>(.*?)</dc:creator>", core) in ([], [""])
