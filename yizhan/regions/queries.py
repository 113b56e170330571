"""The regions of the district as screens show them."""

from dataclasses import dataclass

from yizhan.regions.models import Region


@dataclass(frozen=True, slots=True)
class Street:
    """A street or town with the communities it has, all in code order."""

    region: Region
    communities: tuple[Region, ...]


def own_streets() -> list[Street]:
    """The district's own streets and towns with their communities, in code order: one query."""
    kinds = (Region.Kind.STREET, Region.Kind.TOWN, Region.Kind.COMMUNITY)
    found = Region.objects.current().own().filter(kind__in=kinds).order_by("code")
    rows = list(found.only("code", "name", "kind"))
    communities = [row for row in rows if row.kind == Region.Kind.COMMUNITY]
    return [
        Street(row, tuple(one for one in communities if one.code.startswith(row.code)))
        for row in rows
        if row.kind != Region.Kind.COMMUNITY
    ]
