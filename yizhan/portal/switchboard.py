"""What the page of the modules shows: each module, where it differs, and who switched what."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from yizhan.base.steps import Step
from yizhan.base.switches import Switch, decisions, is_on
from yizhan.people.models import Post
from yizhan.portal.modules import CODES, MODULES, Module
from yizhan.regions.models import Region

RECENT = 12


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A street or community where a module is not as above."""

    region: Region
    is_on: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One module as it stands."""

    module: Module
    is_on: bool
    elsewhere: tuple[Elsewhere, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One switch that was made: when, what, where, in which post."""

    step: Step
    what: str
    where: str
    who: str


def rows() -> list[Row]:
    """Every module, in two queries."""
    regions = _names(one.region_code for one in decisions())
    found = []
    for module in MODULES:
        elsewhere = [
            Elsewhere(regions[one.region_code], one.is_on)
            for one in decisions()
            if one.module == module.code and one.region_code != settings.DISTRICT
        ]
        found.append(Row(module, is_on(module.code), tuple(elsewhere)))
    return found


def history() -> list[Line]:
    """The last switches, newest first, in three queries."""
    kind = Switch._meta.label_lower
    steps = list(Step.objects.filter(subject_type=kind).order_by("-pk")[:RECENT])
    regions = _names(step.region_code for step in steps)
    posts = Post.objects.select_related("unit").in_bulk({s.post_id for s in steps if s.post_id})
    return [
        Line(
            step,
            f"{Switch.STEPS[step.kind]}{CODES[step.facts['module']].name}",
            _place(regions[step.region_code]),
            str(posts.get(step.post_id or 0, "系统")),
        )
        for step in steps
    ]


def _names(codes: Iterable[str]) -> dict[str, Region]:
    rows = Region.objects.current().filter(code__in=set(codes))
    return {row.code: row for row in rows}


def _place(region: Region) -> str:
    return "全区" if region.code == settings.DISTRICT else region.short_name
