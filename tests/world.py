"""One small district that every test shares. It is loaded once; tests roll back to it."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from yizhan.base.actor import Actor
from yizhan.orders.operations.placing import Wish
from yizhan.people.acting import actor_for
from yizhan.people.models import Person, Post, Unit
from yizhan.people.units import import_units
from yizhan.regions.models import Region
from yizhan.routing.models import Category
from yizhan.routing.operations import load_reference

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
SINCE = date(2026, 1, 1)
WEIGONG, QIAONAN = "610302002002", "610302005013"
REGIONS = (
    ("610302", "渭滨区", "district", ""),
    ("610302002", "经二路街道", "street", ""),
    ("610302005", "桥南街道", "street", ""),
    ("610302100", "马营镇", "town", "宝鸡高新区"),
    (WEIGONG, "渭工路社区居委会", "community", ""),
    ("610302002008", "经一路社区居委会", "community", ""),
    (QIAONAN, "丽园路社区居委会", "community", ""),
    ("610302100001", "宝钛社区居委会", "community", "宝鸡高新区"),
)
UNITS = (
    ("D", "district", "渭滨区", "", "610302"),
    ("S", "street", "经二路街道", "D", "610302002"),
    ("C", "community", "渭工路社区", "S", WEIGONG),
    ("B1", "branch", "第一党支部", "C", WEIGONG),
    ("B2", "branch", "第二党支部", "C", WEIGONG),
    ("S2", "street", "桥南街道", "D", "610302005"),
    ("C2", "community", "丽园路社区", "S2", QIAONAN),
    ("P", "property", "安居物业", "S", "610302002"),
)
CAST = (
    ("aunt_wang", "王桂兰", "13800000001", None, None),
    ("grandpa_li", "李守仁", "13800000011", None, None),
    ("sun", "孙晓梅", "13800000002", "clerk", "C"),
    ("ma", "马丽萍", "13800000007", "secretary", "C"),
    ("liu", "刘建国", "13800000003", "branch_secretary", "B1"),
    ("chen", "陈志远", "13800000004", "member", "B1"),
    ("he", "何秀英", "13800000006", "member", "B1"),
    ("zhao", "赵敏慧", "13800000005", "member", "B2"),
    ("qian", "钱卫东", "13800000008", "keeper", "C"),
    ("zhou", "周文斌", "13800000009", "street_office", "S"),
    ("feng", "冯立新", "13800000012", "clerk", "C2"),
    ("anju", "安国强", "13800000013", "property", "P"),
)


def load() -> SimpleNamespace:
    """Regions, units, categories and people, and the actor each person is in their post."""
    load_reference()
    regions = _regions()
    rows = [
        dict(zip(("code", "kind", "name", "parent_code", "region_code"), u, strict=True))
        for u in UNITS
    ]
    import_units(rows=rows)
    units = {unit.code: unit for unit in Unit.objects.select_related("region")}
    people, actors = {}, {}
    for key, name, phone, role, unit in CAST:
        people[key], actors[key] = _person(name, phone, role, units.get(unit or ""), regions)
    return SimpleNamespace(
        regions=regions,
        units=units,
        weigong=regions[WEIGONG],
        by=SimpleNamespace(**actors),
        **people,
    )


def _regions() -> dict[str, Region]:
    kept: dict[str, Region] = {}
    for code, name, kind, other in REGIONS:
        above = code[:9] if len(code) == 12 else code[:6] if len(code) == 9 else ""
        kept[code] = Region.objects.create(
            code=code,
            name=name,
            kind=kind,
            parent=kept.get(above),
            administered_by=other,
            valid_from=SINCE,
        )
    return kept


def _person(
    name: str, phone: str, role: str | None, unit: Unit | None, regions: dict[str, Region]
) -> tuple[Person, Actor]:
    person = Person(name=name, home=regions[WEIGONG], phone_verified_at=NOON)
    person.set_phone(phone)
    person.set_unusable_password()
    person.save()
    if role is None or unit is None:
        return person, actor_for(person)
    post = Post.objects.create(person=person, role=role, unit=unit, since_date=SINCE)
    post.unit = unit
    return person, actor_for(person, post)


def wish(world: SimpleNamespace, words: str = "三单元的楼道灯不亮", **more: object) -> Wish:
    """A wish for the world's first community, with a door number and a telephone."""
    values = {
        "words": words,
        "category": Category.objects.get(code="daily_repair"),
        "region": world.weigong,
        "place": "渭工路 18 号院 3 号楼 201",
        "contact_name": "王阿姨",
        "contact_phone": "13800000001",
    }
    return Wish(**(values | more))
