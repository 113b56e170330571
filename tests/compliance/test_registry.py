"""Every module says which of the fourteen lines apply to it, and which test proves each.

`modules.toml` beside this file is the register. A module, or a package of the product, that is not
in it fails; so does a test that it names and that does not exist, and a line that is called not
built although its package is there.
"""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests import house
from yizhan.portal.modules import MODULES

HERE = Path(__file__).parent
LINES = tuple(range(1, 15))
REGISTER = tomllib.loads((HERE / "modules.toml").read_text("utf-8"))
NOT_BUILT = re.compile(r"not built: (\w+)$")
REASON = re.compile(r"no: \w.{8,}")


def named_in(path):
    """The names of the tests of one file."""
    nodes = ast.parse(path.read_text("utf-8")).body
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef)}


def faults(register, modules, packages):
    """Everything that is wrong with a register for these modules and packages of the product."""
    if set(register) != modules | {"core"}:
        yield f"modules: {sorted(set(register) ^ (modules | {'core'}))}"
    listed = [package for entry in register.values() for package in entry["packages"]]
    if missing := packages - set(listed):
        yield f"packages without checks: {sorted(missing)}"
    if len(listed) != len(set(listed)):
        yield "a package is listed twice"
    for code, entry in register.items():
        if set(entry) != {"packages", *map(str, LINES)}:
            yield f"{code}: {sorted(set(entry) ^ {'packages', *map(str, LINES)})}"
            continue
        for line in LINES:
            if wrong := fault(line, entry[str(line)], packages):
                yield f"{code} {line}: {wrong}"


def fault(line, said, packages):
    """What is wrong with what one module says of one line; nothing when it stands."""
    if not_built := NOT_BUILT.match(said):
        return f"{not_built[1]} is built" if not_built[1] in packages else ""
    if said.startswith("no:"):
        return "" if REASON.match(said) else "the reason is missing"
    name, _, test = said.partition("::")
    path = HERE / name
    right = name.startswith(f"test_{line:02}_") and path.exists() and test in named_in(path)
    return "" if right else f"there is no {said}"


MODULES_NOW = {module.code for module in MODULES}


def test_every_module_and_package_has_its_checks():
    assert list(faults(REGISTER, MODULES_NOW, house.domains())) == []


def changed(**more):
    """The register with some lines of orders changed."""
    return {**REGISTER, "orders": {**REGISTER["orders"], **more}}


@pytest.mark.parametrize(
    ("register", "modules", "packages", "said"),
    [
        (REGISTER, {"points"}, set(), "modules: ['points']"),
        (REGISTER, set(), {"assessment"}, "packages without checks: ['assessment']"),
        (REGISTER, set(), {"mediation"}, "orders 9: mediation is built"),
        (changed(**{"3": "test_03_no_time_online.py::test_gone"}), set(), set(), "there is no"),
        (changed(**{"3": "test_04_feedback.py::shell"}), set(), set(), "there is no"),
        (changed(**{"3": "no: "}), set(), set(), "the reason is missing"),
        (changed(**{"15": "no: there is no such line"}), set(), set(), "orders: ['15']"),
        (changed(packages=["places"]), set(), set(), "listed twice"),
    ],
)
def test_the_guard_finds_what_is_wrong(register, modules, packages, said):
    found = faults(register, MODULES_NOW | modules, house.domains() | packages)

    assert any(said in one for one in found)


def test_each_line_has_one_file():
    files = sorted(path.name for path in HERE.glob("test_[0-9]*.py"))

    assert [name[5:7] for name in files] == [f"{line:02}" for line in LINES]
