"""One word, one meaning: in the names of classes, in the glossary, and in the rooms of the package."""

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "corpus_audit"
MOST_ROOMS = 25


def public_classes(path):
    """Yield the names of the public classes that a module defines."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name


def used_twice(names):
    return sorted(name for name, count in Counter(names).items() if count > 1)


def test_no_public_class_name_is_used_twice():
    assert used_twice(name for path in (ROOT / "src").rglob("*.py") for name in public_classes(path)) == []


def test_no_term_of_the_glossary_is_defined_twice():
    terms = re.findall(r"^\*\*(.+?)\*\*", (ROOT / "GLOSSARY.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(terms) > 50
    assert used_twice(term.lower() for term in terms) == []


def test_the_package_has_no_more_rooms_than_a_picture_shows():
    rooms = [path for path in PACKAGE.iterdir() if path.name not in {"__pycache__", "__init__.py", "py.typed"}]
    assert len(rooms) <= MOST_ROOMS
