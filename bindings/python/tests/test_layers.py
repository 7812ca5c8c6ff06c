# SPDX-License-Identifier: Apache-2.0
"""The files of the package in one order: each imports only from files before it, at its top, and none is long."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src/commonweal"
# fmt: off
ORDER = [
    "_main_interpreter", "_abi", "_native", "_text",
    "_errors", "_calls", "_help", "_questions", "_options", "_progress",
    "_arrow", "_values", "_columns", "_incoming", "column", "_print", "table",
    "_contents", "_figures", "_series", "_analyses", "_judgements", "network", "plot", "initiative",
    "partial", "loading", "__init__",
]
# fmt: on
OPTIONAL = {"numpy", "pandas", "polars", "pyarrow", "matplotlib", "networkx", "igraph"}


def imports(tree: ast.AST, inside: bool = False) -> Iterator[tuple[str, bool]]:
    """What is imported, "." before a file of the package, and whether by a function."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield from ((f".{node.module}" if node.module else f".{alias.name}", inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", inside
        yield from imports(node, inside or isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)))


def faults(source: str, name: str) -> list[str]:
    out = []
    for module, by_function in imports(ast.parse(source)):
        if module.startswith("."):
            if by_function:
                out.append(f"{name} imports {module} in a function")
            if ORDER.index(module[1:]) >= ORDER.index(name):
                out.append(f"{name} imports {module}, which comes after it")
        elif by_function and module.partition(".")[0] not in OPTIONAL:
            out.append(f"{name} imports {module} in a function")
    if name != "_abi" and source.count("\n") > 400:
        out.append(f"{name} has {source.count(chr(10))} lines; 400 is the limit")
    return out


def test_the_order_names_every_file():
    assert sorted(ORDER) == sorted(p.stem for p in PACKAGE.glob("*.py"))


@pytest.mark.parametrize("name", ORDER)
def test_a_file_imports_only_what_comes_before_it(name):
    assert faults((PACKAGE / f"{name}.py").read_text(), name) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("from .table import Table\n", "column imports .table, which comes after it"),
        ("from . import table\n", "column imports .table, which comes after it"),
        ("if TYPE_CHECKING:\n    from .initiative import Initiative\n", "column imports .initiative, which comes after it"),
        ("def f():\n    from ._native import library\n", "column imports ._native in a function"),
        ("class A:\n    def f(self):\n        import json\n", "column imports json in a function"),
        ("\n" * 401, "column has 401 lines; 400 is the limit"),
    ],
)
def test_what_breaks_the_order_is_found(source, fault):
    assert faults(source, "column") == [fault]


def test_what_is_optional_may_be_imported_where_it_is_used():
    assert faults("def f():\n    import numpy\n    from matplotlib.figure import Figure\n", "column") == []
