"""Reading the categories for forms and pages."""

from yizhan.routing.models import Category


def urgent_words(text: str) -> bool:
    """Whether the text speaks of a danger that needs a telephone number, not an order."""
    return any(word in text for word in DANGERS)


FALLBACK = "other"
DANGERS = (
    "着火",
    "起火",
    "火灾",
    "煤气味",
    "燃气泄漏",
    "晕倒",
    "昏迷",
    "大出血",
    "打人",
    "持刀",
    "轻生",
)


def emergency() -> Category | None:
    """The category that answers with emergency numbers."""
    return Category.objects.groups().filter(exit=Category.Exit.EMERGENCY).first()


def fallback() -> Category:
    """The category of an order whose author did not choose one."""
    return Category.objects.get(code=FALLBACK)
