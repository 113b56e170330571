"""Makes our own templates anew: `python -m yizhan.documents.blank`."""

from dataclasses import dataclass

from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table

from yizhan.documents.filling import OURS

FIGURES = (("项目", 24), ("分子", 16), ("分母", 16), ("比例", 20), ("怎么算", 78))
CATEGORIES = (("分类", 90), ("收到", 32), ("其中已办结", 32))
Columns = tuple[tuple[str, int], ...]
NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
TO_WRITE = ("主要做法", "存在困难", "下一步打算")


@dataclass(frozen=True, slots=True)
class Part:
    """One numbered part: sentences, then perhaps a table of what is looped over."""

    heading: str
    texts: tuple[str, ...] = ()
    heads: Columns = ()
    each: str = ""
    cells: tuple[str, ...] = ()


PARTS = (
    Part(
        "主办单位和联系人", (), (("项目", 50), ("内容", 104)), "o in owner", ("o.name", "o.value")
    ),
    Part("用途和必要性", ("用途：{{ purpose }}", "必要性：{{ necessity }}")),
    Part(
        "功能",
        (),
        (("功能", 24), ("说明", 80), ("状态", 50)),
        "f in functions",
        ("f.name", "f.about", "f.state"),
    ),
    Part(
        "使用范围",
        ("居民不用账号也能使用。工作人员按岗位使用，在任岗位数如下。",),
        (("岗位", 104), ("在任", 50)),
        "u in users",
        ("u.role", "u.posts"),
    ),
    Part(
        "个人信息清单",
        ("{% if not data %}没有登记任何一项。{% endif %}",),
        (("信息", 26), ("用途", 44), ("依据", 26), ("保存", 24), ("类别", 14), ("提供给谁", 20)),
        "d in data",
        ("d.name", "d.purpose", "d.basis", "d.kept", "d.sensitive", "d.shared_with"),
    ),
    Part(
        "个人信息存在哪里", (), (("信息", 40), ("字段", 114)), "d in data", ("d.name", "d.columns")
    ),
    Part(
        "没有登记用途的加密字段",
        ("{% if unregistered %}下列字段未登记用途，备案前须说明。{% else %}没有。{% endif %}",),
        (("字段", 104), ("用途", 50)),
        "c in unregistered",
        ("c.column", "c.purpose"),
    ),
    Part("安全措施", (), (("措施", 44), ("本平台", 110)), "m in measures", ("m.name", "m.value")),
    Part(
        "接口和依赖",
        ("{%p for i in interfaces %}", "{{ i.name }}：{{ i.value }}", "{%p endfor %}"),
        (("软件包", 74), ("锁定", 40), ("已安装", 40)),
        "p in dependencies",
        ("p.name", "p.locked", "p.installed"),
    ),
    Part(
        "不重复建设说明",
        ("{%p for line in statement %}", "{{ line }}", "{%p endfor %}"),
    ),
    Part(
        "个人信息保护影响评估",
        ("{%p for a in assessment %}", "{{ a.question }}：{{ a.told }}", "{%p endfor %}"),
        (
            ("处理活动", 26),
            ("用途", 38),
            ("依据", 24),
            ("类别", 14),
            ("保存", 22),
            ("风险和措施", 30),
        ),
        "d in data",
        ("d.name", "d.purpose", "d.basis", "d.sensitive", "d.kept", ""),
    ),
)


def summary() -> Doc:
    """The weekly and monthly 小结: sentences, figures, categories, and room for staff to write."""
    document = Document()
    _plain(document, "点单工作小结")
    title = document.add_heading("{{ place }}点单工作小结", level=0)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    period = document.add_paragraph("{{ period }}{% if mark %}（{{ mark }}）{% endif %}")
    period.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_heading("一、基本情况", level=1)
    document.add_paragraph("{{ sentence }}")
    document.add_heading("二、数据", level=1)
    cells = ("f.name", "f.numerator", "f.denominator", "f.rate", "f.meaning")
    _rows(document, FIGURES, "f in figures", cells)
    document.add_paragraph("分母不足 10 件时不算比例。")
    document.add_heading("三、分类", level=1)
    _rows(document, CATEGORIES, "c in categories", ("c.name", "c.received", "c.finished"))
    for number, heading in zip("四五六", TO_WRITE, strict=True):
        document.add_heading(f"{number}、{heading}", level=1)
        document.add_paragraph("")
    document.add_paragraph("填表人：　　　　　　审核人：　　　　　　日期：{{ made }}")
    return document


def filing() -> Doc:
    """The filing pack: what is installed, and room for what only the owner can say."""
    document = Document()
    _plain(document, "备案材料")
    title = document.add_heading("{{ name }}备案材料", level=0)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("{{ district.name }}（{{ district.code }}）{{ mark }}")
    for number, part in enumerate(PARTS):
        document.add_heading(f"{NUMERALS[number]}、{part.heading}", level=1)
        for text in part.texts:
            document.add_paragraph(text)
        if part.heads:
            _rows(document, part.heads, part.each, part.cells)
    document.add_paragraph("填表人：　　　　　　审核人：　　　　　　日期：")
    return document


def _plain(document: Doc, title: str) -> None:
    """A4 and a body type that Chinese offices have."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "仿宋", Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    for name, size in (("Title", 20), ("Heading 1", 14)):
        heading = document.styles[name]
        heading.font.size, heading.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
        heading.element.rPr.rFonts.set(qn("w:eastAsia"), "黑体")
    about = document.core_properties
    about.author, about.comments, about.title = "", "", title


def _rows(document: Doc, heads: Columns, each: str, cells: tuple[str, ...]) -> None:
    """A table with one row for each of what is looped over; columns by heading and width in mm."""
    table: Table = document.add_table(rows=4, cols=len(heads), style="Table Grid")
    table.autofit = False
    for column, (text, width) in zip(table.columns, heads, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
        column.cells[0].text = text
    table.cell(1, 0).text = f"{{%tr for {each} %}}"
    for cell, name in zip(table.rows[2].cells, cells, strict=True):
        cell.text = f"{{{{ {name} }}}}" if name else ""
    table.cell(3, 0).text = "{%tr endfor %}"


if __name__ == "__main__":
    for made in (summary, filing):
        made().save(str(OURS / f"{made.__name__}.docx"))
