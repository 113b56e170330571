"""Loading a table: every bad row is named, and nothing is changed when any row is bad."""

from dataclasses import dataclass

from yizhan.base.verdict import Refused


@dataclass(frozen=True, slots=True)
class RowError:
    """One fault: the line it is in, counted from 1, and what is wrong."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"第 {self.line} 行：{self.reason}"


class BadRows(Refused):
    """A table was not loaded because of these rows. Nothing was changed."""

    def __init__(self, errors: tuple[RowError, ...]) -> None:
        super().__init__("bad_rows", f"有 {len(errors)} 处不对，什么都没有导入。{errors[0]}")
        self.errors = errors
