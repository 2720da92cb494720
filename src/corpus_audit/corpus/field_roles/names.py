"""Column names normalised for lookup in the tables of the rule."""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus_audit.corpus.field_roles.columns import EVERY, Path
from corpus_audit.corpus.field_roles.tables import (
    DESCRIBING,
    EXCHANGE,
    LICENSES,
    SCHEMA_WORDS,
    TEXTS,
    TRANSLATIONS,
    WRAPPERS,
)

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_REPEATED = re.compile(r" \(column \d+\)$")
"""What is added to the name of a delimited file's column that an earlier one has."""

_NO_WORD = re.compile(r"[\s.-]+")


def normal_name(name: str) -> str:
    """Return a name in lower case with underscores between its words."""
    return _NO_WORD.sub("_", _HUMP.sub("_", name.strip())).lower()


@lru_cache(maxsize=1 << 12)
def telling_name(path: Path) -> str:
    """Return the last name on a path that says something: 'answers' for 'answers.text'."""
    # Of every column it is asked for each name that a text may have, and documents in JSON have hundreds of columns.
    steps = [normal_name(step) for step in path if step != EVERY and not step.isdigit()]
    while len(steps) > 1 and steps[-1] in WRAPPERS and (steps[-2] in EXCHANGE or steps[-2] in TEXTS):
        steps.pop()
    if len(steps) > 1 and steps[-2] in TRANSLATIONS:
        return steps[-2]
    return steps[-1] if steps else ""


@dataclass(frozen=True, slots=True)
class LicenseColumn:
    """A column that states a license; columns with the same *of* state one license in other words.

    One that only *describes* it, such as its version or class, counts where no other column states a license.
    """

    of: Path
    describes: bool = False
    of_schema: bool = False
    """True if it is a word of a schema: what stands around it says which licenses there may be, and states none."""


def license_column(path: Path) -> LicenseColumn | None:
    """Return which license the column at *path* states: by its own name, or that of a column around it."""
    for depth, step in enumerate(path):
        match = _license_name(step)
        if match is not None:
            whose, detail = match
            inner = [normal_name(name) for name in path[depth + 1 :] if name != EVERY]
            describes = any(DESCRIBING.fullmatch(name) for name in (detail, *inner))
            return LicenseColumn((*path[:depth], whose), describes, not SCHEMA_WORDS.isdisjoint(inner))
    return None


def is_license_name(name: str) -> bool:
    """True if a column of this name, and those within it, state a license."""
    return _license_name(name) is not None


@lru_cache(maxsize=1 << 16)
def _license_name(name: str) -> tuple[str, str] | None:
    """Return whose license a name stands for, and which detail of it; None if it stands for none."""
    match = LICENSES.fullmatch(normal_name(_REPEATED.sub("", name)))
    return None if match is None else (match["of"] or match["terms"] or "", match["detail"] or "")
