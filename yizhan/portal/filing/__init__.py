"""The filing pack for the authority: what this installation is, read from what is installed.

The same installation on the same day gives the same pack. Nothing secret is in it: settings are
told as measures, keys by their number alone. What only the owner can say is named as open.
"""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from yizhan.documents.filling import filled, settled
from yizhan.portal.filing import holds, installed, measures
from yizhan.regions.district import Filing, profile

TEXTS = Path(__file__).parents[1] / "reference" / "filing.toml"
MARK = "演示数据"
OPEN = "（待填写：{}）"
OWNER = {
    "owner": "主办单位",
    "owner_contact": "主办单位联系人",
    "owner_phone": "主办单位电话",
    "filing_contact": "备案联系人",
    "filing_phone": "备案联系电话",
}


def pack(day: date) -> dict[str, Any]:
    """Everything that is filed, as plain values."""
    district, texts = profile(), tomllib.loads(TEXTS.read_text("utf-8"))
    named = {"city": district.city, "district": district.name, "brand": district.brand}
    return {
        "mark": MARK if settings.DEMO else "",
        "name": texts["name"].format(**named),
        "district": {"code": district.code, "name": f"{district.city}{district.name}"},
        "owner": owner(district.filing),
        "purpose": district.filing.purpose or texts["purpose"],
        "necessity": district.filing.necessity or texts["necessity"],
        "functions": installed.functions(),
        "users": installed.users(day),
        "data": holds.data(),
        "unregistered": holds.unregistered(),
        "measures": measures.measures(),
        "interfaces": installed.interfaces(),
        "dependencies": installed.dependencies(),
        "statement": [said(row) for row in texts["statement"]],
        "assessment": [
            {"question": row["question"], "told": said({**row, "text": row["told"]})}
            for row in texts["assessment"]
        ],
    }


def owner(filing: Filing) -> list[dict[str, str]]:
    """The owner and the contacts of the pack, each one that is missing named as open."""
    return [
        {"name": name, "value": getattr(filing, field) or OPEN.format(name)}
        for field, name in OWNER.items()
    ]


def said(row: dict[str, str]) -> str:
    """A sentence with what the owner still has to say behind it."""
    return row["text"] + (OPEN.format(row["open"]) if row["open"] else "")


def still_open(values: dict[str, Any]) -> list[str]:
    """Everything in a pack that the owner still has to say."""
    lines = [row["value"] for row in values["owner"]] + values["statement"]
    lines += [row["told"] for row in values["assessment"]]
    return [line for line in lines if "待填写" in line]


def write(folder: Path, values: dict[str, Any]) -> tuple[Path, Path]:
    """Write `filing.json` and `filing.docx` into a folder; the same values in both."""
    folder.mkdir(parents=True, exist_ok=True)
    as_json, as_docx = folder / "filing.json", folder / "filing.docx"
    as_json.write_text(json.dumps(values, ensure_ascii=False, indent=2) + "\n", "utf-8")
    as_docx.write_bytes(settled(filled("filing", values)))
    return as_json, as_docx
