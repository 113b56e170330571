"""The categories: the product's file, and over it the district's own."""

from itertools import pairwise
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from yizhan.routing.models import Category
from yizhan.routing.operations import reference
from yizhan.routing.operations.reference import _inherited, load_reference

FIELDS = (
    "icon",
    "skill",
    "handler",
    "needs_visit",
    "is_sensitive",
    "arrange_hours",
    "finish_days",
)


def rows():
    return list(Category.objects.order_by("code").values())


def pack_with(monkeypatch, folder: Path, text: str):
    (folder / "categories.toml").write_text(text, "utf-8")
    monkeypatch.setattr(reference, "pack", lambda: folder)


def test_loading_again_changes_nothing(world):
    before = rows()

    assert load_reference() == load_reference() == len(before)
    assert rows() == before


def test_there_are_two_levels(world):
    groups = set(Category.objects.groups())
    leaves = list(Category.objects.leaves())

    assert len(groups) > 10
    assert len(leaves) > 30
    assert {leaf.parent for leaf in leaves} <= groups
    assert {group.code for group in groups} >= {"other", "emergency", "legal", "idea"}


def test_every_group_that_is_no_exit_has_leaves(world):
    with_leaves = set(Category.objects.leaves().values_list("parent", flat=True))

    assert with_leaves == set(
        Category.objects.groups().filter(exit="").values_list("pk", flat=True)
    )


def test_leaves_stand_together_by_group(world):
    parents = [leaf.parent_id for leaf in Category.objects.leaves()]

    changes = sum(one != other for one, other in pairwise(parents))
    assert changes == len(set(parents)) - 1


def test_every_leaf_inherits_what_it_does_not_say(world):
    medicine, haircut = (
        Category.objects.select_related("parent").get(code=code)
        for code in ("errand_medicine", "daily_haircut")
    )

    assert {name: getattr(medicine, name) for name in FIELDS} == {
        "icon": "shopping-bag",
        "skill": "跑腿代办",
        "handler": "branch",
        "needs_visit": True,
        "is_sensitive": True,
        "arrange_hours": 8,
        "finish_days": 5,
    }
    assert (haircut.skill, haircut.parent.skill) == ("理发", "生活服务")


@pytest.mark.parametrize("name", ["icon", "handler", "needs_visit", "arrange_hours", "finish_days"])
def test_what_no_shipped_leaf_says_itself_is_its_groups(world, name):
    for leaf in Category.objects.leaves():
        assert getattr(leaf, name) == getattr(leaf.parent, name), leaf.code


def test_sensitive_groups_have_only_sensitive_leaves(world):
    for leaf in Category.objects.leaves().filter(parent__is_sensitive=True):
        assert leaf.is_sensitive, leaf.code


def test_inheriting_is_overruled_by_what_is_said():
    group = {"code": "g", "name": "组", "icon": "lamp", "finish_days": 2, "needs_visit": True}

    leaf = _inherited({"code": "g_a", "name": "甲", "finish_days": 9}, group)
    assert leaf == {
        "code": "g_a",
        "name": "甲",
        "brief": "甲",
        "icon": "lamp",
        "finish_days": 9,
        "needs_visit": True,
    }


def test_a_brief_fits_and_is_never_empty(world):
    for category in Category.objects.all():
        assert 0 < len(category.brief) <= 30, category.code


def test_the_brief_of_a_quarrel_does_not_name_it(world):
    assert Category.objects.get(code="neighbours_talk").brief == "邻里事项"


@pytest.mark.parametrize("code", ["emergency", "legal"])
def test_exits_have_words_and_numbers(world, code):
    category = Category.objects.get(code=code)

    assert category.exit in ("emergency", "elsewhere")
    assert len(category.exit_words) > 10
    assert "！" not in category.exit_words
    assert all(number.isdigit() and name for number, name in category.numbers)


def test_the_emergency_numbers(world):
    numbers = [number for number, _ in Category.objects.get(code="emergency").numbers]

    assert numbers == ["119", "120", "110", "122"]


def test_an_exit_without_words_is_refused_by_the_database(world):
    with pytest.raises(IntegrityError, match="category_exit_has_words"), transaction.atomic():
        Category.objects.create(
            code="x", name="某事", brief="某事", icon="x", exit=Category.Exit.ELSEWHERE
        )


def test_a_district_changes_a_group_and_adds_its_own(world, monkeypatch, tmp_path):
    count = Category.objects.count()
    pack_with(
        monkeypatch,
        tmp_path,
        """
        [[group]]
        code = "wish"
        name = "小心愿"
        icon = "star"
        finish_days = 3
        leaf = [{ code = "wish_small", name = "小小心愿" }]

        [[group]]
        code = "tree"
        name = "认养一棵树"
        icon = "trees"
        leaf = [{ code = "tree_new", name = "新认养" }, { code = "tree_care", name = "浇水" }]
        """,
    )

    assert load_reference() == count + 3
    wish, leaf = Category.objects.get(code="wish"), Category.objects.get(code="wish_small")
    assert (wish.name, wish.icon, wish.finish_days) == ("小心愿", "star", 3)
    assert (leaf.name, leaf.brief, leaf.icon, leaf.finish_days) == (
        "小小心愿",
        "小小心愿",
        "star",
        3,
    )
    assert Category.objects.get(code="tree_care").parent.code == "tree"
    assert Category.objects.groups().last().code == "tree"


def test_without_a_file_of_its_own_a_district_has_the_shipped_ones(world, monkeypatch, tmp_path):
    before = rows()
    monkeypatch.setattr(reference, "pack", lambda: tmp_path)
    load_reference()

    assert rows() == before


def test_retired_categories_are_not_offered(world, at):
    Category.objects.filter(code__in=["wish", "daily_repair"]).update(ended_date=at.date())

    assert not Category.objects.groups().filter(code="wish").exists()
    assert not Category.objects.leaves().filter(code="daily_repair").exists()
    assert Category.objects.filter(code="daily_repair").exists()
