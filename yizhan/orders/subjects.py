"""Orders among what a look can be at."""

from django.urls import reverse

from yizhan.orders.models import Order
from yizhan.people.models import Person
from yizhan.privacy.subjects import Subject, register


def _of(person: Person) -> object:
    return Order.objects.filter(author=person.pk).values("pk")


def _shown(ids: list[int]) -> dict[int, tuple[str, str]]:
    """The brief and the page of each order, for whoever placed it."""
    rows = Order.objects.filter(pk__in=ids).values_list("pk", "brief", "code")
    return {pk: (f"点单：{brief}", reverse("orders:show", args=[code])) for pk, brief, code in rows}


register(
    Subject(
        "orders.order",
        "点单",
        of=_of,
        shown=_shown,
        purposes=("打印单子", "联系点单人办理本单", "导出台账"),
    )
)
