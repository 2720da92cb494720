"""Code, command-line help, documentation, rules and reports avoid indefinite pronouns such as "nobody"."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from click import Command, Group
from typer.main import get_command

from corpus_audit.cli import app

PROJECT = Path(__file__).parents[2]
AVOIDED = re.compile(r"\b(nobody|somebody|whoever|anybody)\b", re.IGNORECASE)
PAST_DECISIONS = "docs/adr/"


def avoided(place: str, texts: Iterator[tuple[int, str]]) -> list[str]:
    return [f"{place}:{line}: {text.strip()}" for line, text in texts if AVOIDED.search(text)]


def docstrings_and_comments(source: str) -> Iterator[tuple[int, str]]:
    """Yield each comment, and each string that is a statement of its own, with its line."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield from enumerate(node.value.value.splitlines(), node.lineno)


def help_texts(command: Command) -> Iterator[str]:
    yield command.help or ""
    yield from (getattr(parameter, "help", None) or "" for parameter in command.params)
    if isinstance(command, Group):
        for child in command.commands.values():
            yield from help_texts(child)


@pytest.mark.parametrize("folder", ["src", "dags", "scripts"])
def test_docstrings_and_comments_use_plain_words(folder: str) -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in sorted((PROJECT / folder).rglob("*.py"))}
    found = [
        problem
        for path, source in sources.items()
        # Few files hold such a word at all, and to take every file apart takes seconds.
        if AVOIDED.search(source)
        for problem in avoided(str(path.relative_to(PROJECT)), docstrings_and_comments(source))
    ]
    assert found == []


def test_help_of_the_command_line_uses_plain_words() -> None:
    assert avoided("help", enumerate(help_texts(get_command(app)))) == []


def test_documentation_uses_plain_words() -> None:
    pages = [*(PROJECT / "docs").rglob("*.md"), *(PROJECT / name for name in ("CONTRIBUTING.md", "GLOSSARY.md"))]
    names = [(path.relative_to(PROJECT).as_posix(), path) for path in sorted(pages)]
    found = [
        problem
        for name, path in names
        if not name.startswith(PAST_DECISIONS)
        for problem in avoided(name, enumerate(path.read_text(encoding="utf-8").splitlines(), 1))
    ]
    assert found == []


def test_rules_and_words_of_reports_are_plain() -> None:
    packs = (path for path in sorted((PROJECT / "expectations").rglob("*")) if path.suffix in {".json", ".yaml"})
    catalogue = PROJECT / "src" / "corpus_audit" / "report" / "locales" / "zh" / "LC_MESSAGES" / "corpus_audit.po"
    found = [
        problem
        for path in (*packs, catalogue)
        for problem in avoided(path.name, enumerate(path.read_text(encoding="utf-8").splitlines(), 1))
    ]
    assert found == []


def test_an_avoided_word_is_found_in_a_comment_and_a_docstring() -> None:
    source = '"""What nobody said."""\nx = "nobody"  # whoever reads it\n'
    assert sorted(avoided("f.py", docstrings_and_comments(source))) == [
        "f.py:1: What nobody said.",
        "f.py:2: # whoever reads it",
    ]
