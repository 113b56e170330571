"""Proposing a layout: the headings of a workbook matched with the columns of a ledger.

A heading of two or three rows is read as a path, 办理情况/办结时间; the last part counts first.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl.utils import get_column_letter

from yizhan.documents.layouts import LABELS, SIGNED, Layout, plain
from yizhan.documents.ledgers import Column, Ledger

DEEPEST = 30
TALLEST = 3
WIDEST = 60
TITLE_SHARE = 0.6
FEWEST = 2
SURE = 3
MANY_BLANK = 200
FOOT = (*SIGNED, *(label for labels in LABELS.values() for label in labels), "合计", "总计", "小计")


class Headings:
    """The texts of one sheet, each cell of a merged range saying what its range says."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.last = min(sheet.max_column, WIDEST)
        self.merged: dict[tuple[int, int], Any] = {}
        for found in sheet.merged_cells.ranges:
            for cell in found.cells:
                self.merged[cell] = found

    def own(self, row: int, column: int) -> str:
        """The text that stands in this very cell."""
        value = self.sheet.cell(row, column).value
        return "" if value is None else str(value).strip()

    def text(self, row: int, column: int) -> str:
        """The text that a reader sees there."""
        found = self.merged.get((row, column))
        if found is None:
            return self.own(row, column)
        if found.max_col - found.min_col + 1 > max(2, self.last * TITLE_SHARE):
            return ""
        return self.own(found.min_row, found.min_col)

    def ends_here(self, row: int, column: int) -> bool:
        """Whether a heading stands in this row, or one from above ends in it."""
        found = self.merged.get((row, column))
        if found is None:
            return bool(self.own(row, column))
        return bool(found.max_row == row and self.text(row, column))

    def paths(self, top: int, bottom: int) -> dict[str, tuple[str, ...]]:
        """For each letter its headings from top to bottom, each said once."""
        found = {}
        for column in range(1, self.last + 1):
            texts = [self.text(row, column) for row in range(top, bottom + 1)]
            found[get_column_letter(column)] = tuple(dict.fromkeys(text for text in texts if text))
        return found


def proposed(sheet: Any, ledger: Ledger) -> Layout:
    """The layout that fits best; without any column where no headings are known."""
    read, best = Headings(sheet), (0, 0, 0)
    columns: dict[str, str] = {}
    for bottom in range(1, min(sheet.max_row, DEEPEST) + 1):
        if sum(read.ends_here(bottom, column) for column in range(1, read.last + 1)) < FEWEST:
            continue
        for height in range(1, min(TALLEST, bottom) + 1):
            found = matched(ledger.columns, read.paths(bottom - height + 1, bottom))
            score = (len(found), bottom, height)
            if len(found) >= FEWEST and score > best:
                best, columns = score, found
    first = _after_headings(read, best[1] + 1)
    last = _last_blank(read, first)
    return Layout(sheet.title, first, last, columns, _fixed(read, first, last))


def headings(sheet: Any, layout: Layout) -> dict[str, str]:
    """What stands above each letter, in words, for whoever corrects the mapping."""
    read = Headings(sheet)
    bottom = layout.first_row - 1
    while bottom > 1 and _only_numbers(read, bottom):
        bottom -= 1
    top = max(1, bottom - TALLEST + 1)
    paths = read.paths(top, bottom) if bottom else {}
    letters = [get_column_letter(column) for column in range(1, read.last + 1)]
    return {letter: "/".join(paths.get(letter, ())[-2:]) for letter in letters}


def matched(columns: Sequence[Column], paths: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """A letter for each column that has one: exact names first, then what contains a name."""
    found: dict[str, str] = {}
    for fits in (_exactly, _joined, _partly):
        for column in columns:
            if column.code in found:
                continue
            free = [letter for letter in paths if letter not in found.values()]
            letter = next((one for one in free if fits(column, paths[one])), None)
            if letter:
                found[column.code] = letter
    return found


def _names(column: Column) -> list[str]:
    return [plain(name) for name in (column.name, *column.also)]


def _exactly(column: Column, path: tuple[str, ...]) -> bool:
    return bool(path) and plain(path[-1]) in _names(column)


def _joined(column: Column, path: tuple[str, ...]) -> bool:
    return len(path) > 1 and plain("".join(path[-2:])) in _names(column)


def _partly(column: Column, path: tuple[str, ...]) -> bool:
    said = plain(path[-1]) if path else ""
    return any(name in said for name in _names(column) if len(name) >= SURE)


def _after_headings(read: Headings, row: int) -> int:
    """The first row for data: a row of column numbers (1, 2, 3 or 甲, 乙) still is heading."""
    return row + 1 if _only_numbers(read, row) else row


def _only_numbers(read: Headings, row: int) -> bool:
    texts = [text for text in _texts(read, row) if text]
    return len(texts) > FEWEST and all(
        text.strip("()（）").isdecimal() or text in "甲乙丙丁戊己庚辛壬癸栏次" for text in texts
    )


def _texts(read: Headings, row: int) -> Iterator[str]:
    return (read.own(row, column) for column in range(1, read.last + 1))


def _last_blank(read: Headings, first: int) -> int:
    """The last row that the form leaves for data: empty, or only numbered, and ruled like it."""
    last, ruled = first, _ruled(read, first)
    while last < min(read.sheet.max_row, first + MANY_BLANK):
        row = last + 1
        texts = [text for text in _texts(read, row) if text]
        numbered = len(texts) == 1 and texts[0].isdecimal() and bool(read.own(row, 1))
        if (texts and not numbered) or _ruled(read, row) != ruled or _leaves(read, row):
            break
        last = row
    return last


def _ruled(read: Headings, row: int) -> bool:
    """Whether the row has lines around its cells."""
    cells = [read.sheet.cell(row, column) for column in range(1, read.last + 1)]
    return (
        sum(bool(one.border.bottom and one.border.bottom.style) for one in cells) > len(cells) / 2
    )


def _leaves(read: Headings, row: int) -> bool:
    """Whether a merged range of several rows touches the row."""
    found = [read.merged.get((row, column)) for column in range(1, read.last + 1)]
    return any(one is not None and one.max_row > one.min_row for one in found)


def _fixed(read: Headings, first: int, last: int) -> dict[str, str]:
    """The cells that name a value that stands once: above the headings, and in the foot."""
    found: dict[str, str] = {}
    rows = [*range(last + 1, min(read.sheet.max_row, last + DEEPEST) + 1), *range(1, first)]
    for row in rows:
        for column in range(1, read.last + 1):
            text = read.own(row, column)
            for source in labelled(text):
                found.setdefault(source, f"{get_column_letter(column)}{row}")
    return found


def labelled(text: str) -> dict[str, str]:
    """Which values a text names with a colon, each with the words that name it."""
    found = {}
    for source, labels in LABELS.items():
        label = next((one for one in labels if f"{one}：" in text or f"{one}:" in text), None)
        if label:
            found[source] = label
    return found
