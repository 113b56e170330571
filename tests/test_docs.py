"""What docs/ says must be so: glossary, dependencies, decisions, and the files they name."""

import re
import sys
from importlib.metadata import packages_distributions

import pytest
from django.apps import apps

from tests import house

DOCS = house.ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
DECISIONS = sorted((DOCS / "adr").glob("*.md"))
GLOSSARY = (DOCS / "GLOSSARY.md").read_text("utf-8")
DEPENDENCIES = (DOCS / "dependencies.md").read_text("utf-8")
UNUSED = {"base/links.py", "base/search.py"}  # places kept for what is not built yet


def shown(path):
    return str(path.relative_to(DOCS))


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def rows(text):
    """The cells of every row of every table."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def requirements():
    """The name and range of every dependency, extras left out."""
    project = house.PROJECT["project"]
    extra = [one for group in project["optional-dependencies"].values() for one in group]
    for one in (*project["dependencies"], *extra):
        name, wanted = re.fullmatch(r"([\w.-]+)(?:\[[\w,-]+\])?(.*)", one).groups()
        yield normal(name), wanted


def test_the_glossary_has_every_operation_and_no_other():
    written = {cells[0].strip("`") for cells in rows(GLOSSARY) if re.match(r"`\w+\.", cells[0])}

    assert written == {operation.name for operation in house.every_operation()}


def test_the_glossary_has_every_state_with_its_word():
    known = {(cells[0].strip("`"), cells[1]) for cells in rows(GLOSSARY)}
    missing = [
        f"{model.__name__}: {state} {label}"
        for model in apps.get_models()
        if model.__module__.startswith("yizhan.")
        for field in model._meta.get_fields()
        if field.name in ("state", "status") and field.choices
        for state, label in field.choices
        if (state, label) not in known
    ]

    assert missing == []


def test_every_dependency_is_listed_with_range_licence_and_purpose():
    listed = {cells[0]: cells[1:] for cells in rows(DEPENDENCIES) if len(cells) == 4}

    for name, wanted in requirements():
        assert name in listed, name
        assert listed[name][0] == wanted, name
        assert all(listed[name]), name
    assert set(listed) - {"package", "---"} == {name for name, _ in requirements()}


def test_the_product_imports_only_what_is_listed():
    listed = {cells[0] for cells in rows(DEPENDENCIES)}
    installed = packages_distributions()
    unlisted = {
        top
        for path in house.sources()
        for top in {name.split(".")[0] for name in house.imported(path)}
        if top not in sys.stdlib_module_names
        and top != "yizhan"
        and not listed & {normal(one) for one in installed.get(top, [top])}
    }

    assert unlisted == set()


def test_decisions_are_numbered_and_of_one_form():
    assert [path.name[:4] for path in DECISIONS] == [
        f"{n:04}" for n in range(1, len(DECISIONS) + 1)
    ]
    for path in DECISIONS:
        titles = re.findall(r"^#+ .*", path.read_text("utf-8"), re.M)
        assert titles[0].startswith(f"# {path.name[:4]} "), path
        assert titles[1:] == ["## Context", "## Decision", "## Consequences"], path


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_the_files_a_page_names_exist(path):
    text = path.read_text("utf-8")
    named = set(re.findall(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|toml|md|txt|html|css|geojson))`", text))
    folders = (house.ROOT, house.PRODUCT, DOCS, house.PRODUCT / "base" / "static" / "yi")
    templates = sorted(house.PRODUCT.glob("**/templates"))

    missing = {
        name for name in named if not any((at / name).exists() for at in (*folders, *templates))
    }
    assert missing - UNUSED == set()


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_the_links_of_a_page_lead_somewhere(path):
    links = re.findall(r"\]\((?!https?:)([^)#\s]+)", path.read_text("utf-8"))

    assert [link for link in links if not (path.parent / link).exists()] == []
