"""Documents as .docx: a template that staff edit in a word processor, filled with values.

A district puts its own template into `documents/` of its data pack under the same name; otherwise
ours is used. A template may only read the values it is given: it is rendered in a sandbox.
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docxtpl import DocxTemplate
from jinja2.sandbox import ImmutableSandboxedEnvironment

from yizhan.regions.district import pack

OURS = Path(__file__).with_name("templates_docx")
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def template(name: str) -> Path:
    """The template of this name: the district's own, else ours."""
    own = pack() / "documents" / f"{name}.docx"
    return own if own.exists() else OURS / f"{name}.docx"


def filled(name: str, values: Mapping[str, Any], *, footer: str = "") -> bytes:
    """The document of this name with these values, as the bytes of a .docx.

    `footer` stands at the foot of every page, whatever template a district has: who took it out.
    """
    document = DocxTemplate(template(name))
    document.render(dict(values), jinja_env=ImmutableSandboxedEnvironment(), autoescape=True)
    for section in document.docx.sections if footer else ():
        section.footer.is_linked_to_previous = False
        section.footer.add_paragraph(footer)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def settled(data: bytes) -> bytes:
    """The same .docx without the moment it was packed: equal content gives equal bytes."""
    written = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(written, "w") as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
    return written.getvalue()
