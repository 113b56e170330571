"""The rules of docs/STYLE.md that a machine can check."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.forms import FileField, Form

from tests import house
from yizhan.base.flow import Flowing, Recorded
from yizhan.base.outbox import KINDS

# For what is only ever done inside another operation: no savepoint of its own.
INSIDE_AN_ACT = "transaction.atomic(savepoint=False)"
CLOCK = re.compile(r"(.+\.)?(now|utcnow|today)$|time\.(time|monotonic)$|(.+\.)?local(date|time)$")

# Operations without `by`: nobody acts in them. With the reason.
NOBODY_ACTS = {
    **dict.fromkeys(
        ("clocks.start", "clocks.meet", "clocks.stop", "clocks.put_back", "clocks.pause"),
        "a consequence of an act of the subject, whose step says who did it",
    ),
    "clocks.resume": "the same",
    "clocks.recompute_provisional": "the same; the step is the subject's",
    "notices.deliver": "the worker carries out what somebody has told",
    "places.load_reference": "the product's own vocabulary, the same for every district",
    "privacy.load_reference": "the words that people are told, the same for every district",
    "routing.load_reference": "the product's own categories and the pack's",
}
# Operations without `at`: nothing happens at a moment in them.
NO_MOMENT = {"places.load_reference", "privacy.load_reference", "routing.load_reference"}
# The one place where a district is named: the default of YIZHAN_DISTRICT.
NAMES_A_DISTRICT = {"config/settings.py": 1}
# Comments that switch a tool off or put something off: file and how many, with the reason.
SWITCHED_OFF: dict[str, int] = {}


def named(value):
    return house.shown(value) if isinstance(value, Path) else value.name


every_operation = pytest.mark.parametrize("operation", house.every_operation(), ids=named)


def layer(name):
    return pytest.mark.parametrize("path", house.modules(name), ids=house.shown)


def test_the_guards_see_the_house():
    assert len(house.every_operation()) > 30
    assert len(house.own_pages()) > 40
    for name in ("models", "rules", "operations", "queries", "views", "forms", "jobs", "urls"):
        assert house.modules(name), name
    assert {"orders", "people", "places", "regions"} <= house.domains()


# Operations


@every_operation
def test_an_operation_is_one_transaction_with_named_arguments_and_a_sentence(operation):
    function = operation.function

    assert {"transaction.atomic", INSIDE_AN_ACT} & set(house.decorators(function))
    assert not function.args.args
    assert ast.get_docstring(function)


@every_operation
def test_an_operation_is_told_who_acts_and_when(operation):
    given = set(house.keywords(operation.function))

    assert ("by" in given) != (operation.name in NOBODY_ACTS)
    assert ("at" in given) != (operation.name in NO_MOMENT)


@every_operation
def test_an_operation_has_its_own_test_file(operation):
    domain, verb = operation.name.split(".")

    assert (house.ROOT / "tests" / domain / f"test_{verb}.py").exists()


@pytest.mark.parametrize(
    "path",
    [p for name in ("operations", "queries", "rules", "models") for p in house.modules(name)],
    ids=house.shown,
)
def test_below_the_views_nobody_reads_the_clock_or_the_request(path):
    read = [
        f"{call.lineno}: {ast.unparse(call)}"
        for call in house.calls(house.tree(path))
        if not call.args and CLOCK.match(ast.unparse(call.func))
    ]
    asked = [
        f"{function.lineno}: {function.name}"
        for function in house.functions(path)
        for argument in (*function.args.args, *function.args.kwonlyargs)
        if argument.arg == "request"
    ]

    assert read == []
    assert asked == []
    assert not [name for name in house.imported(path) if name.startswith("django.http")]


def test_every_kind_of_step_is_registered_and_used():
    wrong = {}
    for domain in sorted(house.domains()):
        registered = {
            kind
            for model in apps.get_models()
            if issubclass(model, Recorded) and model.__module__.split(".")[1] == domain
            for kind in model.STEPS
        }
        used = {kind for path in house.modules("operations") for kind in kinds_in(path, domain)}
        if registered != used:
            wrong[domain] = sorted(registered ^ used)

    assert wrong == {}


def kinds_in(path, domain):
    """The kinds that `begin`, `note` and `move` write; a move without one uses its state."""
    if house.domain_of(path) != domain:
        return
    names = vars(import_module(dotted(path)))
    for call in house.calls(house.tree(path)):
        what = house.called(call)
        if what not in ("begin", "note", "move") or not call.args:
            continue
        for value in choices(call.args[1] if what == "move" and call.args[1:] else call.args[0]):
            yield str(meaning(value, names))


def meaning(node, names):
    """The value of a constant, of a name, or of a member reached through names."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Attribute):
        return getattr(meaning(node.value, names), node.attr)
    return names[node.id]


def dotted(path):
    return ".".join(path.relative_to(house.ROOT).with_suffix("").parts)


def choices(node):
    return [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]


def test_every_notice_that_is_told_is_registered_and_every_kind_is_told():
    senders = {"Message"} | {
        function.name
        for path in house.modules("messages")
        for function in house.public(path)
        if [argument.arg for argument in function.args.args][1:2] == ["kind"]
    }
    told = {
        argument.value
        for path in house.sources()
        for call in house.calls(house.tree(path))
        if house.called(call) in senders
        for argument in call.args[1:2]
        if isinstance(argument, ast.Constant)
    }

    assert told == set(KINDS)
    assert told


# Rules


@layer("rules")
def test_rules_touch_no_database(path):
    text = path.read_text("utf-8")
    below = [name for name in house.imported(path) if ".queries" in name or ".operations" in name]

    assert ".objects" not in text
    assert below == []
    assert not [name for name in house.imported(path) if name.startswith("django.db")]


@layer("rules")
def test_a_rule_that_answers_may_is_named_can(path):
    for function in house.public(path):
        answers = ast.unparse(function.returns) if function.returns else ""
        assert (answers == "Verdict") == function.name.startswith("can_"), function.name


def test_every_flow_is_complete():
    flowing = [model for model in apps.get_models() if issubclass(model, Flowing)]
    for model in flowing:
        field = model._meta.get_field("state")
        states = {value for value, _ in field.choices}
        reached = {to for targets in model.FLOW.values() for to in targets}
        assert set(model.FLOW) == states, model
        assert reached | {field.default} == states, model

    assert flowing


# The whole tree


def test_the_contract_inside_a_domain_names_all_domains():
    containers = house.contract("Inside a domain")["containers"]

    assert set(containers) == {f"yizhan.{name}" for name in house.domains()}
    assert set(house.heights()) == house.domains() | house.NOT_DOMAINS


def test_no_domain_uses_the_forms_or_views_of_another():
    """`base` and `reading` hold the fields that all share."""
    borrowed = re.compile(r"yizhan\.(\w+)\.(?:forms|views|[a-z]+_forms)\b")
    found = [
        f"{house.shown(path)}: {name}"
        for path in house.sources()
        for name in house.imported(path)
        if (match := borrowed.match(name))
        and match[1] not in (house.domain_of(path), "base", "reading")
    ]

    assert found == []


def test_foreign_keys_obey_the_stack():
    heights, wrong = house.heights(), []
    for model in apps.get_models():
        here = model.__module__.split(".")
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete and field.is_relation else None
            if not target or here[0] != "yizhan" or not target.__module__.startswith("yizhan."):
                continue
            there = target.__module__.split(".")[1]
            below = there == here[1] or heights[there] < heights[here[1]]
            if not below and target._meta.label != settings.AUTH_USER_MODEL:
                wrong.append(str(field))

    assert wrong == []


def test_only_config_reads_the_environment():
    found = [
        house.shown(path)
        for path in house.sources()
        if house.domain_of(path) != "config"
        and re.search(r"\benviron\b|getenv", path.read_text("utf-8"))
    ]

    assert found == []


def test_no_tool_is_switched_off_and_nothing_is_put_off():
    marks = re.compile(r"noqa|type: ?ignore|pragma|fmt: off|\b(?:TODO|FIXME|XXX)\b")
    found = {
        house.shown(path): len(marks.findall(path.read_text("utf-8")))
        for path in [*house.sources(), *house.PRODUCT.rglob("*.html")]
    }

    assert {name: count for name, count in found.items() if count} == SWITCHED_OFF


def test_no_district_is_named_in_code():
    names = re.compile("渭滨|宝鸡|610302")
    kinds = (".py", ".html", ".txt", ".toml", ".js", ".css", ".svg")
    found = {
        house.shown(path): len(names.findall(path.read_text("utf-8")))
        for path in house.PRODUCT.rglob("*")
        if path.suffix in kinds
    }

    assert {name: count for name, count in found.items() if count} == NAMES_A_DISTRICT


def test_nothing_ranks_anybody():
    ranking = re.compile(r"(?i)rank|leader_?board|排名|排行")
    found = [
        f"{house.shown(path)}:{number}"
        for path in [*house.sources(), *house.PRODUCT.rglob("*.html")]
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if ranking.search(line)
    ]

    assert found == []


def test_no_photo_and_no_position_is_ever_required():
    placed = re.compile(r"photo|lat|lon|latitude|longitude|location|position")
    asked = [
        f"{form.__qualname__}.{name}"
        for path in house.modules("forms")
        for form in vars(import_module(dotted(path))).values()
        if isinstance(form, type) and issubclass(form, Form)
        for name, field in form.base_fields.items()
        if field.required and (isinstance(field, FileField) or placed.match(name))
    ]

    assert asked == []


@pytest.mark.parametrize("path", house.sources(), ids=house.shown)
def test_files_and_functions_stay_short(path):
    long = [
        f"{function.name}: {size}"
        for function in house.functions(path)
        if (size := (function.end_lineno or 0) - function.lineno + 1) > 40
    ]

    assert len(path.read_text("utf-8").splitlines()) <= 300
    assert long == []
