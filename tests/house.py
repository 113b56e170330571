"""The product's source as the guards read it: its files, functions, urls and layers."""

import ast
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = ROOT / "yizhan"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
NOT_DOMAINS = {"base", "config", "demo", "bench"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Operation(NamedTuple):
    """One thing a person or the clock does."""

    path: Path
    function: ast.FunctionDef

    @property
    def name(self) -> str:
        return f"{domain_of(self.path)}.{self.function.name}"


class Page(NamedTuple):
    """One url of ours: its route, its full name, and the function behind it."""

    route: str
    name: str
    view: Any


def sources() -> list[Path]:
    """Every module of the product except migrations."""
    return sorted(path for path in PRODUCT.rglob("*.py") if "migrations" not in path.parts)


def modules(name: str) -> list[Path]:
    """The modules of one layer in every domain: `name.py`, or the modules of a package `name`."""
    return [
        path
        for path in sources()
        if path.stem == name or (path.parent.name == name and path.stem != "__init__")
    ]


def shown(path: Path) -> str:
    """A path as a person names it, from the product's folder on."""
    return str(path.relative_to(PRODUCT))


def domain_of(path: Path) -> str:
    """The package of the stack in which a file lies."""
    return path.relative_to(PRODUCT).parts[0]


@lru_cache(maxsize=512)
def tree(path: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(path.read_text("utf-8"))


def public(path: Path) -> list[ast.FunctionDef]:
    """The functions a module offers."""
    found = [node for node in tree(path).body if isinstance(node, ast.FunctionDef)]
    return [function for function in found if not function.name.startswith("_")]


def functions(path: Path) -> list[Function]:
    """Every function and method of a module, nested ones too."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, Function)]


def decorators(function: Function) -> list[str]:
    """The decorators as they are written."""
    return [ast.unparse(decorator) for decorator in function.decorator_list]


def keywords(function: Function) -> list[str]:
    """The names of the keyword-only arguments."""
    return [argument.arg for argument in function.args.kwonlyargs]


def calls(node: ast.AST) -> Iterator[ast.Call]:
    """Every call below a node."""
    return (found for found in ast.walk(node) if isinstance(found, ast.Call))


def called(call: ast.Call) -> str:
    """The last name of what is called: `save` for `order.save()`, `now` for `timezone.now()`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def imported(path: Path) -> list[str]:
    """The dotted names that a module imports."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def every_operation() -> list[Operation]:
    """Every public function of every `operations` module."""
    return [Operation(path, found) for path in modules("operations") for found in public(path)]


def domains() -> set[str]:
    """The packages that hold words of the field."""
    packages = {path.parent.name for path in PRODUCT.glob("*/__init__.py")}
    return packages - NOT_DOMAINS


def contract(beginning: str) -> dict[str, Any]:
    """The import contract whose name begins so."""
    contracts: list[dict[str, Any]] = PROJECT["tool"]["importlinter"]["contracts"]
    (found,) = [one for one in contracts if one["name"].startswith(beginning)]
    return found


def heights() -> dict[str, int]:
    """How high each package stands in the stack: `base` is 0; siblings stand equally high."""
    layers = contract("Domains are stacked")["layers"]
    return {
        name.strip(): height
        for height, layer in enumerate(reversed(layers))
        for name in layer.split("|")
    }


def every_url(patterns: Any = None, prefix: str = "", space: str = "") -> Iterator[Page]:
    """Every url of the platform, the demo's own among them."""
    if patterns is None:
        from yizhan.demo import urls as demo

        yield from every_url(get_resolver().url_patterns)
        yield from every_url(demo.urlpatterns, "demo/", "demo")
        return
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from every_url(entry.url_patterns, route, entry.namespace or space)
        elif isinstance(entry, URLPattern):
            name = f"{space}:{entry.name}" if space else str(entry.name)
            yield Page(route, name, entry.callback)


def own_pages() -> list[Page]:
    """The urls whose function is written in a `views` module of a domain."""
    return [page for page in every_url() if is_own(page.view)]


def is_own(view: Any) -> bool:
    """Whether a view is written in a domain's `views`, and not in the sign-in adapters."""
    parts = str(getattr(view, "__module__", "")).split(".")
    return parts[0] == "yizhan" and len(parts) > 2 and parts[2] == "views"
