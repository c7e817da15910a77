"""Everything public in core says what it is, and every parameter what it may be."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

CORE = Path(__file__).parents[2] / "src" / "intercity" / "core"
Function = ast.FunctionDef | ast.AsyncFunctionDef
FOUND = [
    (path, node)
    for path in sorted(CORE.rglob("*.py"))
    for node in ast.parse(path.read_text()).body
    if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_")
]
NAMES = [f"{path.relative_to(CORE)}:{node.name}" for path, node in FOUND]
OBVIOUS = {"self", "votes", "compute", "factors"}
"""Types of our own that say all there is to say."""


@pytest.mark.parametrize(("path", "node"), FOUND, ids=NAMES)
def test_is_documented(path: Path, node: Function | ast.ClassDef) -> None:
    text = ast.get_docstring(node) or ""
    assert text, f"{path.name}: {node.name} has no docstring"
    if isinstance(node, Function):
        arguments = [a.arg for a in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]]
        missing = [name for name in arguments if name not in text and name not in OBVIOUS]
        if len(arguments) > 1:
            assert not missing, f"{path.name}: {node.name} does not say what {missing} may be"
