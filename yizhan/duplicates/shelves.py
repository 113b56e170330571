"""The vectors of streets in the memory of one process, read on before every search.

A shelf holds one street; the shelves used longest ago are let go. Public shelves hold what a
resident may be told of, the others everything.
"""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from yizhan.duplicates import vectors
from yizhan.duplicates.models import OrderVector
from yizhan.reading.similar import Hit, Index

MOST = 16
LASTS = timedelta(days=1)
BATCH = 5_000
COLUMNS = ("order_id", "vector", "is_public", "position")


class Shelf:
    """One street. Threads take turns to read on; searching they share."""

    def __init__(self, street: str, *, public: bool, since: datetime) -> None:
        self.street, self.public, self.since = street, public, since
        self.index, self.position = Index(), 0
        self._lock = threading.Lock()

    def read_on(self) -> None:
        """Take in what has changed since the last time: one query, nothing if nothing has."""
        with self._lock:
            rows: Any = OrderVector.objects.filter(street=self.street, made_by=vectors.made_by())
            if self.position:
                self._take(list(self._values(rows.filter(position__gt=self.position))))
                return
            top = OrderVector.objects.filter(street=self.street).aggregate(top=Max("position"))
            first = rows.filter(is_public=True) if self.public else rows
            some: list[Any] = []
            for row in self._values(first).iterator(chunk_size=BATCH):
                some.append(row)
                if len(some) == BATCH:
                    self._take(some)
                    some = []
            self._take(some)
            self.position = top["top"] or 0

    @staticmethod
    def _values(rows: Any) -> Any:
        return rows.order_by("position").values_list(*COLUMNS)

    def _take(self, rows: list[Any]) -> None:
        kept = [row for row in rows if row[1] is not None and (row[2] or not self.public)]
        there = {row[0] for row in kept}
        self.index.remove(row[0] for row in rows if row[0] not in there)
        opened = [vectors.unpacked(row[1].open()) for row in kept]
        self.index.add(
            [row[0] for row in kept], [one[0] for one in opened], [one[1] for one in opened]
        )
        self.position = max([self.position, *(row[3] for row in rows)])

    def search(self, wanted: str | bytes, meant: bytes | None = None, *, k: int) -> list[Hit]:
        """The likest orders of the street, as of now."""
        self.read_on()
        return self.index.search(wanted, meant, k=k)


class Shelves:
    """The shelves of one process."""

    def __init__(self, *, public: bool) -> None:
        self.public = public
        self._shelves: OrderedDict[str, Shelf] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, street: str, at: datetime) -> Shelf:
        """The shelf of a street. After a day it is filled anew, and what is long over is gone."""
        with self._lock:
            shelf = self._shelves.pop(street, None)
            if shelf is None or at - shelf.since > LASTS:
                shelf = Shelf(street, public=self.public, since=at)
            self._shelves[street] = shelf
            while len(self._shelves) > MOST:
                self._shelves.popitem(last=False)
            return shelf

    def clear(self) -> None:
        """Forget everything: it is read again when it is wanted."""
        with self._lock:
            self._shelves.clear()


PUBLIC = Shelves(public=True)
ALL = Shelves(public=False)
