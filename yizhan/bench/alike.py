"""How long somebody who types waits for what others have brought already.

100,000 orders by COPY, each with a vector of its own text made of two of the labelled set. First as
they lie in a district: over its streets, a twentieth open. Then as bad as can be: all of them open
and in one street.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from django.db.models import Count

from yizhan.base.actor import ANONYMOUS
from yizhan.base.sealed import Sealed
from yizhan.bench import rows
from yizhan.bench.cast import Lane
from yizhan.bench.site import Site
from yizhan.duplicates import queries, shelves, vectors
from yizhan.duplicates.models import STREET_DIGITS, OrderVector
from yizhan.orders.models import Order
from yizhan.orders.states import OPEN
from yizhan.reading.labelled import matters
from yizhan.regions.models import Region

ORDERS = 100_000
TIMES = 200
WARM = 5
USE = "duplicates.vector"


@dataclass(frozen=True, slots=True)
class Waited:
    """Milliseconds, the search in memory and the database together; `first` fills the memory."""

    where: str
    searched: int
    first: float
    p50: float
    p95: float


def measured(site: Site, lanes: Sequence[Lane], at: datetime) -> list[Waited]:
    """Both cases, one after the other."""
    rows.bare(lanes, ORDERS, at)
    texts = [text for one in matters() for text in one.texts]
    rows.copy(OrderVector, _vectors(texts))
    _settle(site)
    counts = OrderVector.objects.filter(is_public=True).values_list("street")
    street = max(counts.annotate(stored=Count("pk")), key=lambda row: row[1])[0]
    found = [_waited("over the streets, a twentieth open", street, texts, at)]
    OrderVector.objects.update(street=street, is_public=True)
    _settle(site)
    return [*found, _waited("all open, all in one street", street, texts, at)]


def _vectors(texts: Sequence[str]) -> Iterator[rows.Row]:
    orders = Order.objects.order_by("pk").values_list("pk", "region_code", "state")
    count = len(texts)
    for number, (pk, region, state) in enumerate(list(orders)):
        text = f"{texts[number % count]}，{texts[number * 7919 // count % count]}"
        [vector] = vectors.made([text])
        yield {
            "order_id": pk,
            "street": region[:STREET_DIGITS],
            "position": number + 1,
            "is_public": state in OPEN,
            "made_by": vectors.made_by(),
            "vector": Sealed.of(vectors.packed(vector), use=USE).raw,
        }


def _settle(site: Site) -> None:
    with psycopg.connect(site.url, autocommit=True) as server:
        server.execute("VACUUM ANALYZE")


def _waited(where: str, street: str, texts: Sequence[str], at: datetime) -> Waited:
    shelves.PUBLIC.clear()
    community = Region.objects.filter(code__startswith=street, kind="community").first()
    if community is None:
        raise LookupError(street)

    def suggest(text: str) -> Any:
        return queries.same_as(text, community, "", ANONYMOUS, at)

    first = _timed(suggest, texts[0])
    waits = sorted(_timed(suggest, texts[n * 31 % len(texts)]) for n in range(WARM + TIMES))
    searched = len(shelves.PUBLIC.of(street, at).index)
    return Waited(where, searched, first, waits[len(waits) // 2], waits[int(len(waits) * 0.95)])


def _timed(act: Callable[[str], Any], text: str) -> float:
    start = time.perf_counter()
    act(text)
    return (time.perf_counter() - start) * 1e3
