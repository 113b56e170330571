"""docs/metrics.md says what the registry says."""

from tests.insights.written import PAGE, page


def test_the_page_is_that_of_the_registry():
    assert PAGE.read_text("utf-8") == page()
