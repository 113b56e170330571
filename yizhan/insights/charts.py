"""A metric's own past as a drawing: where every point, bar and whisker lies. The page draws it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yizhan.base.metrics import FEW, Kind, Metric, Value

WIDTH, HEIGHT = 340, 132
LEFT, RIGHT, TOP, BOTTOM = 38, 12, 18, 24
STEPS = (2, 4, 10)


@dataclass(frozen=True, slots=True)
class Point:
    """One period: where it lies, its words, and for a share the ends of its 95 % interval."""

    x: float
    y: float | None
    mark: str
    words: str
    low: float = 0
    high: float = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """Points from left to right, the lines that join neighbours, and the grid behind them."""

    points: tuple[Point, ...]
    paths: tuple[str, ...]
    grid: tuple[tuple[float, str], ...]
    is_share: bool
    words: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    foot: int = HEIGHT - 6

    @property
    def last(self) -> Point | None:
        """The newest point that has a value."""
        return next((one for one in reversed(self.points) if one.y is not None), None)


def chart(metric: Metric, values: Sequence[Value]) -> Chart | None:
    """The drawing of these values, oldest first; None where fewer than two can be shown."""
    amounts = [_amount(metric, value) for value in values]
    if sum(amount is not None for amount in amounts) < 2:
        return None
    is_share = metric.kind is Kind.RATE
    top = 1.0 if is_share else _round_up(max(amount or 0 for amount in amounts))
    points = tuple(
        _point(metric, value, amount, number / (len(values) - 1), top)
        for number, (value, amount) in enumerate(zip(values, amounts, strict=True))
    )
    told = "，".join(f"{one.mark} {one.words or '件数太少'}" for one in points)
    grid = tuple((_y(part, 1), _label(part * top, is_share)) for part in (0, 0.5, 1))
    return Chart(points, tuple(_paths(points)), grid, is_share, told)


def _amount(metric: Metric, value: Value) -> float | None:
    if metric.kind is Kind.COUNT:
        return float(value.numerator)
    if value.denominator < FEW:
        return None
    return float(value.numerator) / (value.denominator if metric.kind is Kind.RATE else 1)


def _point(metric: Metric, value: Value, amount: float | None, part: float, top: float) -> Point:
    x = round(LEFT + 14 + part * (WIDTH - LEFT - RIGHT - 28), 1)
    low, high = value.interval if metric.kind is Kind.RATE else (0.0, 0.0)
    return Point(
        x,
        None if amount is None else _y(amount, top),
        value.period.mark,
        metric.words(value),
        _y(low, 1),
        _y(high, 1),
    )


def _y(amount: float, top: float) -> float:
    return round(HEIGHT - BOTTOM - amount / top * (HEIGHT - TOP - BOTTOM), 1)


def _round_up(most: float) -> float:
    """The next of 2, 4, 10, 20, 40, 100 …: half of it is a plain number too."""
    ten = 1
    while True:
        for step in STEPS:
            if step * ten >= most:
                return float(step * ten)
        ten *= 10


def _label(amount: float, is_share: bool) -> str:
    return f"{amount * 100:.0f} %" if is_share else f"{amount:.0f}"


def _paths(points: Sequence[Point]) -> Iterator[str]:
    """One line for each run of neighbours that have a value."""
    run: list[str] = []
    for one in (*points, None):
        if one is not None and one.y is not None:
            run.append(f"{one.x} {one.y}")
            continue
        if len(run) > 1:
            yield "M" + "L".join(run)
        run = []
