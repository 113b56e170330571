"""What people and the clock do with templates and exports. One module for each."""

from yizhan.documents.operations.exports import (
    ask_export,
    drop_export,
    fail_export,
    keep_export,
    report_export,
    take_out,
)
from yizhan.documents.operations.templates import (
    map_template,
    retire_template,
    upload_template,
)

__all__ = [
    "ask_export",
    "drop_export",
    "fail_export",
    "keep_export",
    "map_template",
    "report_export",
    "retire_template",
    "take_out",
    "upload_template",
]
