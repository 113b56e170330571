"""Metrics for a file and for other systems: the same values, hidden where the page hides them."""

from collections.abc import Iterator, Sequence

from django.utils.timezone import localtime

from yizhan.base.metrics import Metric, Value
from yizhan.insights.measures import Line, denominator_of, numerator_of

HEADS = ("指标", "期间", "数值", "分子", "分母", "不计入", "截至")
DEFINITION_HEADS = (
    "指标",
    "代码",
    "类别",
    "分子",
    "分母",
    "不计入",
    "来源",
    "版本",
    "起用",
)


def value_rows(lines: Sequence[Line]) -> Iterator[tuple[str, ...]]:
    """One row for each metric and period, the newest period first."""
    yield HEADS
    for line in lines:
        for value in reversed(line.values):
            yield _row(line.metric, value)


def _row(metric: Metric, value: Value) -> tuple[str, ...]:
    left = [f"{words} {value.excluded[reason]}" for reason, words in metric.exclusions.items()]
    return (
        metric.name,
        value.period.words,
        metric.words(value) or "件数太少",
        numerator_of(metric, value),
        denominator_of(metric, value),
        "；".join(left),
        f"{localtime(value.at):%Y-%m-%d %H:%M}",
    )


def definition_rows(metrics: Sequence[Metric]) -> Iterator[tuple[str, ...]]:
    """One row for each metric: how it is counted."""
    yield DEFINITION_HEADS
    for metric in metrics:
        yield (
            metric.name,
            metric.code,
            metric.kind.label,
            metric.numerator,
            metric.denominator,
            "；".join(metric.exclusions.values()),
            metric.source,
            metric.edition,
            f"{metric.since:%Y-%m-%d}",
        )
