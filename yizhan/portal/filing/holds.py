"""What the installation keeps about persons: what is registered, and what is not."""

from django.apps import apps

from yizhan.base.files import StoredFile
from yizhan.base.sealed import SealedText
from yizhan.privacy.holdings import HOLDINGS

BASES = {"duty": "履行法定职责", "consent": "本人同意"}
NO_PURPOSE = "未登记用途"


def data() -> list[dict[str, str]]:
    """The registered holdings, each with its columns."""
    return [
        {
            "name": holding.name,
            "purpose": holding.purpose,
            "basis": BASES[holding.basis],
            "kept": holding.kept,
            "sensitive": "敏感" if holding.sensitive else "一般",
            "shared_with": "、".join(holding.shared_with) or "不提供给别人",
            "columns": "、".join(holding.columns),
        }
        for _, holding in sorted(HOLDINGS.items())
    ]


def unregistered() -> list[dict[str, str]]:
    """Every sealed column, and the sealed files, for which nobody has said what they are for."""
    known = {column for holding in HOLDINGS.values() for column in holding.columns}
    return [{"column": one, "purpose": NO_PURPOSE} for one in sealed() if one not in known]


def sealed() -> list[str]:
    """Every sealed column of every model, append-only ones too, and the file store."""
    columns = [
        f"{model._meta.label_lower}.{field.attname}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedText)
    ]
    return sorted([*columns, f"{StoredFile._meta.label_lower}.path"])
