"""Every public name of the package says what it is."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "esep"
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "examples" not in path.relative_to(PACKAGE).parts)
NAMED = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def undocumented(body, inside=""):
    for node in body:
        if not isinstance(node, NAMED) or node.name.startswith("_"):
            continue
        one_liner = isinstance(node, ast.FunctionDef) and len(node.body) == 1 and isinstance(node.body[0], ast.Expr)
        if ast.get_docstring(node) is None and not one_liner:  # `...` is a signature of a protocol
            yield inside + node.name
        if isinstance(node, ast.ClassDef):
            yield from undocumented(node.body, f"{inside}{node.name}.")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_module_and_public_names_have_a_docstring(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree) is not None or not tree.body
    assert list(undocumented(tree.body)) == []


def test_the_gate_sees_a_name_without_words():
    tree = ast.parse("class A:\n    'said'\n    def b(self):\n        return 1\n    def _c(self):\n        return 2\n")
    assert list(undocumented(tree.body)) == ["A.b"]
