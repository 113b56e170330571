"""docs/metrics.md as the registry has it. `python -m tests.insights.written` writes it anew."""

from pathlib import Path

from yizhan.base.metrics import REGISTRY, Metric, blocked

PAGE = Path(__file__).resolve().parents[2] / "docs" / "metrics.md"
HEAD = """# Metrics

Made from the registry; a test compares. How metrics work: `docs/adr/0015-metrics.md`.
Periods are weeks from Monday and calendar months on the Beijing clock. No rate and no median of
fewer than ten cases; where it says guarded, no counts of fewer than five. Nothing is counted of
persons, nothing is compared between places.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD, *(_section(metric) for metric in REGISTRY.values()), _never()]
    return "\n".join(parts)


def _section(metric: Metric) -> str:
    rows = [("kind", f"{metric.kind.value}, {metric.kind.label}"), ("numerator", metric.numerator)]
    if metric.denominator:
        rows.append(("denominator", metric.denominator))
    rows += [(f"left out: {code}", words) for code, words in metric.exclusions.items()]
    rows.append(("source", metric.source))
    rows.append(("edition", f"{metric.edition}, since {metric.since:%Y-%m-%d}"))
    marks = [("guarded", metric.guarded), ("for units too", metric.for_units)]
    rows += [(mark, "yes") for mark, has in marks if has]
    table = "".join(f"| {name} | {words} |\n" for name, words in rows)
    return f"## `{metric.code}` {metric.name}\n\n| | |\n|---|---|\n{table}"


def _never() -> str:
    rows = "".join(f"| {block.what} | {block.why} |\n" for block in blocked())
    return (
        f"## Never counted\n\nRegistering one of these fails.\n\n| what | why |\n|---|---|\n{rows}"
    )


if __name__ == "__main__":
    import django

    django.setup()
    PAGE.write_text(page(), "utf-8")
