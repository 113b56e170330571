"""A run of stored texts that is searched as one piece and never changes, but for what is gone.

For each gram it knows the texts that have it, so that a search reads only the grams that are asked
for. Meanings are kept as they are stored, a byte a number.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from yizhan.reading.grams import BUCKETS, Grams
from yizhan.reading.meaning import SIZE, Directions

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]
Counts = NDArray[np.int64]
BLOCK = 1_024
NOTHING: Directions = np.zeros(SIZE, np.int8)
EMPTY: Grams = np.array([BUCKETS - 1], np.uint16)


class Segment:
    """Texts by number, their grams both ways, and their meanings, zero where there is none."""

    def __init__(self, ids: Ids, sizes: Counts, flat: Grams, directions: Directions) -> None:
        """Grams of all texts in a row, so many for each; one direction for each."""
        self.ids, self.sizes, self.flat, self.directions = ids, sizes, flat, directions
        self.alive = np.ones(len(ids), dtype=np.bool_)
        order = np.argsort(flat, kind="stable")
        self.rows = np.repeat(np.arange(len(ids), dtype=np.int32), sizes)[order]
        self.starts = np.concatenate([[0], np.bincount(flat, minlength=BUCKETS).cumsum()])
        self.lengths = np.empty(len(ids), np.float32)
        for at in range(0, len(ids), BLOCK):
            block = directions[at : at + BLOCK].astype(np.float32)
            self.lengths[at : at + BLOCK] = np.sqrt((block * block).sum(axis=1))
        self.has_meanings = bool(self.lengths.any())

    def __len__(self) -> int:
        """How many texts are still there."""
        return int(self.alive.sum())

    def weigh(self, weights: Scores) -> None:
        """Learn how much the grams of each text weigh together, for `words`."""
        squares = weights * weights
        ends = np.concatenate([[0], self.sizes.cumsum()])
        self.norms = np.empty(len(self.ids), np.float32)
        for at in range(0, len(self.ids), BLOCK):
            edges = ends[at : at + BLOCK + 1]
            part = squares.take(self.flat[edges[0] : edges[-1]])
            self.norms[at : at + BLOCK] = np.sqrt(np.add.reduceat(part, edges[:-1] - edges[0]))

    def words(self, wanted: Grams, weights: Scores) -> Scores:
        """How alike each text's words are to the wanted ones, 0 to 1."""
        scores = np.zeros(len(self.ids), np.float32)
        for gram in wanted:
            scores[self.rows[self.starts[gram] : self.starts[gram + 1]]] += weights[gram] ** 2
        whole = np.float32(np.sqrt((weights[wanted] ** 2).sum()) or 1)
        scores /= self.norms * whole
        return scores

    def meant(self, wanted: Directions) -> Scores:
        """How alike each text's meaning is to the wanted one, -1 to 1; 0 where there is none."""
        scores = np.zeros(len(self.ids), np.float32)
        if not self.has_meanings:
            return scores
        line = wanted.astype(np.float32)
        line /= max(float(np.linalg.norm(line)), 1e-9)
        for at in range(0, len(self.ids), BLOCK):
            scores[at : at + BLOCK] = self.directions[at : at + BLOCK].astype(np.float32) @ line
        scores /= np.maximum(self.lengths, np.float32(1e-9))
        return scores

    def candidates(self, among: Ids | None) -> NDArray[np.bool_]:
        """Which texts may be found: those still there, of these only."""
        return self.alive if among is None else self.alive & np.isin(self.ids, among)

    def drop(self, ids: Ids) -> Counts:
        """Forget these texts; how often each gram was in them."""
        gone = self.alive & np.isin(self.ids, ids)
        self.alive = self.alive & ~gone
        return np.bincount(self.flat[np.repeat(gone, self.sizes)], minlength=BUCKETS)


def joined(parts: Sequence[Segment]) -> Segment:
    """One segment of what is still there in several."""
    return Segment(
        np.concatenate([part.ids[part.alive] for part in parts]),
        np.concatenate([part.sizes[part.alive] for part in parts]),
        np.concatenate([part.flat[np.repeat(part.alive, part.sizes)] for part in parts]),
        np.concatenate([part.directions[part.alive] for part in parts]),
    )


def made(ids: Sequence[int], grams: Sequence[Grams], directions: Sequence[Directions]) -> Segment:
    """A segment of texts as they are given, at least one; each gets a gram, though an empty one."""
    full = [one if len(one) else EMPTY for one in grams]
    return Segment(
        np.array(ids, np.int64),
        np.array([len(one) for one in full], np.int64),
        np.concatenate(full),
        np.stack(directions),
    )
