"""Files and functions stay small enough to be read at once."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_NUMERIC = 400, 60, 80
BAGS = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}
FILES = [path for folder in ("src", "tests", "bench", "tools") for path in sorted((ROOT / folder).rglob("*.py"))]
FILES = [path for path in FILES if path.parent.name != "migrations"]  # written by a program


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring: explaining must not count against it."""
    first = node.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    explained = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (node.end_lineno or 0) - node.lineno + 1 - explained


def test_there_is_something_to_measure() -> None:
    assert len(FILES) > 20


def test_no_file_is_too_long() -> None:
    long = {
        str(path.relative_to(ROOT)): n for path in FILES if (n := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert not long


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_no_function_is_too_long() -> None:
    allowed = {path: LONGEST_NUMERIC if "core" in path.parts else LONGEST_FUNCTION for path in FILES}
    long = [
        f"{path.relative_to(ROOT)}: {node.name} has {length(node)} lines, {allowed[path]} are allowed"
        for path in FILES
        for node in functions(path)
        if length(node) > allowed[path]
    ]
    assert not long


def test_no_module_is_a_bag() -> None:
    assert not [str(path.relative_to(ROOT)) for path in FILES if {path.stem, *path.parts} & BAGS]
