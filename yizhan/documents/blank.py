"""Makes our own templates anew: `python -m yizhan.documents.blank`."""

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
TO_WRITE = ("主要做法", "存在困难", "下一步打算")


def summary() -> Doc:
    """The weekly and monthly 小结: sentences, figures, categories, and room for staff to write."""
    document = Document()
    _plain(document)
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


def _plain(document: Doc) -> None:
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
    about.author, about.comments, about.title = "", "", "点单工作小结"


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
        cell.text = f"{{{{ {name} }}}}"
    table.cell(3, 0).text = "{%tr endfor %}"


if __name__ == "__main__":
    summary().save(str(OURS / "summary.docx"))
